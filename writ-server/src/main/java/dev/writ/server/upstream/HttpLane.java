package dev.writ.server.upstream;

import dev.writ.base.Json;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** A session with an MCP server over streamable HTTP (MCP 2025-11-25, transports). */
final class HttpLane implements Lane {
  private final URI url;
  private final HttpPool pool;
  private final AtomicLong ids = new AtomicLong();
  private final AtomicInteger busy = new AtomicInteger();
  private final ReentrantLock handshake = new ReentrantLock();
  private volatile Optional<Session> session = Optional.empty();

  /** What the server agreed to. */
  private record Session(Optional<String> id, String version) {}

  /** A status, and with 200 the answer. */
  private record Exchanged(
      int status, Optional<UpstreamAnswer> answer, Optional<String> sessionId) {}

  HttpLane(URI url, HttpPool pool) {
    this.url = url;
    this.pool = pool;
  }

  @Override
  public boolean isBusy() {
    return busy.get() > 0;
  }

  @Override
  public UpstreamAnswer call(UpstreamCall call, Deadline deadline) {
    busy.incrementAndGet();
    try {
      Optional<UpstreamAnswer> first = attempt(call, deadline, false);
      // A 404 says that the server forgot our session and so did nothing: begin anew, once.
      return first.isPresent()
          ? first.get()
          : attempt(call, deadline, true)
              .orElse(
                  new UpstreamAnswer.Failed(
                      "session-lost", "the tool server lost the session twice"));
    } finally {
      busy.decrementAndGet();
    }
  }

  /** Empty when the server has lost the session. */
  private Optional<UpstreamAnswer> attempt(UpstreamCall call, Deadline deadline, boolean again) {
    Session current;
    HttpConnection connection;
    byte[] request;
    long id = ids.incrementAndGet();
    try {
      current = session(deadline);
      request = post(WireJson.bytes(Mcp.toolsCall(id, call)), Optional.of(current));
      connection = pool.take(url, deadline);
    } catch (UpstreamFault fault) {
      return Optional.of(again ? fault.afterSending() : fault.neverSent());
    }
    if (!call.permit().maySend()) {
      connection.close();
      String detail = "the permission to send had run out";
      return Optional.of(
          again
              ? new UpstreamAnswer.Failed("session-lost", "the session was lost and " + detail)
              : new UpstreamAnswer.NeverSent(UpstreamAnswer.TOO_LATE, detail));
    }
    try {
      Exchanged exchanged = exchange(connection, request, id, deadline);
      if (exchanged.status() == 404 && current.id().isPresent()) {
        forget(current);
        return Optional.empty();
      }
      return Optional.of(exchanged.answer().orElseThrow(() -> unexpected(exchanged.status())));
    } catch (UpstreamFault fault) {
      return Optional.of(fault.afterSending());
    }
  }

  private static UpstreamFault unexpected(int status) {
    return UpstreamFault.answered("http-" + status, "the tool server answered HTTP " + status);
  }

  private Session session(Deadline deadline) throws UpstreamFault {
    Optional<Session> ready = session;
    if (ready.isPresent()) {
      return ready.get();
    }
    handshake.lock();
    try {
      Optional<Session> made = session;
      if (made.isPresent()) {
        return made.get();
      }
      Session fresh = shakeHands(deadline);
      session = Optional.of(fresh);
      return fresh;
    } finally {
      handshake.unlock();
    }
  }

  private void forget(Session lost) {
    handshake.lock();
    try {
      if (session.equals(Optional.of(lost))) {
        session = Optional.empty();
      }
    } finally {
      handshake.unlock();
    }
  }

  private Session shakeHands(Deadline deadline) throws UpstreamFault {
    long id = ids.incrementAndGet();
    byte[] hello = post(WireJson.bytes(Mcp.initialize(id)), Optional.empty());
    Exchanged exchanged = exchange(pool.take(url, deadline), hello, id, deadline);
    UpstreamAnswer answer = exchanged.answer().orElseThrow(() -> unexpected(exchanged.status()));
    String version = agreedVersion(answer);
    Session made = new Session(exchanged.sessionId(), version);
    byte[] ready =
        post(WireJson.bytes(Mcp.notification("notifications/initialized")), Optional.of(made));
    Exchanged noted = exchange(pool.take(url, deadline), ready, -1, deadline);
    if (noted.status() != 202 && noted.status() != 200 && noted.status() != 204) {
      throw unexpected(noted.status());
    }
    return made;
  }

  /** The version the server chose; a fault when it is none of ours. */
  static String agreedVersion(UpstreamAnswer answer) throws UpstreamFault {
    return switch (answer) {
      case UpstreamAnswer.Returned(Json.Obj result) -> {
        String version = result.text("protocolVersion").orElse("");
        if (!Mcp.WITH_SESSIONS.contains(version)) {
          throw UpstreamFault.answered(
              "protocol-version", "the tool server speaks no version of MCP that we speak");
        }
        yield version;
      }
      case UpstreamAnswer.Failed(String cause, String detail) ->
          throw UpstreamFault.answered(cause, detail);
      case UpstreamAnswer.NeverSent(String cause, String detail) ->
          throw UpstreamFault.silent(cause, detail);
      case UpstreamAnswer.Unknown(String cause, String detail) ->
          throw UpstreamFault.silent(cause, detail);
    };
  }

  private Exchanged exchange(HttpConnection connection, byte[] request, long id, Deadline deadline)
      throws UpstreamFault {
    boolean kept = false;
    try {
      connection.send(request, deadline);
      HttpHead head = connection.head(deadline);
      HttpBody body = connection.body(head);
      Optional<UpstreamAnswer> answer = Optional.empty();
      if (head.status() == 200 && id >= 0) {
        answer = Optional.of(answer(head, body, id, deadline));
      } else {
        skip(body, deadline);
      }
      kept = connection.done(head, body);
      return new Exchanged(head.status(), answer, sessionId(head));
    } finally {
      if (kept) {
        pool.give(url, connection);
      } else {
        connection.close();
      }
    }
  }

  private static Optional<String> sessionId(HttpHead head) throws UpstreamFault {
    Optional<String> id = head.header("mcp-session-id");
    if (id.isPresent() && !id.get().matches("[\\x21-\\x7e]{1,256}")) {
      throw Answers.malformed("the session id is not 1 to 256 visible ASCII characters");
    }
    return id;
  }

  private UpstreamAnswer answer(HttpHead head, HttpBody body, long id, Deadline deadline)
      throws UpstreamFault {
    return switch (head.mediaType()) {
      case "application/json" ->
          switch (Answers.read(readAll(body, deadline), id)) {
            case Answers.Message.Answer(UpstreamAnswer answer) -> answer;
            case Answers.Message.Asks asks -> throw Answers.malformed("the answer is a request");
            case Answers.Message.Aside aside -> throw Answers.malformed("the answer is a notice");
          };
      case "text/event-stream" -> streamed(new EventStream(body, deadline), id, deadline);
      default -> throw Answers.malformed("the answer is neither JSON nor an event stream");
    };
  }

  private UpstreamAnswer streamed(EventStream events, long id, Deadline deadline)
      throws UpstreamFault {
    for (Optional<byte[]> data = events.next(); data.isPresent(); data = events.next()) {
      if (data.get().length == 0) {
        continue;
      }
      switch (Answers.read(data.get(), id)) {
        case Answers.Message.Answer(UpstreamAnswer answer) -> {
          return answer;
        }
        case Answers.Message.Asks(Json theirs, String method) -> reply(theirs, method, deadline);
        case Answers.Message.Aside aside -> {}
      }
    }
    throw UpstreamFault.silent("disconnected", "the event stream ended without an answer");
  }

  private void reply(Json id, String method, Deadline deadline) throws UpstreamFault {
    byte[] bytes = post(WireJson.bytes(Mcp.reply(id, method)), session);
    exchange(pool.take(url, deadline), bytes, -1, deadline);
  }

  private static byte[] readAll(HttpBody body, Deadline deadline) throws UpstreamFault {
    ByteArrayOutputStream all = new ByteArrayOutputStream(2_048);
    byte[] part = new byte[8 * 1024];
    for (int n = body.read(part, deadline); n >= 0; n = body.read(part, deadline)) {
      all.write(part, 0, n);
      if (all.size() > Mcp.ANSWER.bytes()) {
        throw Answers.oversize();
      }
    }
    return all.toByteArray();
  }

  /** Reads a short body to its end, so that the connection can be kept. */
  private static void skip(HttpBody body, Deadline deadline) throws UpstreamFault {
    byte[] part = new byte[4 * 1024];
    int total = 0;
    for (int n = body.read(part, deadline); n >= 0; n = body.read(part, deadline)) {
      total += n;
      if (total > 64 * 1024) {
        return;
      }
    }
  }

  private byte[] post(byte[] body, Optional<Session> with) {
    StringBuilder head = head("POST", with);
    head.append("Accept: application/json, text/event-stream\r\n");
    head.append("Content-Type: application/json\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] request = java.util.Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    return request;
  }

  private StringBuilder head(String method, Optional<Session> with) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String host = url.getPort() == -1 ? url.getHost() : url.getHost() + ":" + url.getPort();
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(host).append("\r\n");
    with.ifPresent(s -> {
      head.append(Mcp.VERSION_HEADER).append(": ").append(s.version()).append("\r\n");
      s.id().ifPresent(i -> head.append(Mcp.SESSION_HEADER).append(": ").append(i).append("\r\n"));
    });
    return head;
  }

  @Override
  public void close() {
    Optional<Session> ended = session;
    session = Optional.empty();
    if (ended.flatMap(Session::id).isPresent()) {
      byte[] farewell =
          head("DELETE", ended).append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
      pool.aside(() -> farewell(farewell));
    }
  }

  private void farewell(byte[] request) {
    try {
      Deadline soon = Deadline.in(Duration.ofSeconds(2));
      exchange(pool.take(url, soon), request, -1, soon);
    } catch (UpstreamFault e) {
      // A courtesy: servers forget idle sessions by themselves.
      return;
    }
  }
}
