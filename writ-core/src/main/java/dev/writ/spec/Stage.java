package dev.writ.spec;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How far a workflow has come. */
public enum Stage {
  SANDBOX,
  PILOT,
  PRODUCTION,
  RETIRED;

  /** As specs and policies write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The stages by their words. */
  public static Map<String, Stage> words() {
    Map<String, Stage> words = new LinkedHashMap<>();
    for (Stage stage : values()) {
      words.put(stage.word(), stage);
    }
    return words;
  }
}
