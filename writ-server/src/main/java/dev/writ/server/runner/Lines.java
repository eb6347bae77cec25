package dev.writ.server.runner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines of bytes from a stream, none longer than a bound. */
final class Lines {
  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[8 * 1024];
  private int next;
  private int end;

  Lines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** A line was longer than the bound. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong(int longest) {
      super("a line is longer than " + longest + " bytes");
    }
  }

  /** The next line without its end; empty at the end of the stream. */
  Optional<byte[]> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    while (true) {
      if (next >= end) {
        end = in.read(buffer);
        next = 0;
        if (end <= 0) {
          end = 0;
          // An unfinished last line was cut off and means nothing.
          return Optional.empty();
        }
      }
      int from = next;
      while (next < end && buffer[next] != '\n') {
        next++;
      }
      line.write(buffer, from, next - from);
      if (line.size() > longest) {
        throw new TooLong(longest);
      }
      if (next < end) {
        next++;
        return Optional.of(line.toByteArray());
      }
    }
  }
}
