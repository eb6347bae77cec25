package dev.writ.server.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * Plain outbound requests of our own, to listed destinations: bounded in size and time, without
 * redirects, cookies or proxies, over connections that are kept.
 */
public final class Outbound implements AutoCloseable {
  private final HttpPool pool;

  public Outbound(Destinations destinations) {
    this.pool = new HttpPool(destinations);
  }

  /**
   * A request.
   *
   * @param headers besides {@code Host}, {@code Content-Type} (JSON) and {@code Content-Length};
   *     colleagues write them, so they are not checked for line breaks
   * @param body UTF-8 JSON text; an empty one makes it a GET
   * @param longestAnswer most bytes of the answer
   */
  public record Request(
      URI url, Map<String, String> headers, String body, Duration timeout, int longestAnswer) {}

  /** Status and text of an answer. */
  public record Answer(int status, String body) {}

  /**
   * Sends the request and reads the answer.
   *
   * @throws IOException when there is none, whether the request arrived or not, or it cannot be
   *     used
   */
  public Answer send(Request request) throws IOException {
    Deadline deadline = Deadline.in(request.timeout());
    try {
      HttpConnection connection = pool.take(request.url(), deadline);
      boolean kept = false;
      try {
        connection.send(bytes(request), deadline);
        HttpHead head = connection.head(deadline);
        HttpBody body = connection.body(head);
        String text = text(body, request.longestAnswer(), deadline);
        kept = connection.done(head, body);
        return new Answer(head.status(), text);
      } finally {
        if (kept) {
          pool.give(request.url(), connection);
        } else {
          connection.close();
        }
      }
    } catch (UpstreamFault fault) {
      throw new IOException(fault.detail(), fault);
    }
  }

  private static String text(HttpBody body, int longest, Deadline deadline) throws UpstreamFault {
    ByteArrayOutputStream all = new ByteArrayOutputStream(1_024);
    byte[] part = new byte[8 * 1024];
    for (int n = body.read(part, deadline); n >= 0; n = body.read(part, deadline)) {
      all.write(part, 0, n);
      if (all.size() > longest) {
        throw UpstreamFault.answered("oversize-answer", "the answer is too long");
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Request request) {
    URI url = request.url();
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String host = url.getPort() == -1 ? url.getHost() : url.getHost() + ":" + url.getPort();
    StringBuilder head = new StringBuilder(256);
    head.append(body.length == 0 ? "GET " : "POST ").append(path);
    head.append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    head.append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n");
    request.headers().forEach((n, v) -> head.append(n).append(": ").append(v).append("\r\n"));
    if (body.length > 0) {
      head.append("Content-Type: application/json\r\nContent-Length: ").append(body.length);
      head.append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  @Override
  public void close() {
    pool.close();
  }
}
