package dev.writ.catalogue;

import dev.writ.base.Parsed;
import dev.writ.base.Text;
import java.util.regex.Pattern;

/**
 * A workload identity by its SPIFFE ID (SPIFFE-ID, sections 2 and 2.3): a trust domain and a path,
 * at most 2,048 bytes, no query, no empty or dot segments.
 *
 * @param id such as {@code spiffe://brightwater.example/finance/invoice-matcher}
 */
public record Workload(String id) implements Comparable<Workload> {
  private static final int LONGEST = 2_048;
  private static final Pattern ID =
      Pattern.compile(
          "spiffe://[a-z0-9][a-z0-9._-]{0,254}(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+)+");

  public Workload {
    if (!wellFormed(id)) {
      throw new IllegalArgumentException("not a SPIFFE ID with a path: " + id);
    }
  }

  public static Parsed<Workload> parse(String id) {
    return wellFormed(id)
        ? Parsed.ok(new Workload(id))
        : Parsed.refused(
            "",
            "`" + Text.excerpt(id) + "` is not a SPIFFE ID",
            "write spiffe://TRUST-DOMAIN/PATH");
  }

  private static boolean wellFormed(String id) {
    return id.length() <= LONGEST && ID.matcher(id).matches();
  }

  @Override
  public int compareTo(Workload other) {
    return id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return id;
  }
}
