package dev.writ.server.runner;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
  /** 1 GiB, 256 files, 256 processes, 64 MiB files, 10 minutes, lines of 1 MiB, 20 starts. */
  public static final StdioLimits USUAL =
      new StdioLimits(1L << 30, 256, 256, 64L << 20, 600, 1 << 20, 20);

  /** Longest line that any tool server may print. */
  public static final int LONGEST_LINE = 4 << 20;

  public StdioLimits {
    List<Problem> problems = new ArrayList<>();
    within(problems, "memoryBytes", memoryBytes, 1L << 20, 64L << 30);
    within(problems, "files", files, 16, 65_536);
    within(problems, "processes", processes, 1, 4_096);
    within(problems, "fileBytes", fileBytes, 0, 64L << 30);
    within(problems, "cpuSeconds", cpuSeconds, 1, 86_400);
    within(problems, "lineBytes", lineBytes, 1_024, LONGEST_LINE);
    within(problems, "startsPerMinute", startsPerMinute, 1, 600);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.toString());
    }
  }

  private static void within(List<Problem> out, String name, long value, long least, long most) {
    if (value < least || value > most) {
      out.add(new Problem(name, "`" + value + "` is not " + least + " to " + most, "correct it"));
    }
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
