package dev.writ.server.upstream;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** What a connection's peer sends: buffered, every read bounded by a deadline. */
final class HttpSource {
  private static final int LONGEST_LINE = 8 * 1024;
  private final byte[] buffer = new byte[8 * 1024];
  private final Socket socket;
  private int next;
  private int end;

  HttpSource(Socket socket) {
    this.socket = socket;
  }

  boolean hasBuffered() {
    return next < end;
  }

  /** The next byte; −1 when the peer closed. */
  int read(Deadline deadline) throws UpstreamFault {
    return next < end || fill(deadline) ? buffer[next++] & 0xff : -1;
  }

  /** Up to {@code length} bytes into {@code out}; −1 when the peer closed. */
  int read(byte[] out, int offset, int length, Deadline deadline) throws UpstreamFault {
    if (next >= end && !fill(deadline)) {
      return -1;
    }
    int n = Math.min(length, end - next);
    System.arraycopy(buffer, next, out, offset, n);
    next += n;
    return n;
  }

  /** A line without its CRLF (or LF). */
  String line(Deadline deadline) throws UpstreamFault {
    StringBuilder out = new StringBuilder(64);
    for (int b = read(deadline); b != '\n'; b = read(deadline)) {
      if (b < 0) {
        throw UpstreamFault.silent("disconnected", "the tool server closed the connection");
      }
      if (out.length() >= LONGEST_LINE) {
        throw UpstreamFault.answered("malformed-answer", "a header line is too long");
      }
      out.append((char) b);
    }
    int length = out.length();
    return length > 0 && out.charAt(length - 1) == '\r'
        ? out.substring(0, length - 1)
        : out.toString();
  }

  private boolean fill(Deadline deadline) throws UpstreamFault {
    int millis = deadline.millis();
    try {
      socket.setSoTimeout(millis);
      int n = socket.getInputStream().read(buffer, 0, buffer.length);
      next = 0;
      end = Math.max(n, 0);
      return n > 0;
    } catch (SocketTimeoutException e) {
      throw UpstreamFault.silent("timeout", "the tool server did not answer in time");
    } catch (IOException e) {
      throw UpstreamFault.silent("disconnected", "the connection to the tool server broke");
    }
  }
}
