package dev.writ.draft;

import dev.writ.draft.Lexicon.Kind;
import dev.writ.draft.Lexicon.Mention;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt read with one catalogue: trusted words, the names in them, and which belong together.
 * The drafter proposes from it and the verifier checks against it.
 */
final class Reading {
  static final Pattern LIMIT =
      Pattern.compile(
          "(?i)\\b(?:at most|up to|no more than|not more than|max(?:imum)?(?: of)?)"
              + " (\\d{1,12}) (rows?|records?|calls?)\\b");
  private static final Set<String> NEGATORS =
      Set.of(
          "not",
          "never",
          "no",
          "nor",
          "neither",
          "without",
          "except",
          "excluding",
          "excluded",
          "cannot",
          "avoid",
          "nothing",
          "none",
          "but",
          "unlike");
  private static final Set<String> DOUBTS =
      Set.of(
          "or",
          "either",
          "maybe",
          "perhaps",
          "might",
          "if",
          "unless",
          "whether",
          "once",
          "when",
          "whichever",
          "provided",
          "possibly",
          "later",
          "yet",
          "instead",
          "rather",
          "and/or");
  private static final Set<String> JOINING = Set.of("and", "also", "then", "plus", "&", "with");

  /** One of these among the first words makes a question a polite request. */
  private static final Set<String> POLITE = Set.of("could", "can", "please", "may", "pls");

  private static final Set<String> ASKING =
      Set.of("who", "whom", "whose", "which", "what", "why", "how", "where", "when");
  private static final Set<String> OTHER_INTENTS =
      Set.of(
          "revoke",
          "revokes",
          "withdraw",
          "extend",
          "prolong",
          "remove",
          "stop",
          "terminate",
          "disable",
          "suspend",
          "cancel",
          "reduce",
          "narrow",
          "transfer");

  final Prompt prompt;
  final Zones zones;
  final List<Word> words;
  final List<Mention> mentions;
  final Set<Flag> flags;
  private final Set<Integer> questions = new HashSet<>();
  private final Set<Integer> otherwise = new HashSet<>();
  private final Set<Integer> doubtful = new HashSet<>();

  /** The sentence of the last segment with a "not": how far it reaches is not decided here. */
  private int negatedBefore = -1;

  Reading(Prompt prompt, Lexicon lexicon) {
    this.prompt = prompt;
    this.zones = Zones.of(prompt.text());
    this.words = Word.of(prompt.text(), zones);
    this.mentions = lexicon.mentions(prompt, words);
    this.flags = EnumSet.noneOf(Flag.class);
    flags.addAll(zones.flags());
    Set<Integer> named = new HashSet<>();
    mentions.forEach(m -> {
      for (int i = m.from(); i < m.to(); i++) {
        named.add(i);
      }
    });
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      boolean first = i == 0 || words.get(i - 1).sentence() != word.sentence();
      if (first && asks(word.sentence()) && !polite(i)) {
        questions.add(word.sentence());
        flags.add(Flag.CONTAINS_QUESTION);
      }
      if (!named.contains(i) && OTHER_INTENTS.contains(word.plain())) {
        otherwise.add(word.sentence());
      }
      if (!named.contains(i) && DOUBTS.contains(word.plain())) {
        doubtful.add(word.sentence());
      }
    }
  }

  private boolean polite(int first) {
    return !ASKING.contains(words.get(first).plain())
        && words.subList(first, Math.min(first + 4, words.size())).stream()
            .anyMatch(w -> POLITE.contains(w.plain()));
  }

  private boolean asks(int sentence) {
    Word end = words.stream().filter(w -> w.sentence() == sentence).toList().getLast();
    String rest = prompt.text().substring(prompt.text().offsetByCodePoints(0, end.end()));
    return rest.stripLeading().startsWith("?");
  }

  /** Whether the sentence says something that a draft may take up. */
  boolean speaks(int sentence) {
    return !questions.contains(sentence) && !otherwise.contains(sentence);
  }

  boolean doubts(int sentence) {
    return doubtful.contains(sentence);
  }

  Intent intent() {
    boolean asked =
        mentions.stream().anyMatch(m -> speaks(m.sentence()) && m.is(Kind.RESOURCE))
            || mentions.stream().anyMatch(m -> speaks(m.sentence()) && m.is(Kind.ACTION));
    if (!otherwise.isEmpty()) {
      return asked ? Intent.MIXED : Intent.MODIFY;
    }
    return asked ? Intent.GRANT : questions.isEmpty() ? Intent.NONE : Intent.QUESTION;
  }

  /** The names of one kind that stand in sentences that speak. */
  List<Mention> of(Kind kind) {
    return mentions.stream().filter(m -> speaks(m.sentence()) && only(m, kind)).toList();
  }

  /** A name that could be of two kinds is of none. */
  private static boolean only(Mention m, Kind kind) {
    return m.entries().stream().allMatch(e -> e.kind() == kind);
  }

  /** The requester's own text; what is not trusted is blank, unit for unit. */
  String ownText() {
    StringBuilder out = new StringBuilder();
    int[] codePoints = prompt.text().codePoints().toArray();
    for (int i = 0; i < codePoints.length; i++) {
      String c = Character.toString(codePoints[i]);
      out.append(zones.trusted(i) ? c : "\n".repeat(c.length()));
    }
    return out.toString();
  }

  /** A quote from places in UTF-16 units. */
  Quote quoteOfUnits(int start, int end) {
    String text = prompt.text();
    return prompt.quote(text.codePointCount(0, start), text.codePointCount(0, end));
  }

  boolean negated(int fromWord, int toWord) {
    for (int i = Math.max(0, fromWord); i < toWord; i++) {
      String plain = words.get(i).plain();
      boolean limit =
          i + 2 < words.size()
              && words.get(i + 1).plain().equals("more")
              && words.get(i + 2).plain().equals("than");
      if ((NEGATORS.contains(plain) && !limit) || plain.endsWith("n't")) {
        return true;
      }
    }
    return false;
  }

  /** The segments in order. */
  List<Segment> segments() {
    negatedBefore = -1;
    List<Segment> out = new ArrayList<>();
    Open open = null;
    for (Mention m : mentions) {
      boolean counts =
          speaks(m.sentence())
              && (only(m, Kind.ACTION)
                  || only(m, Kind.RESOURCE)
                  || only(m, Kind.ENVIRONMENT)
                  || only(m, Kind.TARGET));
      if (!counts) {
        continue;
      }
      boolean starts = only(m, Kind.ACTION) || only(m, Kind.RESOURCE);
      Open current = open;
      boolean ends =
          current != null
              && (current.sentence != m.sentence()
                  || (starts && current.resource.isPresent())
                  || (only(m, Kind.ACTION) && current.orphaned()));
      if (current == null || ends) {
        if (current != null) {
          out.add(
              current.close(m.sentence() == current.sentence ? m.from() : endOf(current.sentence)));
        }
        current = new Open(m.sentence(), start(m, current));
        open = current;
      }
      current.add(m);
    }
    if (open != null) {
      out.add(open.close(endOf(open.sentence)));
    }
    return out;
  }

  /** A segment's words start where the one before ended, or with the sentence. */
  private int start(Mention m, @org.jspecify.annotations.Nullable Open before) {
    if (before != null && before.sentence == m.sentence()) {
      return before.lastWord;
    }
    int at = m.from();
    while (at > 0 && words.get(at - 1).sentence() == m.sentence()) {
      at--;
    }
    return at;
  }

  private int endOf(int sentence) {
    int at = 0;
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).sentence() == sentence) {
        at = i + 1;
      }
    }
    return at;
  }

  /** A segment that is being read. */
  private final class Open {
    private final int sentence;
    private final int firstWord;
    private int lastWord;
    private final List<Mention> actions = new ArrayList<>();
    private Optional<Mention> resource = Optional.empty();
    private final List<Mention> environments = new ArrayList<>();
    private final List<Mention> targets = new ArrayList<>();
    private boolean loose;
    private Optional<Mention> last = Optional.empty();

    Open(int sentence, int firstWord) {
      this.sentence = sentence;
      this.firstWord = firstWord;
    }

    void add(Mention m) {
      loose |=
          lastWord > 0 && separated(lastWord, m) && !(last.isPresent() && listed(last.get(), m));
      last = Optional.of(m);
      lastWord = m.to();
      if (only(m, Kind.ACTION)) {
        actions.add(m);
      } else if (only(m, Kind.RESOURCE)) {
        resource = Optional.of(m);
      } else if (only(m, Kind.ENVIRONMENT)) {
        environments.add(m);
      } else {
        targets.add(m);
      }
    }

    /** Targets make lists; several environments are asked about, however they are joined. */
    private static boolean listed(Mention before, Mention m) {
      return (only(before, Kind.TARGET) && only(m, Kind.TARGET))
          || (only(before, Kind.ENVIRONMENT) && only(m, Kind.ENVIRONMENT));
    }

    /** A verb with a target or an environment and no resource: what comes next is not about it. */
    boolean orphaned() {
      return resource.isEmpty()
          && !actions.isEmpty()
          && !(environments.isEmpty() && targets.isEmpty());
    }

    Segment close(int end) {
      int pivot = resource.map(Mention::from).orElse(end);
      return new Segment(
          actions,
          resource,
          environments,
          targets,
          limits(resource.map(Mention::to).orElse(firstWord), end),
          negated(firstWord, pivot),
          doubts(sentence) || loose || negatedBefore == sentence,
          negated(pivot, lastWord));
    }

    /**
     * Whether "and" or a comma stands before this name: then it may as well belong to something
     * that is not said.
     */
    private boolean separated(int from, Mention m) {
      for (int i = from; i < m.from(); i++) {
        if (JOINING.contains(words.get(i).plain())) {
          return true;
        }
      }
      int end = words.get(from - 1).end();
      return prompt
          .quote(end, m.quote().start() + 1)
          .text()
          .codePoints()
          .anyMatch(c -> ",:()[]/\u2013\u2014\n".indexOf(c) >= 0);
    }

    private List<Quote> limits(int from, int end) {
      if (from >= end) {
        return List.of();
      }
      int first = words.get(from).start();
      int last = words.get(end - 1).end();
      List<Quote> out = new ArrayList<>();
      Matcher m = LIMIT.matcher(ownText());
      while (m.find()) {
        Quote quote = quoteOfUnits(m.start(), m.end());
        if (quote.start() >= first && quote.end() <= last) {
          out.add(quote);
        }
      }
      return out;
    }
  }
}
