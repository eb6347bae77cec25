package dev.writ.duration;

/**
 * Words about time found in a text.
 *
 * @param start first code point of the words, those before it that say what the time is for
 *     included
 * @param end code point after the last
 */
public record Mention(int start, int end, Frame frame, TimeReading reading) {}
