package dev.writ.spec;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where the lines of a spec came from. A line that is not listed was written by hand.
 *
 * @param lines sources by path, such as {@code grants[0].environment}; sorted
 */
public record Provenance(Map<String, Source> lines) {
  /** Everything was written by hand. */
  public static final Provenance BY_HAND = new Provenance(Map.of());

  private static final Pattern PATH =
      Pattern.compile("[a-z]{1,32}(?:\\[[0-9]{1,4}])?(?:\\.[A-Za-z0-9_]{1,64}){0,3}");

  public Provenance {
    lines.keySet().forEach(Provenance::require);
    lines = Collections.unmodifiableMap(new TreeMap<>(lines));
  }

  static boolean wellFormed(String path) {
    return PATH.matcher(path).matches();
  }

  private static void require(String path) {
    if (!wellFormed(path)) {
      throw new IllegalArgumentException("not the path of a line: " + path);
    }
  }
}
