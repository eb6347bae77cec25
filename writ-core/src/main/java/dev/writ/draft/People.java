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

/** Who owns, who approves, who only writes, is written to, or wants the access for themselves. */
final class People {
  private static final String OWNS =
      "(?:owns?|owning|will own|shall own|should own|to own|owned|as (?:the"
          + " )?owner|owner|(?:is|as|will be|remains|being|would be|acts as|stays) (?:the |its |my"
          + " |our |an? )?(?:\\w+ )?(?:owner|accountable|responsible|answerable|in charge|liable|on"
          + " the hook)|answers?|answering|accountable|responsible|answerable|carries|carry|carrying|bears?|takes?"
          + " (?:it |this |that )?(?:on|over )?(?:the |full |on the"
          + " )?(?:responsib\\w+|ownership|charge|care of it)|looks? after (?:it|this|that)|stands?"
          + " (?:for|behind) (?:it|this|that)|vouch(?:es)?|has (?:the"
          + " )?(?:ownership|responsibility)|will (?:answer|carry)|on the hook|heads"
          + " it|(?:has|holds|has got) (?:it|this one|that one)|in charge|leads it|runs it|'s"
          + " (?:responsibility|call|baby|ownership|name))\\b";
  private static final String OWNED =
      "\\b(?:owners?|ownership|owned"
          + " by|accountable|responsible|answerable|responsibility|accountability|in charge|on the"
          + " hook|carried by|belongs? to|charge of|led by|answered for by|sponsored"
          + " by|sponsor|under)(?:(?: person| of it| of this| for (?:it|this|that|both|all)| is|"
          + " are| of both| of all| lies| rests| sits| stays| goes| falls| remains| will be| shall"
          + " be| should be| would be| =|,| -| with| by| to| on| the| here| both| :|:| mr| mrs| ms|"
          + " dr| mister| prof| miss| sir| colleague| name| either))* ";
  private static final List<Pattern> OWNERS =
      List.of(
          Pattern.compile(
              "(@h\\d+)(?: (?:'s )?(?:[,()] )?)(?:(?:and|or) (@h\\d+) )?(?:(?:[a-z]+ )?(?:also"
                  + " |alone |herself |himself |personally |who |then |now |here |that |will |shall"
                  + " |both |certainly |of course )*)?"
                  + OWNS),
          Pattern.compile(
              OWNED + "(@h\\d+)(?: 's)?(?: ?(?:,|and|or|/|as well as) (?:me )?(@h\\d+))?"),
          Pattern.compile(OWNED + "(?:me|myself) ?(?:,|and|or|/) (@h\\d+)"),
          Pattern.compile(
              "\\b(?:put|make|set|name|enter|note|list|with) (@h\\d+) (?:down )?(?:as|in) (?:the"
                  + " |its |an? )?(?:\\w+ )?(?:owner|charge|responsible)"));
  private static final Pattern VAGUE_OWNER =
      Pattern.compile(
          "\\b(?:some(?:one|body)|one|any(?:one|body)|a person|a colleague|a"
              + " member|whoever|people|the (?:head|lead|manager|boss|team)|our"
              + " (?:team|department|group|lead|head|manager)) ?(?:from|in|of|at|on|over|within)?"
              + " ?(?:the |our"
              + " )?([a-z-]+)?[^;.]{0,40}?\\b(?:own|owns|owner|responsible|accountable|answer|carry|carries|charge|responsibility)|\\b(?:owned"
              + " by|owner(?: is|:| will be| =)?|responsible(?: is)?:?|accountable(?: is)?:?)"
              + " (?:some(?:one|body)|one of|a person|any(?:one|body)|whoever|the [a-z-]+"
              + " (?:team|department|group|lead|office|desk|crew|people)|(?:the |our )?team|the"
              + " (?:head|lead|manager) of)");
  private static final List<Pattern> SELF =
      List.of(
          Pattern.compile(
              "\\b(i)(?:'ll| will| shall| am going to|'m going to|'d| would| do)? (?:also |gladly"
                  + " |personally |then |will )?(?:own|carry|answer|take (?:it on|(?:the |full |on"
                  + " )?(?:responsib\\w+|ownership|charge|blame|care of it))|stand"
                  + " (?:for|behind)|vouch|look after (?:it|this|that)|bear|sign for)\\b"),
          Pattern.compile(
              "\\b(i)(?:'m| am|'ll be| will be| would be| shall be) (?:the |its |also |fully"
                  + " |personally |then |happy to be (?:the"
                  + " )?)*(?:owner|accountable|responsible|answerable|in charge|on the"
                  + " hook|liable)\\b"),
          Pattern.compile(
              "\\b(?:is|are|'s|remains?|stays|be|both|all|responsibility|responsible|owner|accountable)(?:"
                  + " is| are|:| =)? (mine|me|myself)\\b(?!"
                  + " (?:to|a|an|the|some|access|rights)\\b)"),
          Pattern.compile(
              "(?:^|[,;:/().-] |\\bowner ?[:=]? |\\bowned by |\\bowner is |@[dpreh]\\d+ )(?:both"
                  + " |all )?(mine|me|myself)\\b(?= *(?:$|[,;:./()-]|to answer|to own|in that|and"
                  + " @h|and for|please|thanks))"),
          Pattern.compile(
              "\\b(my) (?:own )?(?:responsibility|ownership|baby|agent|watch|accountability|name on"
                  + " it)\\b"),
          Pattern.compile(
              "\\bput (me) (?:down|on it|in charge)\\b(?! (?:as|for) (?!(?:the )?owner))"),
          Pattern.compile(
              "\\b(mine) to (?:answer|own|carry)\\b|\\b(mine) is the (?:responsib|account)"),
          Pattern.compile(
              "\\b(myself) (?:is|am|as|being|will be) (?:the )?(?:owner|responsible|accountable|in"
                  + " charge)"),
          Pattern.compile(
              "\\b(?:owner(?:ship)?|responsib\\w+|accountab\\w+|charge)(?: person)?(?: is| are|:|"
                  + " =| would be| will be| lies| rests| stays| sits| with| on| for"
                  + " (?:it|this|both))* ?(?:with |on |by )?(me|myself|mine|i)\\b(?!"
                  + " (?:need|want|have|would|am)\\b)"),
          Pattern.compile(
              "\\b(?:on|under) (my) (?:head|account|responsibility|name|ownership|watch)\\b"),
          Pattern.compile(
              "\\b(?:owned by|owners?)(?:[: ]*(?:either )?)(?:@h\\d+ ?(?:,|and|or|/)"
                  + " )?(me|myself|mine)\\b"));
  private static final Pattern ALTERNATIVE =
      Pattern.compile(
          "(?:@h\\d+|\\bme|\\bmine|\\bmyself) (?:or|/) (?:else |maybe |perhaps |possibly"
              + " )?(?:@h\\d+|me\\b|myself|mine)|\\beither (?:@h|me\\b|myself)");
  private static final Pattern GREETING =
      Pattern.compile(
          "(?im)\\A\\s*(?:[^\\n]{0,60}\\n){0,4}?\\s*(?:hi+|hello|dear|hey+|hiya|morning|good"
              + " (?:morning|afternoon|evening|day)|evening|afternoon|to|yo|greetings)\\b[^\\n.!?:]{0,60}(?:,|!|\\n|:|"
              + " \u2013|\\.)");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\A\\s*@?[\\p{L}.'-]+(?: [\\p{L}.'-]+){0,3}(?: (?:and|&) [\\p{L}.'-]+)?[,!]?[ \\t]*\\n");
  private static final Pattern CLOSING =
      Pattern.compile(
          "(?im)(?:^|[.!?,] )[ \\t]*(?:many thanks|with thanks|thanks(?: so much| a lot| a million|"
              + " in advance| again| all| very much)?|thank you(?: so much| very much| in advance|"
              + " all| for [^\\n,.]{1,30})?|(?:all )?(?:the |my )?(?:very )?best(?: wishes|"
              + " regards)?|kind(?:est)? regards|warm(?:est)? (?:regards|wishes)|with"
              + " (?:best|kind|warm|friendly) [^\\n,]{2,20}|regards|cheers|yours(?: sincerely|"
              + " truly| faithfully| ever)?|sincerely(?:"
              + " yours)?|thx|tx|br|rgds|greetings|ta|love|warmly|cordially|respectfully|take"
              + " care|mfg|vg|cu|see you|talk soon|speak soon|have a (?:good|nice) [^\\n]{1,20}|nga"
              + " mihi|ngā mihi|saludos|gr\u00fc\u00dfe|muito"
              + " obrigad[oa]|merci|danke|obrigad[oa]|gracias)\\b[ \\t]*[,.!\\n-]*[ \\t]*\\n?");

  private static final int TOP = 300;

  private final Reading reading;
  private final Lexicon lexicon;
  private final Set<Integer> letter;

  People(Reading reading) {
    this.reading = reading;
    this.lexicon = reading.lexicon;
    this.letter = letter();
  }

  /** Whom a person's name leaves: the only active one, else all that fit. */
  List<String> who(Item item) {
    List<String> ids = item.ids();
    List<String> active =
        ids.stream().filter(id -> lexicon.person(id).map(Person::active).orElse(false)).toList();
    return active.isEmpty() ? ids : active;
  }

  /** Everybody who is said to own, where it is said; a list when alternatives are named. */
  List<Said<List<String>>> owners() {
    List<Said<List<String>>> out = new ArrayList<>();
    for (Clause c : reading.clauses) {
      if (!c.speaks()
          || c.is(Fields.Kind.OTHER)
          || c.is(Fields.Kind.APPROVER)
          || c.mood() == Moods.Mood.REVOKE) {
        continue;
      }
      Sentence s = c.sentence();
      Set<Item> owning = new LinkedHashSet<>();
      if (c.is(Fields.Kind.OWNER)) {
        owning.addAll(s.of(Item.Type.PERSON));
      }
      Set<Item> approving = new LinkedHashSet<>(Approvals.named(s));
      for (Pattern p : OWNERS) {
        for (Item h : s.named(p)) {
          if (h.type() == Item.Type.PERSON && !letter.contains(h.from())) {
            owning.add(h);
          }
        }
      }
      if (c.field().isEmpty()) {
        s.of(Item.Type.PERSON).stream()
            .filter(h -> alone(s, h) && !approving.contains(h) && !letter.contains(h.from()))
            .forEach(owning::add);
      }
      if (c.field().isPresent() && !c.is(Fields.Kind.OWNER)) {
        owning.clear();
      }
      List<Said<List<String>>> here = new ArrayList<>();
      owning.stream()
          .sorted(java.util.Comparator.comparingInt(Item::from))
          .forEach(h -> here.add(new Said<>(who(h), h, c)));
      self(c).ifPresent(item -> here.add(new Said<>(List.of(reading.prompt.requester()), item, c)));
      here.sort(java.util.Comparator.comparingInt(x -> x.item().from()));
      if (here.size() > 1 && ALTERNATIVE.matcher(s.spoken).find()) {
        List<String> all = here.stream().flatMap(x -> x.value().stream()).distinct().toList();
        out.add(new Said<>(all, here.getFirst().item(), c));
      } else {
        out.addAll(here);
      }
      if (here.isEmpty()) {
        pronoun(c).or(() -> vague(c)).ifPresent(out::add);
      }
    }
    return out;
  }

  /** "He owns it", when exactly one person was named. */
  private Optional<Said<List<String>>> pronoun(Clause c) {
    Matcher m = HE.matcher(c.sentence().spoken);
    if (!m.find()) {
      return Optional.empty();
    }
    List<Item> named =
        reading.items.stream()
            .filter(i ->
                i.type() == Item.Type.PERSON
                    && i.from() < c.sentence().to
                    && !letter.contains(i.from()))
            .toList();
    List<List<String>> who = named.stream().map(this::who).distinct().toList();
    return who.size() == 1
        ? Optional.of(new Said<>(who.getFirst(), named.getLast(), c))
        : Optional.empty();
  }

  private static final Pattern HE =
      Pattern.compile(
          "\\b(?:he|she) (?:(?:will|shall|also|then|'ll) )*"
              + OWNS
              + "|\\b(?:he|she) (?:is|will be) (?:the )?(?:owner|responsible|accountable)");

  private Optional<Said<List<String>>> vague(Clause c) {
    Matcher m = VAGUE_OWNER.matcher(c.sentence().spoken);
    boolean team =
        c.is(Fields.Kind.OWNER)
            && c.sentence()
                .spoken
                .matches(
                    ".*\\b(?:team|someone|somebody|department|office|desk|one"
                        + " of|group|lead|head|whoever|anyone)\\b.*");
    if (!m.find() && !team) {
      return Optional.empty();
    }
    Set<String> fitting = new LinkedHashSet<>();
    for (Word w : reading.words.subList(c.sentence().from, c.sentence().to)) {
      for (Person p : lexicon.catalogue().people()) {
        if (p.eligible()
            && Word.ofPhrase(p.team().replace('-', ' ')).stream()
                .anyMatch(t -> t.stem().equals(w.stem()) && t.plain().length() > 3)) {
          fitting.add(p.id());
        }
      }
    }
    fitting.add("");
    fitting.add(" ");
    Item at =
        Item.named(
            new Mention(
                c.sentence().from,
                c.sentence().from + 1,
                List.of(new Lexicon.Entry(Lexicon.Kind.PERSON, ""))),
            Lexicon.Kind.PERSON);
    return Optional.of(new Said<>(List.copyOf(fitting), at, c));
  }

  /** Where the requester says to own it. */
  private Optional<Item> self(Clause c) {
    Sentence s = c.sentence();
    if (c.is(Fields.Kind.OWNER)
        && s.spoken
            .strip()
            .matches(
                "(?:it'?s |that'?s |still |just )?(?:me|myself|mine|i|me \\( ?requester ?\\)?|the"
                    + " requester|requester|i am|self|yours truly|same as requester)")) {
      return Optional.of(said(s.from, s.to));
    }
    if (c.field().isPresent() && !c.is(Fields.Kind.OWNER)) {
      return Optional.empty();
    }
    for (Pattern p : SELF) {
      Matcher m = p.matcher(s.spoken);
      while (m.find()) {
        for (int g = 1; g <= m.groupCount(); g++) {
          if (m.group(g) != null) {
            int w = s.spokenWord(m.start(g));
            boolean not = c.negated().contains(w) && m.group().matches(".*\\b(?:not|never)\\b.*");
            if (!not && !letter.contains(w)) {
              return Optional.of(said(w, w + 1));
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Item said(int from, int to) {
    return Item.named(
        new Mention(from, to, List.of(new Lexicon.Entry(Lexicon.Kind.PERSON, ""))),
        Lexicon.Kind.PERSON);
  }

  /** A name between two marks, or at the very end of a line, and nothing with it. */
  private boolean alone(Sentence s, Item h) {
    int at = s.place(h);
    if (at < 0) {
      return false;
    }
    String text = s.skeleton;
    int start = at;
    while (start > 0 && ",;:-(/)\n".indexOf(text.charAt(start - 1)) < 0) {
      start--;
    }
    int end = at;
    while (end < text.length()
        && ",;:(/)\n".indexOf(text.charAt(end)) < 0
        && !text.startsWith("- ", end)) {
      end++;
    }
    String part = text.substring(start, end).strip();
    boolean bare =
        part.matches(
            "(?:and |& |mister |mr |mrs |ms |miss |dr |prof |professor |doctor |owner |thanks |pls"
                + " |please |it 's |it is |sister |our |from me )*@h\\d+(?:"
                + " (?:@h\\d+|please|pls|thanks|thx|here|again|owner|\\.))*");
    if (bare) {
      return !(start == 0 && text.startsWith(": ", end)) && s.to - s.from > 0 && !addressee(s, h);
    }
    // "... line maintenance oostveen": after everything else, right behind another name.
    boolean last = text.substring(text.indexOf(' ', at)).isBlank();
    String before = text.substring(0, at).strip();
    return last && before.matches(".*@[pderv]\\d+(?: (?:mister|mr|mrs|ms|dr|by|and))?");
  }

  /** A name before a comma at the start of a message, where something is asked of that person. */
  private static boolean addressee(Sentence s, Item h) {
    String rest = s.skeleton.substring(s.place(h));
    return s.place(h) == 0
        && rest.matches(
            "@h\\d+ , (?:please|pls|can|could|would|will|may|let|give|grant|add|i |we"
                + " |kindly|you|need|set|the |allow|hi|ok).*");
  }

  /** The words of greetings and signatures. */
  private Set<Integer> letter() {
    Set<Integer> out = new LinkedHashSet<>();
    String text = reading.ownText;
    // A greeting stands at the top.
    Matcher hi = GREETING.matcher(text.substring(0, Math.min(text.length(), TOP)));
    if (hi.lookingAt()) {
      int line = text.lastIndexOf('\n', Math.max(0, hi.end() - 2));
      mark(out, Math.max(line, hi.start()), hi.end());
    }
    Matcher name = ADDRESS.matcher(text);
    if (name.lookingAt() && text.indexOf('\n', name.end()) >= 0) {
      mark(out, name.start(), name.end());
    }
    Matcher bye = CLOSING.matcher(text);
    while (bye.find()) {
      int end = bye.end();
      String rest = text.substring(end);
      boolean line =
          bye.start() == 0
              || text.charAt(bye.start()) == '\n'
              || bye.start() > 0 && text.charAt(bye.start() - 1) == '\n';
      boolean tail = rest.strip().split("\\s+").length <= 14 && !rest.strip().contains(":");
      int stop = text.indexOf('\n', end);
      boolean short1 =
          (stop < 0 ? rest : text.substring(end, stop)).strip().split("\\s+").length <= 4;
      if ((line && (tail || short1)) || rest.strip().split("\\s+").length <= 4) {
        mark(out, bye.start(), tail ? text.length() : stop < 0 ? text.length() : stop);
      }
    }
    int paragraph = text.stripTrailing().lastIndexOf("\n\n");
    if (paragraph > 0) {
      String last = text.substring(paragraph).strip();
      if (last.split("\\s+").length <= 4
          && last.indexOf(',') < 0
          && !last.matches("(?is).*\\b(?:own|owns|me|mine|responsib\\w+|my)\\b.*")) {
        mark(out, paragraph, text.length());
      }
    }
    return out;
  }

  private void mark(Set<Integer> out, int start, int end) {
    int from = reading.ownText.codePointCount(0, Math.max(0, start));
    int to = reading.ownText.codePointCount(0, Math.min(end, reading.ownText.length()));
    for (int i = 0; i < reading.words.size(); i++) {
      if (reading.words.get(i).start() >= from && reading.words.get(i).end() <= to) {
        out.add(i);
      }
    }
  }

  boolean inLetter(int word) {
    return letter.contains(word);
  }
}
