package dev.writ.draft;

import dev.writ.draft.Shares.Said;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each workflow is for: a process of the catalogue, or else the requester's own words. */
final class Purposes {
  private static final List<Pattern> TEXTS =
      List.of(
          Pattern.compile(
              "\\bso that (?!(?:it|they|@a\\d+|the agent|she|he) (?:can|may|could|is"
                  + " able|might|will))((?:[^,;.:@-]|@[^aev])[^;.:-]{6,120}?)(?=,|;|\\.|$|- )"),
          Pattern.compile(
              "\\b(?:because(?: of)?|in order to|so as to|due to|on account of|in support of|as"
                  + " part of|thanks to|owing to|with a view to|on behalf of the)"
                  + " ([^,;.:@-][^,;.:-]{6,120})"),
          Pattern.compile(
              "\\b(?:purpose|reason|goal|aim|background|justification|idea)(?: is| being|:| =| of"
                  + " this is)+ ([^;.]{6,120})"),
          Pattern.compile(
              "\\bto (?:help|support|assist|prepare|check|find|speed|save|avoid|reduce|cover|make"
                  + " sure|test|verify|investigate|clean|finish|complete|spare|relieve|ease|free|keep|catch|get|see"
                  + " (?:whether|if|who|how|why)|work out|figure"
                  + " out|understand|learn|compare|bring|meet|answer|handle)"
                  + " (?!@v)([^,;.:@-][^,;:.-]{5,120})"),
          Pattern.compile("\\bit(?:'s| is) (?:all )?(?:for|about) (?!@)([^,;.:-]{6,120})"));
  private static final Pattern FOR =
      Pattern.compile(
          "(?<!job )(?<!task )\\bfor"
              + " (?:(?:the|our|a|an|this|their|his|her|some|its|these|those|next|upcoming|all|new)"
              + " )*(?!it\\b|that\\b|this\\b|now\\b|me\\b|us\\b|him\\b|them\\b|all\\b|ever|everybody|everyone|both|each|rest|time|moment|record|first|second|third|duration|agent|bot|job|same|last|next|following|reference|example|instance|sure|free|good|always|short|long|while|only|later|approval|review|bit|once|starters|what|which|whom|whoever|read|access|use|our"
              + " part|my"
              + " part|permission|right|another|an?\\b|one|two|half|several|few|couple|many|maximum|max|period|some|day|week|month|year|hour|minute|sprint|quarter|weekend|asap|immediate|rights|doing|being|having|it's|to\\b|by\\b|as\\b|about|just|exactly|more|less|no\\b|not\\b|other|others|anybody|anyone|anything|somebody|someone|people"
              + " who|patients|customers|those|days|weeks|months|years|hours|minutes|today|tomorrow|tonight|information|info|your|you|tokens?\\b|api|replay|default|prod|test|purposes"
              + " of|and\\b|or\\b|how\\b|which)([a-z][a-z' ]{5,80}?)(?="
              + " *(?:$|[,;:.()-]|@[dhea]|until|till|from @d|starting|i own|owner|owned))");
  private static final Pattern THAT =
      Pattern.compile(
          "\\bfor (?:that|this)(?: purpose)?(?= *(?:$|[,;.?!]))|\\bto (?:do|handle|cover|support)"
              + " (?:that|this)(?= *(?:$|[,;.?!]))|\\btherefore\\b");

  private final Reading reading;
  private final List<Wanted> wanted;
  private final Shares shares;
  private final People people;

  Purposes(Reading reading, List<Wanted> wanted, Shares shares, People people) {
    this.reading = reading;
    this.wanted = wanted;
    this.shares = shares;
    this.people = people;
  }

  void read() {
    List<Wanted> grants = wanted.stream().filter(w -> w.intent == Intent.GRANT).toList();
    if (grants.isEmpty()) {
      return;
    }
    List<Said<String>> processes = new ArrayList<>();
    for (Clause c : reading.clauses) {
      boolean counts =
          c.mood() != Moods.Mood.QUESTION
              && !c.is(Fields.Kind.OTHER)
              && !c.is(Fields.Kind.RESOURCE)
              && !c.is(Fields.Kind.EXCLUDED);
      if (counts) {
        for (Item p : c.sentence().of(Item.Type.PROCESS)) {
          if (!people.inLetter(p.from())) {
            processes.add(new Said<>(p.ids().size() == 1 ? p.ids().getFirst() : "", p, c));
          }
        }
      }
    }
    List<Said<String>> field =
        processes.stream().filter(s -> s.clause().is(Fields.Kind.PURPOSE)).toList();
    if (!field.isEmpty()) {
      processes = field;
    }
    shares.of(processes, grants).forEach(this::process);
    for (Wanted w : grants) {
      if (w.items.stream().noneMatch(i -> i.path().equals("process"))) {
        text(w);
      }
    }
  }

  private void process(Wanted w, List<Said<String>> said) {
    Set<String> ids = new LinkedHashSet<>();
    said.forEach(s -> {
      if (s.value().isEmpty()) {
        ids.addAll(s.item().ids());
      } else {
        ids.add(s.value());
      }
    });
    if (ids.isEmpty()) {
      return;
    }
    List<Quote> quotes = said.stream().map(s -> reading.quote(s.item())).toList();
    if (ids.size() == 1) {
      w.items.add(new Proposal.Says("process", List.copyOf(ids), List.of(quotes.getFirst())));
    } else {
      w.items.add(new Proposal.Unclear("process", List.copyOf(ids), quotes));
    }
  }

  private void text(Wanted w) {
    for (Clause c : reading.clauses) {
      if (c.is(Fields.Kind.PURPOSE)) {
        Quote q = reading.quote(c.sentence().from, c.sentence().to);
        if (!c.sentence()
            .spoken
            .matches(
                "(?:urgent|urgency|asap|as discussed|as agreed|see"
                    + " above|important|needed|required|business|work|none|just"
                    + " because|various)\\b.{0,12}")) {
          say(w, q);
          return;
        }
      }
    }
    for (int i = 0; i < reading.clauses.size(); i++) {
      Clause c = reading.clauses.get(i);
      if (!c.speaks() || c.field().isPresent()) {
        continue;
      }
      Optional<Quote> q = words(c);
      if (q.isEmpty() && THAT.matcher(c.sentence().spoken).find() && i > 0) {
        Clause before = reading.clauses.get(i - 1);
        boolean told =
            before.sentence().of(Item.Type.VERB).stream()
                    .noneMatch(v -> !v.act().orElseThrow().full().isEmpty())
                && before.agents().isEmpty()
                && before.sentence().to - before.sentence().from >= 4
                && !people.inLetter(before.sentence().from);
        if (told) {
          q = Optional.of(reading.quote(before.sentence().from, before.sentence().to));
        }
      }
      if (q.isPresent()) {
        say(w, q.get());
        return;
      }
    }
  }

  private Optional<Quote> words(Clause c) {
    Sentence s = c.sentence();
    for (Pattern p : TEXTS) {
      Matcher m = p.matcher(s.spoken);
      if (m.find() && real(s, m.start(1), m.end(1))) {
        return Optional.of(quote(s, m.start(1), m.end(1)));
      }
    }
    Matcher m = FOR.matcher(s.spoken);
    if (m.find() && real(s, m.start(1), m.end(1))) {
      return Optional.of(quote(s, m.start(1), m.end(1)));
    }
    return Optional.empty();
  }

  /** Whether the words say what for: urgency is no purpose, nor is what stands elsewhere. */
  private boolean real(Sentence s, int start, int end) {
    String said = s.spoken.substring(start, end).strip();
    boolean urgent =
        said.matches(
            "(?:it(?: is|'s)|this is|that is|we are|we're|they are|i am|i'm)? ?(?:very |really |so"
                + " |quite |all )?(?:urgent|urgency|time|important|a rush|in a"
                + " hurry|hurry|busy|late|asap|deadline|needed|necessary).{0,20}|(?:on with"
                + " )?(?:(?:the|its|their|our) )?(?:job|thing|stuff|matter)(?: (?:done|please)|"
                + " (?:that |which )?we \\w+.*)?");
    long content = java.util.Arrays.stream(said.split(" +")).filter(x -> x.length() > 3).count();
    return !urgent
        && content >= 1
        && !said.matches("(?:the )?(?:usual|agreed|above|below|attached|obvious|known|same)\\b.*");
  }

  private Quote quote(Sentence s, int start, int end) {
    return reading.quote(s.spokenWord(start), s.spokenWord(end - 1) + 1);
  }

  private static void say(Wanted w, Quote q) {
    w.items.add(new Proposal.Says("purpose", List.of(q.text()), List.of(q)));
  }
}
