package dev.writ.server.upstream;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * The messages of a {@code text/event-stream} body, one at a time. Only {@code data} matters; the
 * whole stream is bounded like a single answer.
 */
final class EventStream {
  private final byte[] buffer = new byte[4 * 1024];
  private final HttpBody body;
  private final Deadline deadline;
  private int next;
  private int end;
  private long total;

  EventStream(HttpBody body, Deadline deadline) {
    this.body = body;
    this.deadline = deadline;
  }

  /** The data of the next event that has any; empty at the stream's end. */
  Optional<byte[]> next() throws UpstreamFault {
    ByteArrayOutputStream data = new ByteArrayOutputStream(512);
    boolean some = false;
    for (Optional<byte[]> line = line(); line.isPresent(); line = line()) {
      byte[] bytes = line.get();
      if (bytes.length == 0) {
        if (some) {
          return Optional.of(data.toByteArray());
        }
      } else if (isData(bytes)) {
        if (some) {
          data.write('\n');
        }
        some = true;
        int from = bytes.length > 5 && bytes[5] == ' ' ? 6 : 5;
        data.write(bytes, from, bytes.length - from);
      }
    }
    return Optional.empty();
  }

  private static boolean isData(byte[] line) {
    return line.length >= 5
        && line[0] == 'd'
        && line[1] == 'a'
        && line[2] == 't'
        && line[3] == 'a'
        && line[4] == ':';
  }

  private Optional<byte[]> line() throws UpstreamFault {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    for (int b = read(); ; b = read()) {
      if (b < 0) {
        return Optional.empty();
      }
      if (b == '\n') {
        byte[] bytes = line.toByteArray();
        boolean cr = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return Optional.of(cr ? java.util.Arrays.copyOf(bytes, bytes.length - 1) : bytes);
      }
      line.write(b);
    }
  }

  private int read() throws UpstreamFault {
    if (next >= end) {
      end = body.read(buffer, deadline);
      next = 0;
      if (end <= 0) {
        end = 0;
        return -1;
      }
      total += end;
      if (total > Mcp.ANSWER.bytes()) {
        throw Answers.oversize();
      }
    }
    return buffer[next++] & 0xff;
  }
}
