package dev.writ.call;

import dev.writ.vocabulary.Uids;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a task, delegates included, has used of one resource in one environment.
 *
 * @param calls calls allowed before
 * @param rows rows returned before
 */
public record Usage(long calls, long rows) {
  public Usage {
    if (calls < 0 || rows < 0) {
      throw new IllegalArgumentException("a count below zero");
    }
  }

  /** From a task's counters by name. */
  public static Usage of(Map<String, Long> used, String environment, String resource) {
    return new Usage(
        used.getOrDefault(callsCounter(environment, resource), 0L),
        used.getOrDefault(rowsCounter(environment, resource), 0L));
  }

  /** The task's counter of calls; one allowed call adds one. */
  public static String callsCounter(String environment, String resource) {
    return "calls:" + Uids.resource(environment, resource).id();
  }

  /** The task's counter of rows; an answer adds the rows it returned. */
  public static String rowsCounter(String environment, String resource) {
    return "rows:" + Uids.resource(environment, resource).id();
  }

  /** What allowing one call adds to the task's counters. */
  public static NavigableMap<String, Long> ofOneCall(String environment, String resource) {
    NavigableMap<String, Long> counts = new TreeMap<>();
    counts.put(callsCounter(environment, resource), 1L);
    return counts;
  }
}
