package dev.writ.server.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing an operator may set. The declaration parses, documents and names it everywhere.
 *
 * @param name its name in the file, such as {@code database.url}
 * @param flag its name on the command line
 * @param sentence what it is, in one sentence
 * @param fallback its text when nobody sets it; absent when there is none
 * @param inFile whether the file may set it; the file is found through those that it may not
 * @param <T> what its text becomes
 */
public record Setting<T>(
    String name,
    String flag,
    String sentence,
    Kind<T> kind,
    Optional<String> fallback,
    boolean inFile) {

  static <T> Setting<T> of(String name, Kind<T> kind, String fallback, String sentence) {
    return new Setting<>(name, flagOf(name), sentence, kind, Optional.of(fallback), true);
  }

  static <T> Setting<T> optional(String name, Kind<T> kind, String sentence) {
    return new Setting<>(name, flagOf(name), sentence, kind, Optional.empty(), true);
  }

  Setting<T> flag(String other) {
    return new Setting<>(name, other, sentence, kind, fallback, inFile);
  }

  Setting<T> notInFile() {
    return new Setting<>(name, flag, sentence, kind, fallback, false);
  }

  private static String flagOf(String name) {
    return "--" + name.replace('.', '-');
  }

  /** Its environment variable, such as {@code WRIT_DATABASE_URL}. */
  public String variable() {
    return "WRIT_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** What stands for its value in a usage line. */
  public String label() {
    return kind.label();
  }

  /** What is accepted, in words. */
  public String bounds() {
    return kind.bounds();
  }
}
