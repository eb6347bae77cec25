package dev.writ.spec;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An event that ends a task, or the writ, before its time. */
public enum RevokeOn {
  TASK_COMPLETE,
  TIMEOUT,
  OWNER_LEAVES,
  HANDOFF,
  RETIREMENT;

  /** As specs and policies write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constants by their words. */
  public static Map<String, RevokeOn> words() {
    Map<String, RevokeOn> words = new LinkedHashMap<>();
    for (RevokeOn each : values()) {
      words.put(each.word(), each);
    }
    return words;
  }
}
