package dev.writ.draft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everyday verbs, in groups that can stand for each other. A group is as narrow as everyday speech
 * is: seeing is not extracting, drafting is not signing.
 */
final class Verbs {
  private static final List<List<String>> GROUPS =
      List.of(
          List.of(
              "read",
              "see",
              "view",
              "look at",
              "look up",
              "lookup",
              "browse",
              "consult",
              "check",
              "inspect",
              "look through",
              "look into",
              "look over",
              "look",
              "examine",
              "display",
              "peek"),
          List.of("get", "fetch", "retrieve", "pull", "collect", "obtain", "grab", "pick up"),
          List.of("watch", "monitor", "follow", "observe", "track", "listen to", "keep an eye on"),
          List.of(
              "write",
              "add",
              "enter",
              "record",
              "log",
              "insert",
              "key in",
              "put in",
              "input",
              "register",
              "capture",
              "type in"),
          List.of(
              "change", "edit", "update", "modify", "amend", "correct", "alter", "adjust",
              "revise"),
          List.of("create", "make", "open", "set up", "raise"),
          List.of("delete", "remove", "erase", "drop", "purge", "destroy", "scrap", "wipe"),
          List.of("send", "dispatch", "mail", "post", "forward", "submit", "transmit", "email"),
          List.of("cancel", "call off", "withdraw", "annul"),
          List.of(
              "approve",
              "authorise",
              "sign off",
              "sign",
              "validate",
              "confirm",
              "accept",
              "certify",
              "clear",
              "okay"),
          List.of("publish", "issue", "release", "put out"),
          List.of("book", "reserve", "schedule", "plan"),
          List.of("start", "launch", "run", "begin", "kick off", "trigger"),
          List.of("stop", "halt", "end", "shut"),
          List.of("pause", "hold", "freeze", "suspend"),
          List.of("reply", "answer", "respond"),
          List.of("reroute", "redirect", "divert"),
          List.of("assign", "allocate", "give", "hand out", "allot", "grant"),
          List.of("query", "search", "select"),
          List.of("export", "extract", "take out", "pull out", "dump", "download"),
          List.of("load", "ingest", "import", "upload"),
          List.of("replay", "resend", "rerun"),
          List.of("deploy", "roll out", "put live", "ship"),
          List.of("order", "reorder", "purchase", "buy"),
          List.of("prepare", "draft", "compose"),
          List.of("rotate", "renew", "replace", "roll over"),
          List.of("clone", "check out"),
          List.of("page", "alert", "notify"),
          List.of("text", "sms", "message"),
          List.of("swap", "exchange", "trade"),
          List.of("block", "quarantine", "lock"),
          List.of("unlock", "unblock"),
          List.of("count", "tally"),
          List.of("refund", "reimburse"),
          List.of("find", "search", "look up"));

  /** Words that make a phrase of the verb before them. */
  static final Set<String> PARTICLES =
      Set.of(
          "up", "at", "through", "out", "in", "off", "over", "on", "down", "back", "live", "to",
          "into", "away");

  private static final Set<String> READING =
      Set.of(
          "read", "see", "view", "look", "find", "list", "search", "check", "brows", "get", "watch",
          "monitor", "inspect", "consult", "open", "fetch", "query", "review", "audit", "follow",
          "observ", "show", "retriev", "lookup");

  private static final Map<String, List<Integer>> BY_VERB = new HashMap<>();
  private static final Set<String> ALL = new HashSet<>();

  static {
    for (int i = 0; i < GROUPS.size(); i++) {
      for (String verb : GROUPS.get(i)) {
        BY_VERB.computeIfAbsent(key(verb), k -> new ArrayList<>()).add(i);
        ALL.add(Word.stem(verb.split(" ", -1)[0]));
      }
    }
  }

  private Verbs() {}

  private static String key(String phrase) {
    String[] words = phrase.split(" ", -1);
    return words.length == 1
        ? Word.stem(words[0])
        : Word.stem(words[0]) + " " + words[words.length - 1];
  }

  /** Whether a verb changes nothing. */
  static boolean reading(String verb) {
    return READING.contains(verb) || READING.contains(Word.stem(verb));
  }

  /** Whether the stem is of an everyday verb. */
  static boolean known(String stem) {
    return ALL.contains(stem);
  }

  /** Whether a stem and a particle are an everyday phrase. */
  static boolean phrasal(String verb) {
    return BY_VERB.containsKey(verb);
  }

  /** Whether two verbs, each a stem and perhaps a particle, can stand for each other. */
  static boolean alike(String one, String other) {
    List<Integer> groups = BY_VERB.get(one);
    List<Integer> others = BY_VERB.get(other);
    return groups != null && others != null && groups.stream().anyMatch(others::contains);
  }
}
