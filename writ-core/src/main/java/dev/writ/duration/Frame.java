package dev.writ.duration;

/** How words about time stand in their sentence, from the surest to the weakest. */
public enum Frame {
  /** Two ends, or a start and a length: {@code from Monday to Friday}. */
  RANGE,
  /** An end: {@code until Friday}, {@code expires on 3 May}. */
  UNTIL,
  /** A length or period that something lasts: {@code for two weeks}, {@code duration: 5d}. */
  FOR,
  /** A length something lies within: {@code within 3 days}. */
  WITHIN,
  /** One day: {@code on Friday}. */
  ON,
  /** A period something lies in: {@code in May}, {@code during next week}. */
  IN,
  /** As long as something else goes on: {@code while the audit runs}. */
  WHILE,
  /** A deadline, which an end of access may be: {@code by Friday}. */
  BY,
  /** A beginning: {@code from Monday}. */
  FROM,
  /** How often or when within the day. */
  LIMIT,
  /** No word before says what the time is for: {@code 5d}, {@code tomorrow}. */
  BARE
}
