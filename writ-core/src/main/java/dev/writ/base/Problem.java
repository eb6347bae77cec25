package dev.writ.base;

import java.util.Objects;

/**
 * One thing wrong with a stranger's input, written for the person who is stuck.
 *
 * @param place where it is: a path such as {@code grants[0].resource}, or {@code line 3, column 7};
 *     empty when the whole input is meant
 * @param what what is wrong, the offending input in backticks
 * @param remedy what to do next
 */
public record Problem(String place, String what, String remedy) {
  public Problem {
    Objects.requireNonNull(place);
    Objects.requireNonNull(what);
    Objects.requireNonNull(remedy);
  }

  /** The same problem seen from an enclosing value: its place is prefixed by {@code outer}. */
  public Problem within(String outer) {
    String joined =
        place.isEmpty() ? outer : place.startsWith("[") ? outer + place : outer + "." + place;
    return new Problem(joined, what, remedy);
  }

  @Override
  public String toString() {
    return (place.isEmpty() ? "" : place + ": ") + what + (remedy.isEmpty() ? "" : "; " + remedy);
  }
}
