package dev.writ.server.upstream;

/** The body of one HTTP/1.1 answer (RFC 9112, section 6), by length, in chunks, or to the end. */
final class HttpBody {
  private enum Framing {
    LENGTH,
    CHUNKED,
    TO_THE_END
  }

  private final HttpSource source;
  private final Framing framing;
  private long left;
  private boolean finished;
  private boolean first = true;

  private HttpBody(HttpSource source, Framing framing, long left) {
    this.source = source;
    this.framing = framing;
    this.left = left;
    this.finished = framing == Framing.LENGTH && left == 0;
  }

  static HttpBody ofLength(HttpSource source, long length) {
    return new HttpBody(source, Framing.LENGTH, length);
  }

  static HttpBody chunked(HttpSource source) {
    return new HttpBody(source, Framing.CHUNKED, 0);
  }

  static HttpBody toTheEnd(HttpSource source) {
    return new HttpBody(source, Framing.TO_THE_END, 0);
  }

  boolean finished() {
    return finished;
  }

  /** Whether the connection may carry another request after this body. */
  boolean leavesConnection() {
    return framing != Framing.TO_THE_END;
  }

  /** Up to {@code out.length} bytes; −1 at the end. */
  int read(byte[] out, Deadline deadline) throws UpstreamFault {
    if (finished) {
      return -1;
    }
    if (framing == Framing.CHUNKED && left == 0 && !nextChunk(deadline)) {
      finished = true;
      return -1;
    }
    int most =
        framing == Framing.TO_THE_END ? out.length : (int) Math.min(out.length, Math.max(left, 1));
    int n = source.read(out, 0, most, deadline);
    if (n < 0) {
      finished = true;
      if (framing == Framing.TO_THE_END) {
        return -1;
      }
      throw UpstreamFault.silent("disconnected", "the tool server's answer ends too early");
    }
    if (framing != Framing.TO_THE_END) {
      left -= n;
      finished = framing == Framing.LENGTH && left == 0;
    }
    return n;
  }

  private boolean nextChunk(Deadline deadline) throws UpstreamFault {
    if (!first && !source.line(deadline).isEmpty()) {
      throw malformed();
    }
    first = false;
    String line = source.line(deadline);
    int semicolon = line.indexOf(';');
    String size = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
    if (size.isEmpty() || size.length() > 8 || !size.chars().allMatch(HttpBody::isHex)) {
      throw malformed();
    }
    left = Long.parseLong(size, 16);
    if (left > 0) {
      return true;
    }
    for (int trailers = 0; !source.line(deadline).isEmpty(); trailers++) {
      if (trailers > 16) {
        throw malformed();
      }
    }
    return false;
  }

  private static boolean isHex(int c) {
    return Character.digit(c, 16) >= 0 && c < 128;
  }

  private static UpstreamFault malformed() {
    return UpstreamFault.answered("malformed-answer", "the answer's chunks are malformed");
  }
}
