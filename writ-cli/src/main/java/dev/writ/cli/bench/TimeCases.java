package dev.writ.cli.bench;

import dev.writ.base.Json;
import dev.writ.duration.Length;
import dev.writ.duration.Mention;
import dev.writ.duration.TimeReader;
import dev.writ.duration.TimeReading;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The labelled time expressions of other projects, and which of them fit an access window.
 *
 * <p>In: lengths; days and periods of days whose last day is not before the day of writing; ends
 * ({@code before}, {@code until}). A date is read as the end of access, {@code until} put before
 * it; everything else as it stands.
 *
 * <p>Out, each counted with its reason: times of day and repetitions; what is over; what has a
 * start and no end; what its source leaves without days (seasons, fiscal years, {@code that week});
 * the early, middle or late part of a period, about, more than and less than, which have no one
 * last day; spans of ten years and more; feasts, which depend on a country; a period up to another
 * period ({@code March to May}), whose last month the source leaves out and people take in; and
 * what the drafting contract leaves open on purpose (a few, {@code next} before a weekday still to
 * come this week, a weekday that contradicts its date).
 */
final class TimeCases {
  private static final Pattern ENDS =
      Pattern.compile("\\((\\d{4}-\\d\\d-\\d\\d|XXXX-[-\\dX]+),([-\\dX]+),P([^)]+)\\).*");
  private static final Pattern FEAST =
      Pattern.compile(
          ".*\\b(easter|christmas|thanksgiving|black friday|cyber|earth"
              + " day|patrick|juneteenth|freedom|jubilee|emancipation|labou?r|workers|new"
              + " year|eid|ramadan|halloween|valentine|mlk|martin"
              + " luther|memorial|mother|father|independence|ground ?hog|palm sunday|good"
              + " friday|ash wednesday|hanukkah|diwali|holi|navratri|chinese|fool|all saints|guy"
              + " fawkes|cinco|epiphany|lent|inauguration|columbus|veterans|boxing|teacher|girls|singles?|white"
              + " lover|mardi|carnival|maosoul|children|women|thanks"
              + " giving|pentecost|ascension|trinity|bastille|yuandan|arbor|"
              + "sacrifice|islamic|kwanzaa|orthodox|maundy|holy|peace|youth)\\b.*");
  private static final Pattern VAGUE = Pattern.compile(".*\\b(few|couple|several|some)\\b.*");
  private static final Pattern UNIT_SECONDS = Pattern.compile("DurationData (\\d+) (\\w+)");

  private TimeCases() {}

  /** What a case asks of a reader. */
  sealed interface Expected {}

  /** It does not fit. */
  record Out(String reason) implements Expected {}

  /** No window and no length stands in the text. */
  record Nothing() implements Expected {}

  /** It fits. */
  sealed interface Fits extends Expected {
    default boolean exact(TimeReader reader, Case c) {
      return read(reader, c).filter(r -> agrees(r, c)).isPresent();
    }

    Optional<TimeReading> read(TimeReader reader, Case c);

    boolean agrees(TimeReading reading, Case c);
  }

  /**
   * A length, counted as its source does.
   *
   * @param seconds with months of 30 days and years of 365
   * @param months when the source counts in months; else 0
   */
  record Lasts(long seconds, long months) implements Fits {
    @Override
    public Optional<TimeReading> read(TimeReader reader, Case c) {
      return reader.whole(c.text(), c.now());
    }

    @Override
    public boolean agrees(TimeReading reading, Case c) {
      return reading instanceof TimeReading.Relative(Length l, List<Length> accept)
          && (same(l) || accept.stream().anyMatch(this::same));
    }

    private boolean same(Length l) {
      long exact =
          (l.years() * 365L + l.months() * 30L + l.days()) * 86_400
              + l.hours() * 3600L
              + l.minutes() * 60L
              + l.seconds();
      long fraction = exact + l.months() * 36_000L;
      return (months > 0 && l.years() * 12L + l.months() == months)
          || exact == seconds
          || fraction == seconds;
    }
  }

  /**
   * A length found in a sentence.
   *
   * @param words the labelled words
   */
  record Found(String words) implements Fits {
    @Override
    public Optional<TimeReading> read(TimeReader reader, Case c) {
      List<Mention> all = reader.mentions(c.text(), c.now());
      return all.stream()
          .filter(m -> cut(c.text(), m).endsWith(words))
          .map(Mention::reading)
          .findFirst();
    }

    @Override
    public boolean agrees(TimeReading reading, Case c) {
      return reading instanceof TimeReading.Relative;
    }

    private static String cut(String text, Mention m) {
      return text.substring(
          text.offsetByCodePoints(0, m.start()), text.offsetByCodePoints(0, m.end()));
    }
  }

  /**
   * Days.
   *
   * @param first the first, when it is labelled and still to come
   * @param lasts the last; two where the source does not tell whether it is in
   * @param point whether it is one day, read as an end
   */
  record Days(
      Optional<LocalDate> first, List<LocalDate> lasts, boolean point, Optional<String> length)
      implements Fits {
    @Override
    public Optional<TimeReading> read(TimeReader reader, Case c) {
      boolean plain =
          !point
              || c.text().matches("(?i)(on|in|this|by|until|before|as late as|no later than) .*");
      Optional<TimeReading> found = reader.whole((plain ? "" : "until ") + c.text(), c.now());
      return found.isPresent() || plain ? found : reader.whole(c.text(), c.now());
    }

    @Override
    public boolean agrees(TimeReading reading, Case c) {
      if (reading instanceof TimeReading.Relative(Length l, List<Length> _)) {
        return length.filter(p -> iso(l).equals(p)).isPresent();
      }
      return reading instanceof TimeReading.Absolute a
          && a.ends().stream().anyMatch(lasts::contains)
          && (point || first.isEmpty() || a.start().equals(first));
    }

    private static String iso(Length l) {
      return l.businessDays()
          ? l.days() + "BD"
          : l.days() > 0 && l.days() % 7 == 0 && l.months() + l.years() == 0
              ? l.days() / 7 + "W"
              : l.iso().substring(1);
    }
  }

  /** One labelled expression. */
  record Case(String source, String text, Instant now, Expected expected) {
    String key() {
      return source + "\n" + text.toLowerCase(java.util.Locale.ROOT) + "\n" + now + "\n" + expected;
    }
  }

  /** The lengths and windows that a reader finds in a text. */
  static List<String> windows(TimeReader reader, Case c) {
    return reader.mentions(c.text(), c.now()).stream()
        .filter(m ->
            m.reading() instanceof TimeReading.Absolute
                || m.reading() instanceof TimeReading.Relative)
        .map(m -> m.reading().toString())
        .toList();
  }

  /** A duration of duckling. */
  static Optional<Case> duckling(Json.Obj line) {
    if (!line.text("kind").orElse("").equals("duration")) {
      return Optional.empty();
    }
    String text = line.text("text").orElseThrow();
    Instant now = Instant.parse("2013-02-12T04:30:00Z");
    Matcher m = UNIT_SECONDS.matcher(line.text("value").orElse(""));
    if (!m.matches()) {
      return Optional.of(new Case("duckling", text, now, new Nothing()));
    }
    long n = Long.parseLong(m.group(1));
    long each =
        switch (m.group(2)) {
          case "Second" -> 1;
          case "Minute" -> 60;
          case "Hour" -> 3600;
          case "Day" -> 86_400;
          case "Week" -> 7 * 86_400;
          case "Month" -> 30 * 86_400;
          case "Quarter" -> 90 * 86_400;
          default -> 365 * 86_400;
        };
    long months = m.group(2).equals("Month") ? n : m.group(2).equals("Quarter") ? 3 * n : 0;
    return Optional.of(new Case("duckling", text, now, new Lasts(n * each, months)));
  }

  /** The expressions of one sentence of Recognizers-Text. */
  static List<Case> recognizers(Json.Obj line) {
    String spec = line.text("spec").orElseThrow();
    String input = line.text("input").orElseThrow();
    Instant now =
        line.text("reference")
            .map(r ->
                LocalDateTime.parse(r.length() > 19 ? r.substring(0, 19) : r)
                    .toInstant(ZoneOffset.UTC))
            .orElse(Instant.parse("2016-11-07T00:00:00Z"));
    List<Json> results = line.array("results").orElse(List.of());
    List<Case> out = new ArrayList<>();
    if (results.isEmpty() && spec.equals("DateTimeModel")) {
      boolean day = input.matches(".*\\bthe \\d+(st|nd|rd|th)\\b.*");
      out.add(
          new Case(
              "recognizers none",
              input,
              now,
              day ? new Out("a day that its source does not read") : new Nothing()));
    }
    for (Json result : results) {
      if (result instanceof Json.Obj r) {
        out.add(recognized(spec, input, now, r));
      }
    }
    return out;
  }

  private static Case recognized(String spec, String input, Instant now, Json.Obj result) {
    String text = result.text("text").orElse("");
    String type = result.text("type").orElse("").replace("datetimeV2.", "");
    String source = "recognizers " + type;
    if (!type.equals("date") && !type.equals("daterange") && !type.equals("duration")) {
      return new Case(source, text, now, new Out("a time of day or a repetition"));
    }
    if (spec.equals("DurationExtractor")) {
      boolean vague = VAGUE.matcher(text).matches();
      boolean part = text.matches(".*\\.\\d+ sec.*");
      return new Case(
          source,
          input,
          now,
          vague
              ? new Out("left open by the contract")
              : part ? new Out("parts of a second") : new Found(text));
    }
    Optional<Json.Obj> value = last(result);
    if (value.isEmpty()) {
      return new Case(source, text, now, new Out("no days in the source"));
    }
    return new Case(source, text, now, expected(type, text, now, value.orElseThrow()));
  }

  /** The last of several values is the one in the future. */
  private static Optional<Json.Obj> last(Json.Obj result) {
    Optional<Json.Obj> resolution = result.object("resolution");
    if (resolution.filter(r -> r.text("Timex").isPresent()).isPresent()) {
      return resolution;
    }
    return resolution
        .flatMap(r -> r.array("values"))
        .filter(v -> !v.isEmpty())
        .map(List::getLast)
        .flatMap(v -> v instanceof Json.Obj o ? Optional.of(o) : Optional.empty());
  }

  private static Expected expected(String type, String text, Instant now, Json.Obj value) {
    String mod =
        value.text("Mod").or(() -> value.text("mod")).or(() -> value.text("Mod")).orElse("");
    String timex = value.text("Timex").or(() -> value.text("timex")).orElse("");
    Json.Obj future = value.object("FutureResolution").orElse(value);
    if (type.equals("duration")) {
      return duration(text, mod, timex, future.text("duration").or(() -> future.text("value")));
    }
    Optional<LocalDate> day =
        future.text("date").or(() -> future.text("value")).flatMap(TimeCases::parse);
    Optional<LocalDate> first =
        future.text("startDate").or(() -> future.text("start")).flatMap(TimeCases::parse);
    Optional<LocalDate> end =
        future.text("endDate").or(() -> future.text("end")).flatMap(TimeCases::parse);
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Optional<Expected> out = unfit(text, new Label(mod, timex, day, first, end), today);
    if (out.isPresent()) {
      return out.orElseThrow();
    }
    if (day.isPresent()) {
      return new Days(Optional.empty(), List.of(day.orElseThrow()), true, Optional.empty());
    }
    LocalDate last = end.orElseThrow();
    Matcher ends = ENDS.matcher(timex);
    boolean spanned = ends.matches();
    boolean included =
        text.toLowerCase(java.util.Locale.ROOT)
            .matches("(until|till|by|no later than|as late as) .*");
    List<LocalDate> lasts =
        mod.contains("until") || (mod.equals("before") && included)
            ? List.of(last)
            : spanned ? List.of(last.minusDays(1), last) : List.of(last.minusDays(1));
    Optional<String> length =
        spanned && first.filter(f -> !f.isAfter(today.plusDays(1))).isPresent()
            ? Optional.of(ends.group(3))
            : Optional.empty();
    return new Days(
        first.filter(f -> f.isAfter(today)),
        lasts,
        mod.contains("before") || mod.contains("until"),
        length);
  }

  private static Expected duration(
      String text, String mod, String timex, Optional<String> seconds) {
    if (!mod.isEmpty()) {
      return new Out("about, more than, less than");
    }
    if (VAGUE.matcher(text).matches()) {
      return new Out("left open by the contract");
    }
    if (timex.endsWith("WE")) {
      return new Out("no days in the source");
    }
    Matcher months = Pattern.compile("P(\\d+)M").matcher(timex);
    long m = months.matches() ? Long.parseLong(months.group(1)) : 0;
    if (timex.contains(".") && timex.endsWith("S")) {
      return new Out("parts of a second");
    }
    return seconds
        .filter(s -> s.matches("\\d+(\\.0+)?"))
        .<Expected>map(s -> new Lasts((long) Double.parseDouble(s), m))
        .orElse(new Out("parts of a second"));
  }

  /** What a source says of days: a day, or the first and the end of a period. */
  private record Label(
      String mod,
      String timex,
      Optional<LocalDate> day,
      Optional<LocalDate> first,
      Optional<LocalDate> end) {}

  private static Optional<Expected> unfit(String text, Label label, LocalDate today) {
    String mod = label.mod();
    String timex = label.timex();
    Optional<LocalDate> day = label.day();
    Optional<LocalDate> first = label.first();
    Optional<LocalDate> end = label.end();
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    if (mod.contains("ref_undef") || (day.isEmpty() && first.isEmpty() && end.isEmpty())) {
      return Optional.of(new Out("no days in the source"));
    }
    if (FEAST.matcher(lower).matches()) {
      return Optional.of(new Out("a feast"));
    }
    if (mod.contains("after") || mod.contains("since") || (day.isEmpty() && end.isEmpty())) {
      return Optional.of(new Out("a start without an end"));
    }
    if (lower.startsWith("later ")
        || lower.startsWith("earlier ")
        || mod.equals("start")
        || mod.equals("mid")
        || mod.equals("end")
        || mod.contains("before-start")
        || mod.contains("before-mid")) {
      return Optional.of(new Out("part of a period"));
    }
    if (mod.contains("approx")
        || mod.contains("more")
        || mod.contains("less")
        || lower.contains("less than")
        || lower.contains("more than")) {
      return Optional.of(new Out("about, more than, less than"));
    }
    boolean before = mod.contains("before");
    LocalDate last = day.or(() -> end.map(e -> before ? e.minusDays(1) : e)).orElseThrow();
    boolean inclusive = day.isPresent() || before || timex.startsWith("(") || mod.contains("until");
    if (last.isBefore(inclusive ? today : today.plusDays(1))) {
      return Optional.of(new Out("over"));
    }
    if (first.filter(f -> f.isBefore(today)).isPresent()
        && last.equals(today)
        && timex.startsWith("(")) {
      return Optional.of(new Out("over"));
    }
    if (first.filter(f -> f.plusYears(10).minusDays(2).isBefore(last)).isPresent()) {
      return Optional.of(new Out("ten years and more"));
    }
    if (VAGUE.matcher(lower).matches() || open(lower, last, today)) {
      return Optional.of(new Out("left open by the contract"));
    }
    boolean periods =
        timex.startsWith("(")
            && timex.matches(".*,P\\d+[MY]\\).*")
            && first.isPresent()
            && lower.matches(".*( to | till | until | through | and |-|~| - ).*")
            && !lower.matches(".*\\b(next|coming|upcoming|within)\\b.*");
    boolean named =
        timex.startsWith("(")
            && last.getDayOfMonth() == 1
            && lower.matches(".*\\b(to|until|till|through|and) [a-z]{3,9} ?(\\d{4})?");
    boolean weeks = lower.matches(".*week \\d+ (to|and|until|through) week \\d+");
    return periods || named || weeks
        ? Optional.of(new Out("a period up to another period"))
        : Optional.empty();
  }

  /** Next Friday while this week's is still to come; Friday the 3rd where that is a Tuesday. */
  private static boolean open(String text, LocalDate last, LocalDate today) {
    Matcher next =
        Pattern.compile("\\b(?:next|following) (mon|tue|wed|thu|fri|sat|sun)[a-z]*").matcher(text);
    if (next.find()) {
      int wanted =
          List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun").indexOf(next.group(1)) + 1;
      return wanted > today.getDayOfWeek().getValue();
    }
    Matcher named = Pattern.compile("\\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\\b.*").matcher(text);
    int said =
        named.find()
            ? List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun").indexOf(named.group(1)) + 1
            : 0;
    boolean range =
        text.matches(".*\\b(to|until|till|through|between|week|weeks|month|months|days|year)\\b.*");
    boolean sameDay =
        said == today.getDayOfWeek().getValue()
            && last.equals(today)
            && text.matches("(on |this )?[a-z]+");
    return sameDay || (said > 0 && !range && last.getDayOfWeek().getValue() != said);
  }

  private static Optional<LocalDate> parse(String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      return day.getYear() < 1000 ? Optional.empty() : Optional.of(day);
    } catch (DateTimeParseException notADay) {
      return Optional.empty();
    }
  }
}
