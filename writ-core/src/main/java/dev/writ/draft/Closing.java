package dev.writ.draft;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a clause says as a whole: access without a verb, everything, a verb that nobody knows. */
final class Closing {
  private static final Pattern WHOLE_OBJECT =
      Pattern.compile("\\b(?:nothing|none|not|no)\\b[^;,.]*$");
  private static final Pattern STRANGE =
      Pattern.compile(
          "(?:\\b(?:let|lets|allow|have|should|may|can|could|must|shall|will|to|and|please|pls)|@a\\d+)(?:"
              + " @a\\d+)?(?: (?:to|also|then|just|now|only|please|be able to|be allowed to))*"
              + " ([a-z]{3,})"
              + " (?:(?:the|all|our|up|down|out|its|a|an|old|some|any|this|those|these|in|on|into|from|off|data|records|files|entries)"
              + " ){0,4}@r\\d+");
  private static final Set<String> NO_VERB =
      Set.of(
          "need",
          "want",
          "have",
          "get",
          "has",
          "had",
          "give",
          "grant",
          "access",
          "use",
          "the",
          "and",
          "for",
          "with",
          "from",
          "into",
          "onto",
          "over",
          "all",
          "any",
          "our",
          "its",
          "their",
          "this",
          "that",
          "wish",
          "like",
          "ask",
          "request",
          "requir",
          "please",
          "only",
          "just",
          "also",
          "both",
          "either",
          "allow",
          "let",
          "be",
          "are",
          "is",
          "was",
          "been",
          "being",
          "not",
          "never",
          "put",
          "place",
          "provid",
          "add",
          "set",
          "help",
          "who",
          "which",
          "via",
          "per",
          "but",
          "read",
          "writ",
          "new",
          "within",
          "right",
          "rights",
          "permision",
          "privileg",
          "should",
          "must",
          "may",
          "can",
          "will",
          "shall",
          "would",
          "could",
          "work",
          "deal",
          "handl",
          "manag",
          "touch",
          "log",
          "run",
          "start",
          "begin",
          "through",
          "sort",
          "live",
          "test",
          "prod",
          "enabl",
          "ensur",
          "mak",
          "see",
          "look",
          "keep",
          "stay",
          "leav",
          "tak",
          "car",
          "currently",
          "now",
          "still",
          "out",
          "assign",
          "connect",
          "gain",
          "receiv",
          "obtain",
          "login",
          "acces");

  private Closing() {}

  static void close(
      Frame f, List<Frame> here, Sentence s, Set<Integer> voids, Set<Integer> negated) {
    f.generic = found(Cues.GENERIC, s, voids, negated);
    f.whole = whole(s, voids, negated);
    Matcher strange = STRANGE.matcher(s.skeleton);
    while (f.verbs.isEmpty() && here.isEmpty() && strange.find()) {
      String word = strange.group(1);
      int w = s.word(strange.start(1));
      if (!NO_VERB.contains(Word.stem(word))
          && !NO_VERB.contains(word)
          && !voids.contains(w)
          && !negated.contains(w)) {
        f.strange = true;
        f.mark(s.items.getFirst());
      }
    }
    if (!f.empty()) {
      here.add(f);
    }
  }

  private static boolean found(Pattern p, Sentence s, Set<Integer> voids, Set<Integer> negated) {
    Matcher m = p.matcher(s.skeleton);
    while (m.find()) {
      int w = s.word(m.start());
      if (!voids.contains(w) && !negated.contains(w)) {
        return true;
      }
    }
    return false;
  }

  /** Words for the whole count where they describe the access asked for. */
  private static boolean whole(Sentence s, Set<Integer> voids, Set<Integer> negated) {
    Matcher m = Cues.WHOLE.matcher(s.skeleton);
    while (m.find()) {
      int w = s.word(m.start());
      String lead = s.skeleton.substring(0, m.start());
      String said = m.group();
      boolean loose = said.matches("everything|anything|whatever.*|any|all of it|all");
      boolean other =
          lead.matches(
              ".*\\b(?:if|for|after|before|when|once|is|that|thanks for|as)(?: the| not)? $");
      String after = s.skeleton.substring(m.end());
      boolean stray =
          after.matches(
              "^ (?:else|is fine|goes|works|happens|clear|ok|unclear|you (?:can|need|want)|it"
                  + " takes|works for).*");
      if (!voids.contains(w)
          && !negated.contains(w)
          && !WHOLE_OBJECT.matcher(lead).find()
          && !(loose && (other || stray))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Verbs that only stand before what is meant ("put it on deploy routes"), and in a change of what
   * is held those that say the change.
   */
  static void idle(Frame f) {
    boolean full = f.verbs.stream().anyMatch(Closing::isFull);
    boolean change = f.mood != Moods.Mood.GRANT;
    f.verbs.removeIf(v -> {
      boolean before = f.verbs.stream().anyMatch(x -> isFull(x) && leads(f.sentence.words, v, x));
      boolean control = change && CONTROL.contains(v.act().orElseThrow().verb().split(" ", -1)[0]);
      return !isFull(v) && (full && before || control);
    });
  }

  private static final Set<String> CONTROL =
      Set.of(
          "tak",
          "stop",
          "cancel",
          "remov",
          "end",
          "pull",
          "withdraw",
          "revok",
          "extend",
          "prolong",
          "renew",
          "cut",
          "restrict",
          "limit",
          "reduc",
          "hand",
          "move",
          "transfer",
          "chang",
          "suspend",
          "pause",
          "hold",
          "block",
          "freez",
          "delet",
          "drop",
          "halt",
          "shut",
          "clos",
          "lock",
          "disabl",
          "kill",
          "clear",
          "release",
          "releas",
          "pas",
          "assign",
          "switch",
          "replac",
          "scrap",
          "keep",
          "continu",
          "modify",
          "adjust",
          "updat",
          "edit");

  /**
   * Whether one verb stands right before another, with no more than "on", "to" or "with" between.
   */
  private static boolean leads(List<Word> words, Item verb, Item next) {
    if (next.from() < verb.to() || next.from() - verb.to() > 1 || !words.get(next.from()).close()) {
      return false;
    }
    return next.from() == verb.to()
        || words.get(verb.to()).plain().matches("on|to|with|doing|off|it|by|at")
            && words.get(verb.to()).close();
  }

  static boolean isFull(Item verb) {
    return !verb.act().orElseThrow().full().isEmpty();
  }
}
