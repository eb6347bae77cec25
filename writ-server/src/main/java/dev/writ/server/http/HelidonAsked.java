package dev.writ.server.http;

import dev.writ.base.Problem;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** A request of the HTTP library. */
final class HelidonAsked implements Asked {
  /** How much of a body that is too long is still read, in lengths of the longest. */
  private static final int DISCARDED = 4;

  private final ServerRequest request;
  private final Bodies bodies;
  private final String requestId;
  private byte[] read = new byte[0];
  private boolean isRead;

  /** How long and how slow a body may be. */
  record Bodies(int longest, BodyDeadlines deadlines) {}

  HelidonAsked(ServerRequest request, Bodies bodies, String requestId) {
    this.request = request;
    this.bodies = bodies;
    this.requestId = requestId;
  }

  @Override
  public String method() {
    return request.prologue().method().text();
  }

  @Override
  public String path() {
    return request.path().path();
  }

  @Override
  public String pathParameter(String name) {
    return request.path().pathParameters().get(name);
  }

  @Override
  public Optional<String> query(String name) {
    return request.query().first(name).asOptional();
  }

  @Override
  public List<String> headers(String name) {
    return request.headers().values(HeaderNames.create(name));
  }

  @Override
  public String requestId() {
    return requestId;
  }

  @Override
  public byte[] body() {
    if (!isRead) {
      read = bounded();
      isRead = true;
    }
    return read.clone();
  }

  private byte[] bounded() {
    return request.content().hasEntity() ? bodies.deadlines().within(this::all) : new byte[0];
  }

  private byte[] all() {
    try (InputStream in = request.content().inputStream()) {
      byte[] all = in.readNBytes(bodies.longest() + 1);
      if (all.length > bodies.longest()) {
        discard(in, DISCARDED * (long) bodies.longest());
        throw new Refused(new HttpRefusal.BodyTooLarge(bodies.longest()));
      }
      return all;
    } catch (DataReader.InsufficientDataAvailableException e) {
      throw new Refused(
          new HttpRefusal.Malformed(
              List.of(new Problem("", "the body ends early", "send it again, whole"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection closed over unread bytes is reset, and its answer may be lost on the way. */
  private static void discard(InputStream in, long most) throws IOException {
    byte[] chunk = new byte[8_192];
    long left = most;
    for (int n = 0; n >= 0 && left > 0; n = in.read(chunk)) {
      left -= n;
    }
  }
}
