package dev.writ.duration;

import java.util.Optional;

/**
 * What a grammar read at a place.
 *
 * @param reading empty when the words speak of something else: a past day, a rate
 */
record Framed(Frame frame, Optional<TimeReading> reading) {
  static Framed of(Frame frame, TimeReading reading) {
    return new Framed(frame, Optional.of(reading));
  }

  /** Words that are about time and say nothing about how long. */
  static Framed nothing(Frame frame) {
    return new Framed(frame, Optional.empty());
  }
}
