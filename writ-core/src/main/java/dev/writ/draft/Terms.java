package dev.writ.draft;

import dev.writ.draft.Shares.Said;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How long each workflow is asked for, and what ends it early. */
final class Terms {
  private static final Pattern KEY =
      Pattern.compile(
          "\\b(?:tokens?|keys?|secrets?|passwords?|credentials?|certificates?|logins?|api"
              + " key)\\b[^;,.]{0,40}$");
  private static final Pattern ENDS =
      Pattern.compile(
          "\\b(?:take (?:it|that|this|them|everything|the access)"
              + " (?:away|back|off)|remove|revoke|withdraw|delete|drop|end|ends|stop|pull|switch|terminate|close|expire|kill|lapse|cancel)\\b[^.;]*?\\b(as"
              + " soon as|once|when|after|if|the moment|the day) ([^.;]+)");

  private final Reading reading;
  private final List<Wanted> wanted;
  private final Shares shares;
  private final Set<Flag> flags;

  Terms(Reading reading, List<Wanted> wanted, Shares shares, Set<Flag> flags) {
    this.reading = reading;
    this.wanted = wanted;
    this.shares = shares;
    this.flags = flags;
  }

  void read() {
    List<Wanted> asking =
        wanted.stream().filter(w -> w.intent == Intent.GRANT || w.intent == Intent.EXTEND).toList();
    if (asking.isEmpty()) {
      return;
    }
    List<Said<Times.Said>> said = new ArrayList<>();
    for (Clause c : reading.clauses) {
      said.addAll(said(c));
    }
    List<Wanted> grants = asking.stream().filter(w -> w.intent == Intent.GRANT).toList();
    List<Wanted> extensions = asking.stream().filter(w -> w.intent == Intent.EXTEND).toList();
    if (grants.isEmpty() || extensions.isEmpty()) {
      shares.of(said, asking).forEach(this::term);
    } else {
      shares
          .of(said.stream().filter(s -> s.clause().mood() != Moods.Mood.EXTEND).toList(), grants)
          .forEach(this::term);
      shares
          .of(
              said.stream().filter(s -> s.clause().mood() == Moods.Mood.EXTEND).toList(),
              extensions)
          .forEach(this::term);
    }
    events(asking);
  }

  private List<Said<Times.Said>> said(Clause c) {
    List<Said<Times.Said>> out = new ArrayList<>();
    boolean time = c.is(Fields.Kind.DURATION) || c.is(Fields.Kind.START) || c.is(Fields.Kind.END);
    if (!c.speaks() && c.mood() != Moods.Mood.NOTHING
        || c.mood() == Moods.Mood.NOTHING
        || (c.field().isPresent()
            && !time
            && !c.is(Fields.Kind.ACTION)
            && !c.is(Fields.Kind.RESOURCE)
            && !c.is(Fields.Kind.ENVIRONMENT))) {
      return out;
    }
    for (Item item : c.sentence().of(Item.Type.TIME)) {
      Times.Said value = item.time().orElseThrow();
      if (!time && (!stands(item, c) || value instanceof Times.Limit)) {
        continue;
      }
      out.add(new Said<>(bounded(c, value), item, c));
    }
    if (time && out.isEmpty()) {
      String text = reading.quote(c.sentence().from, c.sentence().to).text();
      Item at = Item.timed(c.sentence().from, c.sentence().to, new Times.Limit());
      Times.whole(text, reading.lexicon.catalogue(), reading.prompt.now())
          .ifPresent(v -> out.add(new Said<>(bounded(c, v), at, c)));
    }
    return out;
  }

  /** A day in a field for the start or the end is that. */
  private static Times.Said bounded(Clause c, Times.Said said) {
    if (said instanceof Times.Fixed(Term.Window(Optional<LocalDate> start, LocalDate end))) {
      if (c.is(Fields.Kind.START)) {
        return new Times.Starts(start.orElse(end));
      }
      if (c.is(Fields.Kind.END)) {
        return new Times.Fixed(new Term.Window(Optional.empty(), end));
      }
    }
    return said;
  }

  /** Whether a time is said of the access and not of what goes on around it. */
  private boolean stands(Item item, Clause c) {
    String lead = c.sentence().skeleton.substring(0, Math.max(0, c.sentence().place(item)));
    if (item.time().orElseThrow() instanceof Times.Endless && KEY.matcher(lead).find()) {
      return false;
    }
    String first = reading.words.get(item.from()).plain();
    boolean until = first.matches("until|till|til|unless|through|as|while|to|up|for|during|during");
    if (!c.voids().contains(item.from())
        || until && c.sentence().items.getFirst().from() != item.from()) {
      return true;
    }
    // "Until X is done" is void as scope, and yet the end.
    return until;
  }

  private void term(Wanted w, List<Said<Times.Said>> all) {
    List<Said<Times.Said>> said = new ArrayList<>(all);
    if (said.isEmpty()) {
      return;
    }
    List<Said<Times.Said>> sure = said.stream().filter(this::sure).toList();
    boolean start = said.stream().anyMatch(s -> s.value() instanceof Times.Starts);
    if (!sure.isEmpty()) {
      said.removeIf(s ->
          !sure.contains(s)
              && !(s.value() instanceof Times.Starts)
              && !(start && s.value() instanceof Times.Fixed(Term.Length l)));
    }
    List<Quote> quotes = said.stream().map(s -> reading.quote(s.item())).toList();
    Set<Term> terms = new LinkedHashSet<>();
    List<String> vague = new ArrayList<>();
    Optional<LocalDate> from = Optional.empty();
    Optional<Quote> event = Optional.empty();
    for (Said<Times.Said> s : said) {
      switch (s.value()) {
        case Times.Fixed(Term t) -> terms.add(t);
        case Times.Starts(LocalDate day) -> from = Optional.of(day);
        case Times.Vague(List<String> candidates) ->
            vague.addAll(
                candidates.isEmpty() ? List.of(reading.quote(s.item()).text()) : candidates);
        case Times.Endless e -> {
          vague.add(reading.quote(s.item()).text());
          flags.add(Flag.STANDING_ACCESS);
        }
        case Times.Event(String text) -> event = Optional.of(reading.quote(s.item()));
        case Times.Limit l -> {}
      }
    }
    event.ifPresent(
        q -> w.items.add(new Proposal.Says("revocation.event", List.of(q.text()), List.of(q))));
    if (terms.isEmpty() && vague.isEmpty()) {
      event.ifPresent(
          q -> w.items.add(new Proposal.Unclear("until", List.of(q.text()), List.of(q))));
      return;
    }
    if (!terms.isEmpty()) {
      vague.removeIf(v ->
          v.toLowerCase(java.util.Locale.ROOT)
              .matches(
                  "(?:for |right )?(?:now|the moment|the time being|at the moment|at"
                      + " present|presently|initially|at first)"));
    }
    started(terms, from);
    if (vague.isEmpty() && terms.size() > 1) {
      w.items.add(new Proposal.Contradicts("until", "two different ends are named", quotes));
    } else if (!vague.isEmpty()) {
      terms.forEach(t -> vague.add(t.text()));
      w.items.add(new Proposal.Unclear("until", vague, quotes));
    } else {
      Said<Times.Said> main =
          said.stream().filter(s -> s.value() instanceof Times.Fixed).findFirst().orElseThrow();
      w.items.add(
          new Proposal.Says(
              "until",
              List.of(terms.iterator().next().text()),
              List.of(reading.quote(main.item()))));
    }
  }

  private boolean sure(Said<Times.Said> s) {
    if (s.clause().field().isPresent()) {
      return true;
    }
    Quote q = reading.quote(s.item());
    String first = reading.words.get(s.item().from()).plain();
    boolean word =
        first.matches(
            "for|until|till|til|from|through|during|up|between|within|to|starting|ending|by|lasting|over|as|expires?|ends?|valid|throughout|while");
    boolean length =
        s.value() instanceof Times.Fixed(Term.Length l)
            || s.value() instanceof Times.Endless
            || s.value() instanceof Times.Vague;
    return word || (length && !q.text().isEmpty());
  }

  /** Puts a start that was said apart together with the end or the length. */
  private void started(Set<Term> terms, Optional<LocalDate> from) {
    // "From the 3rd for five days, until the 8th": a window says all of it.
    List<Term> windows =
        terms.stream()
            .filter(
                t -> t instanceof Term.Window(Optional<LocalDate> s, LocalDate e) && s.isPresent())
            .toList();
    if (windows.size() == 1 && terms.size() > 1) {
      terms.removeIf(t -> t instanceof Term.Length);
    }
    if (from.isEmpty() || terms.size() != 1) {
      return;
    }
    Term only = terms.iterator().next();
    Optional<Term> joined =
        switch (only) {
          case Term.Length length -> Times.from(from.get(), length, reading.lexicon.catalogue());
          case Term.Window(Optional<LocalDate> start, LocalDate end) ->
              start.isEmpty() && !from.get().isAfter(end)
                  ? Optional.of(new Term.Window(from, end))
                  : Optional.empty();
          case Term.Moment m -> Optional.empty();
        };
    joined.ifPresent(t -> {
      terms.clear();
      terms.add(t);
    });
  }

  /** "Take it away as soon as they have left", and fields that say so. */
  private void events(List<Wanted> asking) {
    for (Clause c : reading.clauses) {
      boolean field = c.is(Fields.Kind.EVENT);
      java.util.regex.Matcher m = ENDS.matcher(c.sentence().spoken);
      Optional<Quote> quote =
          field
              ? Optional.of(reading.quote(c.sentence().from, c.sentence().to))
              : c.field().isEmpty() && c.mood() != Moods.Mood.QUESTION && m.find()
                  ? Optional.of(
                      reading.quote(
                          c.sentence().spokenWord(m.start(2)),
                          c.sentence().spokenWord(m.end(2) - 1) + 1))
                  : Optional.empty();
      quote.ifPresent(q ->
          asking.stream()
              .filter(w -> w.items.stream().noneMatch(i -> i.path().equals("revocation.event")))
              .forEach(w ->
                  w.items.add(
                      new Proposal.Says("revocation.event", List.of(q.text()), List.of(q)))));
    }
  }
}
