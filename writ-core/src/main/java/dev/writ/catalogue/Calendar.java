package dev.writ.catalogue;

import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the organisation reads dates.
 *
 * @param timezone dates in prompts are dates in this zone
 * @param opens first minute of business hours
 * @param closes last minute of business hours
 * @param sprintDays length of one sprint, 1 to 366
 * @param quarters first and last day of each named quarter
 * @param dateOrder how {@code 4/5} is read
 */
public record Calendar(
    ZoneId timezone,
    LocalTime opens,
    LocalTime closes,
    int sprintDays,
    Map<String, Quarter> quarters,
    DateOrder dateOrder) {
  /** Days of one quarter, both included; it may span the turn of the year. */
  public record Quarter(MonthDay first, MonthDay last) {}

  /** The order of day and month in a date of two numbers. */
  public enum DateOrder {
    UNKNOWN,
    DMY,
    MDY
  }

  public Calendar {
    quarters = Collections.unmodifiableMap(new LinkedHashMap<>(quarters));
    if (sprintDays < 1 || sprintDays > 366) {
      throw new IllegalArgumentException("a sprint of " + sprintDays + " days");
    }
  }
}
