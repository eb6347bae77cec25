package dev.writ.draft;

import dev.writ.catalogue.Person;
import dev.writ.draft.Shares.Said;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills each workflow's subject, owner, purpose and term with what is said of it. */
final class Slots {
  private static final Pattern CALLED =
      Pattern.compile("\\b(?:called|named|agent|bot|assistant|workload|helper|robot|thing)\\b");
  private static final Set<String> KINDS =
      Set.of(
          "agent",
          "bot",
          "assistant",
          "helper",
          "workload",
          "robot",
          "thing",
          "tool",
          "one",
          "script",
          "some",
          "something",
          "someone",
          "service",
          "job",
          "program",
          "process",
          "ai",
          "new",
          "identity");
  private static final List<Pattern> HUMAN =
      List.of(
          Pattern.compile(
              "\\b(?:give|grant|let|allow|enable|add|provide|assign|get|make|set up|equip) (?:our"
                  + " |the |colleague )?(@h\\d+)(?! 's (?:agent|bot))(?! (?:own|take"
                  + " over|approve|know|sign|and me know|have a look|decide|as (?:the )?owner))"),
          Pattern.compile(
              "(@h\\d+) (?:himself |herself |personally )?(?:needs?|wants?|should|must|would"
                  + " like|has to|requires?|may|can|could|is to)(?: to)?(?: be able to| have| get|"
                  + " be allowed to| be given)?"
                  + " (?:@v|access|@r|rights|permission|(?:read|see|view|write|open|look|pull|use)\\b)"),
          Pattern.compile(
              "\\b(?:can|could|may|might) (@h\\d+) (?:please )?(?:have|get|be given|be allowed to)"
                  + " (?:@v|@r|access|rights)"),
          Pattern.compile("\\baccess for (@h\\d+)"));
  private static final Pattern SELF =
      Pattern.compile(
          "\\b(?:give|grant|let|allow|enable|add|get|provide|make) (me|us|myself)\\b(?!"
              + " (?:know|explain|have your|put|tell))|\\b(i) (?:need|want|require|would like|'d"
              + " like|must|have to|should|wish|would need)(?: to)?(?: have| get| be able to| be"
              + " given| personally| myself)* (?:@v|access|@r|read"
              + " access|rights|permissions?|(?:read|see|view|write|open|look|pull|use|edit|query)\\b)|\\b(?:can|could|may)"
              + " (i|we) (?:please |also )?(?:have|get|be given|@v|use)|\\baccess for"
              + " (me|myself|us)\\b|\\bmy own (?:access|account|rights)\\b");

  private final Reading reading;
  private final Lexicon lexicon;
  private final List<Wanted> wanted;
  private final Set<Flag> flags;
  private final People people;
  private final Shares shares;

  Slots(Reading reading, List<Wanted> wanted, Set<Flag> flags) {
    this.reading = reading;
    this.lexicon = reading.lexicon;
    this.wanted = wanted;
    this.flags = flags;
    this.people = new People(reading);
    this.shares = new Shares(reading);
  }

  void read() {
    wanted.forEach(this::subject);
    owners();
    approvers();
    new Purposes(reading, wanted, shares, people).read();
    new Terms(reading, wanted, shares, flags).read();
  }

  private void subject(Wanted w) {
    List<Quote> quotes = reading.quotes(List.copyOf(w.named));
    List<String> ids = w.subjects.stream().filter(s -> !s.isEmpty()).toList();
    if (w.subjects.size() == 1 && ids.size() == 1) {
      w.items.add(new Proposal.Says("identity.workload", ids, List.of(quotes.getFirst())));
    } else if (!w.subjects.isEmpty()) {
      w.items.add(new Proposal.Unclear("identity.workload", ids, quotes));
    } else {
      nobody(w);
    }
  }

  private void nobody(Wanted w) {
    Optional<Quote> human = human();
    if (human.isPresent()) {
      flags.add(Flag.HUMAN_SUBJECT);
      w.items.add(
          new Proposal.Refuses("identity.workload", "a person is no agent", List.of(human.get())));
    } else if (unknownAgent()) {
      flags.add(Flag.UNKNOWN_ENTITY);
      w.items.add(new Proposal.Refuses("identity.workload", "no such agent is known", List.of()));
    }
  }

  private Optional<Quote> human() {
    for (Clause c : reading.clauses) {
      Sentence s = c.sentence();
      if (!c.speaks() || c.is(Fields.Kind.OTHER)) {
        continue;
      }
      if (c.is(Fields.Kind.SUBJECT)) {
        boolean self = s.spoken.matches("\\W*(?:me|myself|i|mine|the requester|requester)\\b.*");
        if (self || !s.of(Item.Type.PERSON).isEmpty()) {
          return Optional.of(reading.quote(s.from, s.to));
        }
        continue;
      }
      if (c.field().isPresent()) {
        continue;
      }
      for (Pattern p : HUMAN) {
        List<Item> found = s.named(p);
        if (!found.isEmpty() && found.stream().noneMatch(h -> people.inLetter(h.from()))) {
          return Optional.of(reading.quote(found.getFirst()));
        }
      }
      Matcher m = SELF.matcher(s.skeleton);
      if (m.find() && !s.skeleton.contains("agent")) {
        int word = s.word(m.start());
        return Optional.of(reading.quote(word, word + 1));
      }
    }
    return Optional.empty();
  }

  /** A proper name where an agent stands. */
  private boolean unknownAgent() {
    for (Clause c : reading.clauses) {
      if (!c.speaks() || (c.field().isPresent() && !c.is(Fields.Kind.SUBJECT))) {
        continue;
      }
      if (c.is(Fields.Kind.SUBJECT)) {
        List<Word> value = reading.words.subList(c.sentence().from, c.sentence().to);
        boolean kind =
            value.stream()
                .allMatch(w ->
                    KINDS.contains(w.plain())
                        || w.plain().length() < 3
                        || CommonWords.has(w.plain()) && !w.capital());
        return !kind;
      }
      if (strangerActs(c)) {
        return true;
      }
    }
    return false;
  }

  private boolean strangerActs(Clause c) {
    Unknowns unknowns = new Unknowns(reading);
    for (int i = c.sentence().from; i < c.sentence().to; i++) {
      Word w = reading.words.get(i);
      int at = i;
      boolean item = reading.items.stream().anyMatch(x -> x.from() <= at && at < x.to());
      if (item || people.inLetter(i) || c.voids().contains(i) || w.raw().length() < 2) {
        continue;
      }
      boolean starts = i == c.sentence().from || !w.close();
      String before = i == 0 ? "" : reading.words.get(i - 1).plain();
      boolean after =
          CALLED.matcher(before).matches()
              || before.equals("let")
              || before.equals("allow")
              || before.equals("give")
              || before.equals("enable");
      int end = i + 1;
      while (end < c.sentence().to
          && reading.words.get(end).capital()
          && reading.words.get(end).close()
          && !isItem(end)) {
        end++;
      }
      boolean proper =
          w.capital() && (!CommonWords.has(w.plain()) || end - i > 1 || !starts && after);
      boolean strange = unknowns.unknown(w, i);
      boolean acts =
          end < c.sentence().to
              && (Cues.MODALS.contains(reading.words.get(end).plain())
                  || reading
                      .words
                      .get(end)
                      .plain()
                      .matches("wants?|needs?|will|should|ought|reads?|has|gets?|:")
                  || reading.words.get(end).gapHas(":,")
                  || reading.items.stream().anyMatch(verbAt(end)));
      if ((proper && (after || (starts && acts && (end - i > 1 || strange))))
          || (strange && starts && acts && after)
          || (strange
              && (after
                  || (starts
                      && end < c.sentence().to
                      && Cues.MODALS.contains(
                          reading.words.get(Math.min(end, c.sentence().to - 1)).plain()))))) {
        return true;
      }
    }
    return false;
  }

  private static java.util.function.Predicate<Item> verbAt(int at) {
    return x -> x.type() == Item.Type.VERB && x.from() == at;
  }

  private boolean isItem(int at) {
    return reading.items.stream().anyMatch(x -> x.from() <= at && at < x.to());
  }

  private List<Wanted> eligible(Clause c) {
    List<Wanted> modified = of(Intent.MODIFY);
    if (c.mood() == Moods.Mood.OWNERSHIP) {
      return modified;
    }
    List<Wanted> out = of(Intent.GRANT);
    if (out.isEmpty()) {
      out = of(Intent.EXTEND);
    }
    return out.isEmpty() ? modified : out;
  }

  private List<Wanted> of(Intent intent) {
    return wanted.stream().filter(w -> w.intent == intent).toList();
  }

  private void owners() {
    List<Said<List<String>>> grants = new ArrayList<>();
    List<Said<List<String>>> moves = new ArrayList<>();
    for (Said<List<String>> one : people.owners()) {
      (one.clause().mood() == Moods.Mood.OWNERSHIP ? moves : grants).add(one);
    }
    for (Clause c : reading.clauses) {
      if (c.mood() == Moods.Mood.OWNERSHIP) {
        newOwner(c).ifPresent(moves::add);
      }
    }
    moves(moves);
    if (grants.isEmpty()) {
      unknownOwner();
      return;
    }
    List<Wanted> eligible = eligible(grants.getFirst().clause());
    if (eligible.stream().allMatch(w -> w.intent == Intent.MODIFY)) {
      return;
    }
    shares.of(grants, eligible).forEach(this::owner);
  }

  /** The person whom a change of owner names behind "to", or as the new one. */
  private Optional<Said<List<String>>> newOwner(Clause c) {
    Sentence s = c.sentence();
    Matcher m =
        Pattern.compile(
                "\\b(?:to|into|is|as|make|put|by|for|with|:)(?: the| be| new| owner| now| our|"
                    + " colleague| name| hands of)* (@h\\d+|me\\b|myself)(?!.*\\bto @h)|(@h\\d+)(?="
                    + " (?:takes?|will|to take|is taking|should|is to|taking|shall|owns|as|is the"
                    + " new|answers|becomes?))|\\b(i)(?:'ll| will| am)? tak")
            .matcher(s.spoken);
    Optional<Said<List<String>>> out = Optional.empty();
    while (m.find()) {
      String g = m.group(1) != null ? m.group(1) : m.group(2) != null ? m.group(2) : m.group(3);
      if (g.startsWith("@h")) {
        Item h = s.item(g);
        out = Optional.of(new Said<>(people.who(h), h, c));
      } else {
        int w = s.spokenWord(m.start());
        Item me =
            Item.named(
                new Mention(w, w + 1, List.of(new Lexicon.Entry(Lexicon.Kind.PERSON, ""))),
                Lexicon.Kind.PERSON);
        out = Optional.of(new Said<>(List.of(reading.prompt.requester()), me, c));
      }
    }
    return out.or(() -> {
      List<Item> named = s.of(Item.Type.PERSON);
      return named.size() == 1
          ? Optional.of(new Said<>(people.who(named.getFirst()), named.getFirst(), c))
          : Optional.empty();
    });
  }

  private void moves(List<Said<List<String>>> moves) {
    List<Wanted> modified = of(Intent.MODIFY);
    if (!moves.isEmpty()) {
      List<Said<List<String>>> last = new ArrayList<>();
      for (Said<List<String>> m : moves.reversed()) {
        if (last.stream().noneMatch(x -> x.clause().equals(m.clause()))) {
          last.add(m);
        }
      }
      shares.of(last, modified).forEach(this::owner);
    }
  }

  private void owner(Wanted w, List<Said<List<String>>> said) {
    Set<String> ids = new LinkedHashSet<>();
    said.forEach(s -> ids.addAll(s.value()));
    List<Quote> quotes = said.stream().map(s -> reading.quote(s.item())).toList();
    if (ids.isEmpty()) {
      return;
    }
    boolean clear = said.stream().allMatch(s -> s.value().size() == 1);
    Set<String> real = new LinkedHashSet<>(ids);
    real.removeIf(String::isBlank);
    if (clear && ids.size() == 1) {
      String id = ids.iterator().next();
      if (lexicon.person(id).map(Person::eligible).orElse(false)) {
        w.items.add(new Proposal.Says("owners.product", List.of(id), List.of(quotes.getFirst())));
      } else {
        flags.add(Flag.OWNER_INELIGIBLE);
        w.items.add(
            new Proposal.Refuses(
                "owners.product",
                "owner_ineligible: " + id + " has left or is a contractor",
                quotes));
      }
    } else {
      w.items.add(new Proposal.Unclear("owners.product", List.copyOf(real), quotes));
    }
  }

  /** "Owner Dr Feldman": somebody whom nobody knows. */
  private void unknownOwner() {
    Pattern cue =
        Pattern.compile(
            "\\b(?:owner|owners|owned by|accountable|responsible|answerable|in charge)(?:"
                + " (?:is|:|=|person|will be|shall be|by|-|for it))* (?:dr |mr |mrs |ms |prof |miss"
                + " |professor |doctor )?([a-z][a-z'.]+)");
    for (Clause c : reading.clauses) {
      boolean field = c.is(Fields.Kind.OWNER);
      if (!c.speaks() || (c.field().isPresent() && !field)) {
        continue;
      }
      Sentence s = c.sentence();
      Matcher m = cue.matcher(s.skeleton);
      boolean named =
          field
              && reading.words.subList(s.from, s.to).stream()
                  .anyMatch(w -> w.capital() && !CommonWords.has(w.plain()));
      while (!named && !field && m.find()) {
        Word w = reading.words.get(s.word(m.start(1)));
        named =
            w.raw().length() > 1
                    && !CommonWords.has(w.plain())
                    && !lexicon.speller().knows(w.plain())
                || w.capital() && !CommonWords.has(w.plain());
      }
      if (named) {
        flags.add(Flag.UNKNOWN_ENTITY);
        eligible(c).stream()
            .filter(w -> w.intent == Intent.GRANT)
            .forEach(w ->
                w.items.add(
                    new Proposal.Refuses("owners.product", "no such person is known", List.of())));
        return;
      }
    }
  }

  private void approvers() {
    List<Said<List<String>>> said = new ArrayList<>();
    for (Clause c : reading.clauses) {
      if (c.mood() == Moods.Mood.QUESTION || c.is(Fields.Kind.OTHER)) {
        continue;
      }
      List<Item> named =
          c.is(Fields.Kind.APPROVER)
              ? c.sentence().of(Item.Type.PERSON)
              : Approvals.named(c.sentence());
      for (Item h : named) {
        said.add(new Said<>(people.who(h), h, c));
      }
      boolean me =
          c.is(Fields.Kind.APPROVER)
              && c.sentence().spoken.matches("\\W*(?:me|myself|i|mine)\\b.*");
      if (c.field().isEmpty() && Approvals.self(c.sentence()) || me) {
        Item at =
            Item.named(
                new Mention(
                    c.sentence().from,
                    c.sentence().from + 1,
                    List.of(new Lexicon.Entry(Lexicon.Kind.PERSON, ""))),
                Lexicon.Kind.PERSON);
        said.add(new Said<>(List.of(reading.prompt.requester()), at, c));
      }
    }
    List<Wanted> asking =
        wanted.stream().filter(w -> w.intent == Intent.GRANT || w.intent == Intent.EXTEND).toList();
    if (said.isEmpty() || asking.isEmpty()) {
      return;
    }
    shares
        .of(said, asking)
        .forEach((w, mine) -> {
          Set<String> ids = new LinkedHashSet<>();
          List<Quote> quotes = new ArrayList<>();
          for (Said<List<String>> s : mine) {
            if (s.value().size() == 1 && ids.add(s.value().getFirst())) {
              quotes.add(reading.quote(s.item()));
            }
          }
          if (!ids.isEmpty()) {
            w.items.add(new Proposal.Says("approvals", List.copyOf(ids), quotes));
          }
        });
  }
}
