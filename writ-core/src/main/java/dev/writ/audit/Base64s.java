package dev.writ.audit;

import java.util.Base64;
import java.util.Optional;

/** Base 64 (RFC 4648, section 4) read strictly: one text for one sequence of bytes. */
final class Base64s {
  private Base64s() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Nothing for missing padding, stray bits, other alphabets or white space. */
  static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      // The platform's decoder forgives missing padding and stray bits.
      return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
