package dev.writ.spec;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** With whose identity a workload acts. */
public enum Mode {
  /** Its own. */
  OWN,
  /** Its own, for the person who asked, and never with more than both have. */
  ON_BEHALF_OF,
  /** Its own, each action confirmed by the person who asked. */
  PER_ACTION;

  /** As specs and policies write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constants by their words. */
  public static Map<String, Mode> words() {
    Map<String, Mode> words = new LinkedHashMap<>();
    for (Mode each : values()) {
      words.put(each.word(), each);
    }
    return words;
  }
}
