package dev.writ.draft;

import dev.writ.base.Parsed;
import dev.writ.form.Names;
import java.time.Instant;
import java.util.Objects;

/**
 * What somebody typed.
 *
 * @param requester the authenticated sender; never taken from the text
 * @param now when it was written; the only clock
 */
public record Prompt(String text, String requester, Instant now) {
  /** Longest prompt, in UTF-16 units. */
  public static final int LONGEST = 16_384;

  public Prompt {
    Names.require(requester);
    Objects.requireNonNull(now);
    if (text.length() > LONGEST || text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      throw new IllegalArgumentException("a prompt has at most " + LONGEST + " characters");
    }
  }

  /** A prompt of a stranger's text; refused when it is too long or no well-formed Unicode. */
  public static Parsed<Prompt> parse(String text, String requester, Instant now) {
    if (text.length() > LONGEST) {
      return Parsed.refused(
          "", "the prompt is longer than " + LONGEST + " characters", "say it in fewer words");
    }
    if (text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      return Parsed.refused("", "the prompt is not well-formed Unicode", "type it again");
    }
    return Parsed.ok(new Prompt(text, requester, now));
  }

  /** The quote between two code points. */
  Quote quote(int start, int end) {
    return new Quote(
        start,
        end,
        text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end)));
  }

  /** Whether the quote stands in the text where it says. */
  boolean holds(Quote quote) {
    return quote.end() <= text.codePointCount(0, text.length())
        && quote(quote.start(), quote.end()).equals(quote);
  }
}
