package dev.writ.catalogue;

import dev.writ.base.Parsed;
import dev.writ.base.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as ISO 8601 writes it, such as {@code PT90M}, {@code P5D}, {@code P3W}, {@code
 * P1M}: calendar units stay calendar units until a start is known. Longer than nothing, each number
 * at most four digits.
 *
 * @param iso as it was written
 */
public record Span(String iso) {
  private static final Pattern ISO =
      Pattern.compile(
          "P(?:(\\d{1,4})Y)?(?:(\\d{1,4})M)?(?:(\\d{1,4})W)?(?:(\\d{1,4})D)?"
              + "(?:T(?:(\\d{1,4})H)?(?:(\\d{1,4})M)?(?:(\\d{1,4})S)?)?");

  public Span {
    if (!wellFormed(iso)) {
      throw new IllegalArgumentException("not an ISO 8601 period: " + iso);
    }
  }

  public static Parsed<Span> parse(String iso) {
    return wellFormed(iso)
        ? Parsed.ok(new Span(iso))
        : Parsed.refused(
            "",
            "`" + Text.excerpt(iso) + "` is not a length of time",
            "write an ISO 8601 period such as PT90M, P5D or P1M");
  }

  private static boolean wellFormed(String iso) {
    Matcher m = ISO.matcher(iso);
    if (!m.matches() || iso.endsWith("T")) {
      return false;
    }
    long sum = 0;
    for (int i = 1; i <= 7; i++) {
      sum += number(m, i);
    }
    return sum > 0;
  }

  private static int number(Matcher m, int group) {
    String digits = m.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private Matcher parts() {
    Matcher m = ISO.matcher(iso);
    if (!m.matches()) {
      throw new IllegalStateException(iso);
    }
    return m;
  }

  private Period days() {
    Matcher m = parts();
    return Period.of(number(m, 1), number(m, 2), number(m, 3) * 7 + number(m, 4));
  }

  private Duration time() {
    Matcher m = parts();
    return Duration.ofHours(number(m, 5)).plusMinutes(number(m, 6)).plusSeconds(number(m, 7));
  }

  /** The instant this long after {@code start}, by the calendar of {@code zone}. */
  public Instant after(Instant start, ZoneId zone) {
    return start.atZone(zone).plus(days()).toInstant().plus(time());
  }

  @Override
  public String toString() {
    return iso;
  }
}
