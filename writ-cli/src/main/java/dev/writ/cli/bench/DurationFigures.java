package dev.writ.cli.bench;

import dev.writ.base.Json;
import dev.writ.catalogue.Calendar;
import dev.writ.duration.TimeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How exactly {@link TimeReader} reads the time expressions of two other projects: the English
 * cases of Recognizers-Text (durations, dates, date periods) and the English durations of duckling.
 *
 * <p>A case counts when it fits an access window: it names a length, a day or a period of days, in
 * one reading, that is not over on the day it was written. {@link TimeCases} holds the rule and
 * names why each other case is out. A case is exact when the reading's last day (one of those
 * accepted), its first day where that is still to come, or its length is the labelled one.
 */
public final class DurationFigures {
  /**
   * The figures.
   *
   * @param in cases that fit
   * @param exact of those, read as labelled
   * @param out cases that do not fit, by reason
   * @param falseWindows windows and lengths read out of texts that hold none
   * @param misses cases read otherwise, and false windows, for people
   */
  public record Report(
      int in,
      int exact,
      Map<String, Integer> bySource,
      Map<String, Integer> out,
      int without,
      int falseWindows,
      List<String> misses) {
    /** The share of exact cases. */
    public double share() {
      return in == 0 ? 0 : (double) exact / in;
    }

    /** For {@code writ bench drafting}. */
    public Json json() {
      Json.Builder reasons = Json.object();
      out.forEach(reasons::put);
      return Json.object()
          .put("cases", in)
          .put("exact", exact)
          .put("share", new Json.Real(Math.round(share() * 1000) / 1000.0))
          .put("textsWithoutTime", without)
          .put("falseWindows", falseWindows)
          .put("notCounted", reasons.build())
          .build();
    }
  }

  private DurationFigures() {}

  /**
   * Reads the cases.
   *
   * @param folder holds {@code recognizers_text_en.jsonl} and {@code duckling_en.jsonl}
   */
  public static Report run(Path folder) throws IOException {
    TimeReader reader = new TimeReader(calendar());
    Map<String, TimeCases.Case> cases = new LinkedHashMap<>();
    for (Json.Obj line : lines(folder.resolve("recognizers_text_en.jsonl"))) {
      TimeCases.recognizers(line).forEach(c -> cases.putIfAbsent(c.key(), c));
    }
    for (Json.Obj line : lines(folder.resolve("duckling_en.jsonl"))) {
      TimeCases.duckling(line).ifPresent(c -> cases.putIfAbsent(c.key(), c));
    }
    Map<String, Integer> out = new TreeMap<>();
    Map<String, Integer> bySource = new TreeMap<>();
    List<String> misses = new ArrayList<>();
    int in = 0;
    int exact = 0;
    int without = 0;
    int wrong = 0;
    for (TimeCases.Case c : cases.values()) {
      switch (c.expected()) {
        case TimeCases.Out(String reason) -> out.merge(reason, 1, Integer::sum);
        case TimeCases.Nothing _ -> {
          without++;
          List<String> read = TimeCases.windows(reader, c);
          wrong += read.isEmpty() ? 0 : 1;
          if (!read.isEmpty()) {
            misses.add("none: `" + c.text() + "` gave " + read);
          }
        }
        case TimeCases.Fits fits -> {
          in++;
          bySource.merge(c.source() + " cases", 1, Integer::sum);
          if (fits.exact(reader, c)) {
            exact++;
            bySource.merge(c.source() + " exact", 1, Integer::sum);
          } else {
            misses.add(
                c.source()
                    + ": `"
                    + c.text()
                    + "` wants "
                    + fits
                    + ", gave "
                    + fits.read(reader, c));
          }
        }
      }
    }
    return new Report(in, exact, bySource, out, without, wrong, List.copyOf(misses));
  }

  private static List<Json.Obj> lines(Path file) throws IOException {
    List<Json.Obj> out = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        out.add(
            Json.parseObject(line.getBytes(StandardCharsets.UTF_8), Json.Bounds.REQUEST).orThrow());
      }
    }
    return out;
  }

  /** The calendar both projects assume: civil quarters, the month before the day. */
  private static Calendar calendar() {
    Map<String, Calendar.Quarter> quarters = new LinkedHashMap<>();
    quarters.put("Q1", new Calendar.Quarter(MonthDay.of(1, 1), MonthDay.of(3, 31)));
    quarters.put("Q2", new Calendar.Quarter(MonthDay.of(4, 1), MonthDay.of(6, 30)));
    quarters.put("Q3", new Calendar.Quarter(MonthDay.of(7, 1), MonthDay.of(9, 30)));
    quarters.put("Q4", new Calendar.Quarter(MonthDay.of(10, 1), MonthDay.of(12, 31)));
    return new Calendar(
        ZoneOffset.UTC,
        LocalTime.of(9, 0),
        LocalTime.of(17, 0),
        14,
        quarters,
        Calendar.DateOrder.MDY);
  }
}
