package dev.writ.form;

import dev.writ.base.Text;
import java.util.Collection;
import java.util.Optional;

/** "Did you mean": for people to read, never to fill anything in. */
public final class Suggestion {
  private static final int LONGEST = 64;

  private Suggestion() {}

  /**
   * The nearest of the known names, when it is within two edits (one for names of up to four
   * letters); the first of equally near ones.
   */
  public static Optional<String> nearest(String written, Collection<String> known) {
    if (written.length() > LONGEST) {
      return Optional.empty();
    }
    int reach = written.length() <= 4 ? 1 : 2;
    String best = null;
    int least = reach + 1;
    for (String name : known) {
      int distance = distance(written, name, reach);
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The remedy for an unknown name: the nearest one, or the known ones. */
  public static String remedy(String written, Collection<String> known) {
    return nearest(written, known)
        .map(name -> "did you mean `" + name + "`?")
        .orElseGet(() -> known.isEmpty() ? "there is none" : "known are " + list(known));
  }

  /** Names in backticks, at most twelve. */
  public static String list(Collection<String> names) {
    StringBuilder out = new StringBuilder();
    int shown = 0;
    for (String name : names) {
      if (shown == 12) {
        return out.append(" and ").append(names.size() - shown).append(" more").toString();
      }
      out.append(shown++ == 0 ? "`" : ", `").append(Text.excerpt(name)).append('`');
    }
    return out.toString();
  }

  /** Edits (insert, delete, replace, swap of neighbours), or {@code reach + 1} when more. */
  public static int distance(String a, String b, int reach) {
    if (Math.abs(a.length() - b.length()) > reach || b.length() > LONGEST + reach) {
      return reach + 1;
    }
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    return Math.min(last[b.length()], reach + 1);
  }
}
