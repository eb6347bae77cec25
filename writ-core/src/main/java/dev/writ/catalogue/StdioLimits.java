package dev.writ.catalogue;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one stdio tool server may take. The system's limits (setrlimit) keep the first five.
 *
 * @param memoryBytes private writable memory of each of its processes (RLIMIT_DATA)
 * @param files open files of each of its processes
 * @param processes processes and threads of its user
 * @param fileBytes longest file it may write
 * @param cpuSeconds processor time of each of its processes
 * @param lineBytes longest line it may print
 * @param startsPerMinute how often its command may be started, crashes included
 */
public record StdioLimits(
    long memoryBytes,
    int files,
    int processes,
    long fileBytes,
    int cpuSeconds,
    int lineBytes,
    int startsPerMinute) {
  /** Longest line that any tool server may print. */
  public static final int LONGEST_LINE = 4 << 20;

  /** The least and the most a limit may be. */
  record Bound(long least, long most) {}

  /** The bounds of each limit, by the name it has in JSON. */
  static final Map<String, Bound> BOUNDS = bounds();

  /** 1 GiB, 256 files, 256 processes, 64 MiB files, 10 minutes, lines of 1 MiB, 20 starts. */
  public static final StdioLimits USUAL =
      new StdioLimits(1L << 30, 256, 256, 64L << 20, 600, 1 << 20, 20);

  public StdioLimits {
    List<Problem> problems = new ArrayList<>();
    within(problems, "memoryBytes", memoryBytes);
    within(problems, "files", files);
    within(problems, "processes", processes);
    within(problems, "fileBytes", fileBytes);
    within(problems, "cpuSeconds", cpuSeconds);
    within(problems, "lineBytes", lineBytes);
    within(problems, "startsPerMinute", startsPerMinute);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.toString());
    }
  }

  private static Map<String, Bound> bounds() {
    Map<String, Bound> bounds = new LinkedHashMap<>();
    bounds.put("memoryBytes", new Bound(1L << 20, 64L << 30));
    bounds.put("files", new Bound(16, 65_536));
    bounds.put("processes", new Bound(1, 4_096));
    bounds.put("fileBytes", new Bound(0, 64L << 30));
    bounds.put("cpuSeconds", new Bound(1, 86_400));
    bounds.put("lineBytes", new Bound(1_024, LONGEST_LINE));
    bounds.put("startsPerMinute", new Bound(1, 600));
    return Collections.unmodifiableMap(bounds);
  }

  private static void within(List<Problem> out, String name, long value) {
    Bound bound = Optional.ofNullable(BOUNDS.get(name)).orElseThrow();
    if (value < bound.least() || value > bound.most()) {
      out.add(
          new Problem(
              name,
              "`" + value + "` is not " + bound.least() + " to " + bound.most(),
              "correct it"));
    }
  }

  /** A limit's name as a catalogue writes it: {@code memory_bytes}. */
  static String word(String name) {
    return name.replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  /** What differs from {@link #USUAL}, as a catalogue writes it. */
  Json.Obj unusual() {
    Json.Builder json = Json.object();
    Map<String, Json> usual = USUAL.toJson().members();
    toJson()
        .members()
        .forEach((name, value) -> {
          if (!value.equals(usual.get(name))) {
            json.put(word(name), value);
          }
        });
    return json.build();
  }

  /** All limits by name. */
  public Json.Obj toJson() {
    return Json.object()
        .put("memoryBytes", memoryBytes)
        .put("files", files)
        .put("processes", processes)
        .put("fileBytes", fileBytes)
        .put("cpuSeconds", cpuSeconds)
        .put("lineBytes", lineBytes)
        .put("startsPerMinute", startsPerMinute)
        .build();
  }

  /** Reads limits by name; what is absent is as in {@link #USUAL}. */
  public static Parsed<StdioLimits> parse(Json json) {
    if (!(json instanceof Json.Obj obj)) {
      return Parsed.refused("", "limits are an object", "name limits");
    }
    List<Problem> problems = new ArrayList<>();
    Map<String, Json> known = USUAL.toJson().members();
    obj.members()
        .forEach((name, value) -> {
          if (!known.containsKey(name)) {
            problems.add(new Problem(name, "unknown limit `" + name + "`", "leave it out"));
          } else if (!(value instanceof Json.Int)) {
            problems.add(new Problem(name, "not a whole number", "write a whole number"));
          }
        });
    if (!problems.isEmpty()) {
      return Parsed.refused(problems);
    }
    try {
      return Parsed.ok(
          new StdioLimits(
              obj.integer("memoryBytes").orElse(USUAL.memoryBytes),
              small(obj, "files", USUAL.files),
              small(obj, "processes", USUAL.processes),
              obj.integer("fileBytes").orElse(USUAL.fileBytes),
              small(obj, "cpuSeconds", USUAL.cpuSeconds),
              small(obj, "lineBytes", USUAL.lineBytes),
              small(obj, "startsPerMinute", USUAL.startsPerMinute)));
    } catch (IllegalArgumentException e) {
      return Parsed.refused("", String.valueOf(e.getMessage()), "correct the limits");
    }
  }

  private static int small(Json.Obj obj, String name, int usual) {
    return obj.integer(name).map(n -> Math.clamp(n, -1, Integer.MAX_VALUE)).orElse(usual);
  }
}
