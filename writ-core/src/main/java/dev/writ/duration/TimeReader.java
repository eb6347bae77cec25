package dev.writ.duration;

import dev.writ.catalogue.Calendar;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads lengths, dates and windows in English text over an organisation's calendar. It fills
 * nothing: what has two readings comes back ambiguous, and numbers and days that belong to
 * something else do not come back at all. The same text, instant and calendar give the same answer;
 * time is linear in the text.
 */
public final class TimeReader {
  /** How many code points of a text are read. */
  public static final int MAX_TEXT = 100_000;

  private static final int LONGEST_NAME = 100;
  private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2199-12-31T00:00:00Z");
  private static final Set<String> TRAILING =
      Set.of(
          ".",
          ",",
          ";",
          "!",
          ")",
          "only",
          "max",
          "maximum",
          "please",
          "total",
          "in",
          "access",
          "each",
          "\"",
          "'",
          "inclusive",
          "inclusively",
          "sharp",
          "latest",
          "long",
          "tops",
          "of",
          "worth");
  private static final Set<String> LEADING =
      Set.of("(", "\"", "'", "access", "needed", "required", "approved", "the", "-", "*", ",");

  private final Calendar calendar;
  private final Map<String, Tokens> quarterNames = new LinkedHashMap<>();

  public TimeReader(Calendar calendar) {
    this.calendar = calendar;
    calendar.quarters().keySet().stream()
        .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s))
        .forEach(name -> quarterNames.put(name, Tokens.of(name, LONGEST_NAME)));
  }

  /**
   * Every mention in a text, in order, none overlapping another.
   *
   * @param written when the text was written; what {@code tomorrow} counts from; from 1900 to 2199
   */
  public List<Mention> mentions(String text, Instant written) {
    Tokens tokens = Tokens.of(text, MAX_TEXT);
    Phrases phrases = new Phrases(almanac(written));
    List<Mention> out = new ArrayList<>();
    boolean[] addresses = addresses(tokens);
    for (int i = 0; i < tokens.size(); ) {
      int next = addresses[i] ? i + 1 : mention(tokens, i, phrases, out);
      i = Math.max(i + 1, next);
    }
    return List.copyOf(out);
  }

  /**
   * A text that speaks of nothing but time, as the value of a form field does; empty when any word
   * is left over or the words say nothing about how long.
   */
  public Optional<TimeReading> whole(String text, Instant written) {
    Tokens tokens = Tokens.of(text, MAX_TEXT);
    Phrases phrases = new Phrases(almanac(written));
    Cursor start = new Cursor(tokens, 0);
    start.skip(LEADING);
    for (int from : new int[] {0, start.at()}) {
      for (Function<Cursor, Optional<Framed>> rule : phrases.wholes()) {
        Cursor c = new Cursor(tokens, from);
        Optional<Framed> found = rule.apply(c);
        c.skip(TRAILING);
        if (found.isPresent() && c.done()) {
          return found.orElseThrow().reading().map(r -> worded(r, tokens, from, tokens.size()));
        }
      }
    }
    return Optional.empty();
  }

  private int mention(Tokens tokens, int from, Phrases phrases, List<Mention> out) {
    Optional<Phrases.Found> found = phrases.longest(tokens, from);
    if (found.isEmpty()) {
      return from + 1;
    }
    Framed framed = found.orElseThrow().framed();
    int to = found.orElseThrow().to();
    if (framed.reading().isEmpty()) {
      return to;
    }
    TimeReading reading = worded(framed.reading().orElseThrow(), tokens, from, to);
    if (Elsewhere.is(tokens, from, to, framed.frame(), reading)) {
      return to;
    }
    out.add(new Mention(tokens.at(from).start(), tokens.at(to - 1).end(), framed.frame(), reading));
    return to;
  }

  /** Words without another candidate stand for themselves. */
  private static TimeReading worded(TimeReading reading, Tokens tokens, int from, int to) {
    return reading instanceof TimeReading.Ambiguous(TimeReading.Why why, List<String> candidates)
            && candidates.isEmpty()
        ? new TimeReading.Ambiguous(why, List.of(tokens.written(from, to)))
        : reading;
  }

  /** Marks the tokens of web and mail addresses and file paths, which hold no time. */
  private static boolean[] addresses(Tokens tokens) {
    boolean[] out = new boolean[tokens.size()];
    for (int i = 0; i < out.length; ) {
      int to = i + 1;
      boolean address = false;
      while (to < out.length && !tokens.at(to).gap()) {
        boolean scheme =
            tokens.at(to).is(":") && tokens.at(to + 1).is("/") && tokens.at(to + 2).is("/");
        boolean mail = tokens.at(to).is("@") && tokens.at(to - 1).kind() != Token.Kind.MARK;
        boolean name = tokens.at(to).is("_") || tokens.at(to).is("\\");
        address |= scheme || mail || name;
        to++;
      }
      for (int j = i; j < to; j++) {
        out[j] = address;
      }
      i = to;
    }
    return out;
  }

  private Almanac almanac(Instant written) {
    if (written.isBefore(FIRST) || written.isAfter(LAST)) {
      throw new IllegalArgumentException("texts are written from 1900 to 2199, not at " + written);
    }
    LocalDateTime local = LocalDateTime.ofInstant(written, calendar.timezone());
    return new Almanac(calendar, quarterNames, local.toLocalDate(), local.toLocalTime());
  }
}
