package dev.writ.spec;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What kind of thing may open a task. A new kind is a new review. */
public enum Initiator {
  HUMAN,
  SCHEDULE,
  AGENT;

  /** As specs and policies write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constants by their words. */
  public static Map<String, Initiator> words() {
    Map<String, Initiator> words = new LinkedHashMap<>();
    for (Initiator each : values()) {
      words.put(each.word(), each);
    }
    return words;
  }
}
