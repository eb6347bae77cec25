package dev.writ.draft;

import java.util.Set;

/** Small words that say what stands beside them. */
final class Around {
  static final Set<String> DETERMINERS =
      Set.of(
          "the", "a", "an", "this", "that", "these", "those", "our", "my", "your", "its", "their",
          "his", "her", "every", "each", "any", "all", "some", "of", "no", "old", "new", "last",
          "whose");

  static final Set<String> BEFORE_PLACE =
      Set.of(
          "in",
          "on",
          "at",
          "to",
          "into",
          "from",
          "the",
          "against",
          "within",
          "inside",
          "only",
          "just",
          "not",
          "and",
          "or",
          "but",
          "than",
          "both",
          "either",
          "first",
          "then",
          "except",
          "for",
          "outside",
          "towards",
          "our",
          "its",
          "em",
          "en",
          "im",
          "auf",
          "sur",
          "dans",
          "na",
          "no",
          "op",
          "over",
          "excluding",
          "also",
          "never",
          "neither",
          "nor",
          "is",
          "via",
          "plus",
          "with");

  static final Set<String> AFTER_PLACE =
      Set.of(
          "env",
          "environment",
          "environments",
          "only",
          "instance",
          "instances",
          "system",
          "side",
          "stage",
          "tenant",
          "first",
          "please",
          "one",
          "copy",
          "version",
          "tier",
          "landscape",
          "box",
          "and",
          "or",
          "for",
          "until",
          "till",
          "from",
          "with",
          "but",
          "to",
          "then",
          "pls",
          "once",
          "because",
          "so",
          "as",
          "before",
          "while",
          "on",
          "starting",
          "not",
          "is",
          "at",
          "by");

  static final Set<String> OF_RIGHTS =
      Set.of(
          "right",
          "rights",
          "access",
          "permission",
          "permissions",
          "privilege",
          "privileges",
          "only",
          "role",
          "operations",
          "privs",
          "perms");

  static final Set<String> KINDS_OF_AGENT =
      Set.of(
          "agent", "bot", "assistant", "robot", "helper", "workload", "worker", "identity", "bots");

  static final Set<String> STOPS =
      Set.of(
          "and",
          "or",
          "but",
          "to",
          "in",
          "on",
          "at",
          "for",
          "with",
          "by",
          "from",
          "into",
          "not",
          "nor",
          "then",
          "which",
          "who",
          "until",
          "till",
          "while",
          "because",
          "so",
          "via",
          "there",
          "too",
          "only",
          "please",
          "pls",
          "through",
          "over",
          "of",
          "during",
          "as",
          "if",
          "when",
          "is",
          "are",
          "be",
          "must",
          "may",
          "can",
          "should",
          "within",
          "unless",
          "instead",
          "also",
          "every",
          "each",
          "rights",
          "right",
          "access",
          "permission",
          "permissions",
          "now",
          "nothing");

  static final Set<String> NOT_ALONE =
      Set.of(
          "give", "grant", "allow", "let", "have", "get", "do", "need", "want", "us", "be", "make",
          "tak", "set", "put", "call", "roll", "start", "begin", "kick", "sort", "mark", "work",
          "run", "keep", "is", "can", "like", "say", "help");

  static final Set<String> PERSONS =
      Set.of(
          "i",
          "we",
          "he",
          "she",
          "you",
          "nobody",
          "somebody",
          "someone",
          "i'm",
          "we're",
          "i've",
          "we've",
          "i'll",
          "we'll",
          "i'd",
          "we'd",
          "everybody",
          "everyone",
          "people",
          "who",
          "colleagues",
          "what");

  static final Set<String> AUXILIARIES =
      Set.of(
          "have", "had", "has", "will", "would", "want", "to", "can", "could", "also", "just",
          "still", "did", "do", "am", "are", "were", "was", "been", "be", "already", "not", "never",
          "both", "may", "should", "must", "now", "then", "all", "hereby", "need", "don't",
          "didn't", "haven't");

  static final Set<String> PAST =
      Set.of(
          "wrote", "sent", "saw", "took", "gave", "made", "ran", "held", "kept", "drew", "paid",
          "bought", "brought", "built", "sold", "went", "got", "left", "came", "told", "found",
          "seen", "written", "drawn");

  private Around() {}
}
