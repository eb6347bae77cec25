package dev.writ.duration;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;

/** Readings as one line of text, the form of {@code vectors/duration}. */
final class ReadingText {
  private ReadingText() {}

  static String of(TimeReading reading) {
    return switch (reading) {
      case TimeReading.Relative(Length length, List<Length> accept) ->
          length.iso()
              + (length.businessDays() ? " business" : "")
              + accept.stream().map(l -> " or " + l.iso()).collect(Collectors.joining());
      case TimeReading.Absolute a ->
          a.start().map(LocalDate::toString).orElse("")
              + ".."
              + a.ends().stream().map(LocalDate::toString).collect(Collectors.joining("|"))
              + a.time().map(LocalTime::toString).map(t -> " at " + t).orElse("")
              + a.length().map(l -> " = " + of(new TimeReading.Relative(l, List.of()))).orElse("");
      case TimeReading.Starts(LocalDate day) -> day + "..";
      case TimeReading.Ambiguous(TimeReading.Why why, List<String> candidates) ->
          "ambiguous " + why + ": " + String.join(" | ", candidates);
      case TimeReading.Endless _ -> "endless";
      case TimeReading.Event(String text) -> "event: " + text;
      case TimeReading.Limit(TimeReading.Limit.Kind kind) -> "limit " + kind;
    };
  }
}
