package dev.writ.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a tool's or parameter's name, and the few everyday lists by which a conversion reads
 * them. The lists are of English and of programming, not of any suite.
 */
final class ToolWords {
  /** First words of tools that give something back and change nothing. */
  private static final Set<String> READING =
      Set.of(
          "get",
          "list",
          "read",
          "search",
          "find",
          "show",
          "view",
          "fetch",
          "retrieve",
          "check",
          "query",
          "lookup",
          "look",
          "count",
          "describe",
          "browse",
          "calculate",
          "compute",
          "determine",
          "analyze",
          "predict",
          "compare",
          "estimate",
          "convert");

  /** Words that end the thing a tool is about: what follows says where, how or by what. */
  private static final Set<String> PREPOSITIONS =
      Set.of(
          "by", "to", "from", "in", "into", "with", "for", "of", "on", "at", "via", "as", "using");

  /** Words of a parameter that says whom, what or where a call reaches. */
  private static final Set<String> REACHING =
      Set.of(
          "recipient",
          "to",
          "cc",
          "bcc",
          "email",
          "address",
          "participant",
          "attendee",
          "invitee",
          "user",
          "username",
          "member",
          "contact",
          "payee",
          "account",
          "iban",
          "phone",
          "channel",
          "group",
          "room",
          "url",
          "link",
          "uri",
          "host",
          "domain",
          "path",
          "file",
          "filename",
          "folder",
          "directory",
          "repository",
          "branch",
          "id",
          "device",
          "attachment");

  /** Words of a parameter whose value is a place outside, whatever the tool is called. */
  private static final Set<String> OUTSIDE = Set.of("url", "link", "uri", "host", "domain");

  private ToolWords() {}

  /** The words of an identifier, lower case: its last part after a dot, split as names are. */
  static List<String> of(String identifier) {
    String last = identifier.substring(identifier.lastIndexOf('.') + 1);
    String spaced =
        last.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
            .replaceAll("([A-Z]+)([A-Z][a-z])", "$1 $2")
            .replaceAll("[^A-Za-z0-9]+", " ");
    List<String> words = new ArrayList<>();
    for (String word : spaced.strip().split(" ", -1)) {
      if (!word.isEmpty()) {
        words.add(word.toLowerCase(Locale.ROOT));
      }
    }
    return List.copyOf(words);
  }

  /** The words of a sentence, lower case, without its marks. */
  static List<String> ofSentence(String text) {
    int end = text.indexOf(". ");
    String first = end < 0 ? text : text.substring(0, end);
    List<String> words = new ArrayList<>();
    for (String word : first.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{Nd}]+", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return List.copyOf(words);
  }

  static boolean reading(String verb) {
    return READING.contains(verb);
  }

  static boolean preposition(String word) {
    return PREPOSITIONS.contains(word);
  }

  static boolean reaching(List<String> parameter) {
    return parameter.stream().anyMatch(w -> REACHING.contains(singular(w)));
  }

  static boolean outside(List<String> parameter) {
    return parameter.stream().anyMatch(w -> OUTSIDE.contains(singular(w)));
  }

  /** One of several: a rule of thumb that is wrong for few nouns of tools. */
  static String singular(String noun) {
    if (noun.length() > 4 && noun.endsWith("ies")) {
      return noun.substring(0, noun.length() - 3) + "y";
    }
    if (noun.endsWith("sses") || noun.endsWith("xes") || noun.endsWith("ches")) {
      return noun.substring(0, noun.length() - 2);
    }
    boolean plural = noun.length() > 3 && noun.endsWith("s");
    return plural && !noun.endsWith("ss") && !noun.endsWith("us") && !noun.endsWith("is")
        ? noun.substring(0, noun.length() - 1)
        : noun;
  }

  static String plural(String noun) {
    if (noun.endsWith("y")
        && noun.length() > 2
        && "aeiou".indexOf(noun.charAt(noun.length() - 2)) < 0) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    return noun.endsWith("s") || noun.endsWith("x") || noun.endsWith("ch")
        ? noun + "es"
        : noun + "s";
  }
}
