package dev.writ.base;

/**
 * A name drawn by chance, with a prefix that says of what kind: {@code tsk_} and 26 characters of
 * Crockford's base 32 (128 bits). Kinds are distinct types; ids are drawn before the write.
 */
public sealed interface Id extends Comparable<Id>
    permits WorkflowId, WritId, TaskId, TokenId, CallId, PayloadId, NodeId, EnrolmentId, KeyId {
  /** Prefix and random part. */
  String value();

  @Override
  default int compareTo(Id other) {
    return value().compareTo(other.value());
  }

  /** The random part of a fresh id: 16 bytes as 26 characters. */
  static String random(String prefix, Entropy entropy) {
    byte[] bytes = entropy.bytes(16);
    char[] out = new char[26];
    long high = 0;
    long low = 0;
    for (int i = 0; i < 8; i++) {
      high = (high << 8) | (bytes[i] & 0xff);
      low = (low << 8) | (bytes[i + 8] & 0xff);
    }
    for (int i = 25; i >= 0; i--) {
      out[i] = Alphabet.CHARACTERS[(int) (low & 31)];
      low = (low >>> 5) | (high << 59);
      high >>>= 5;
    }
    return prefix + new String(out);
  }

  /** Whether the text is an id of the kind with this prefix. */
  static boolean wellFormed(String prefix, String text) {
    if (text.length() != prefix.length() + 26 || !text.startsWith(prefix)) {
      return false;
    }
    for (int i = prefix.length(); i < text.length(); i++) {
      if (!Alphabet.holds(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The check every kind's constructor makes. */
  static void require(String prefix, String text) {
    if (!wellFormed(prefix, text)) {
      throw new IllegalArgumentException("not an id of kind " + prefix + ": " + text);
    }
  }

  /** The refusal every kind's {@code parse} gives. */
  static <T> Parsed<T> refuse(String prefix, String text) {
    return Parsed.refused(
        "",
        "`" + Text.excerpt(text) + "` is not an id",
        "ids of this kind look like " + prefix + " and 26 characters");
  }

  /** Crockford's base 32. */
  final class Alphabet {
    private static final char[] CHARACTERS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final boolean[] HELD = new boolean[128];

    static {
      for (char c : CHARACTERS) {
        HELD[c] = true;
      }
    }

    private Alphabet() {}

    private static boolean holds(char c) {
      return c < HELD.length && HELD[c];
    }
  }
}
