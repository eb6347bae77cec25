package dev.writ.server.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server that says exactly the bytes it is told to, right or wrong. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Script script;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> requests = new ArrayList<>();
  private final List<Socket> open = new ArrayList<>();

  /** What to say to a request; {@code null}-free: an empty text hangs up. */
  interface Script {
    String answer(String request) throws InterruptedException;
  }

  RawServer(Script script) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  static String json(String body, String... headers) {
    StringBuilder out = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n");
    for (String header : headers) {
      out.append(header).append("\r\n");
    }
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return out.append("Content-Length: ").append(length).append("\r\n\r\n").append(body).toString();
  }

  static String status(int status) {
    return "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n";
  }

  /** The JSON-RPC id of a request. */
  static String id(String request) {
    int at = request.indexOf("\"id\":") + 5;
    return request.substring(at, request.indexOf(',', at));
  }

  /** A script with a correct handshake before what {@code call} says to calls. */
  static Script shakingHands(Script call) {
    return request -> {
      if (request.contains("\"initialize\"")) {
        return json(
            "{\"jsonrpc\":\"2.0\",\"id\":"
                + id(request)
                + ",\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                + "\"serverInfo\":{\"name\":\"raw\",\"version\":\"1\"}}}",
            "Mcp-Session-Id: s-1");
      }
      if (request.contains("notifications/initialized")) {
        return "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
      }
      return request.contains("tools/call") ? call.answer(request) : status(200);
    };
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/mcp");
  }

  String hostAndPort() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  synchronized long calls() {
    return requests.stream().filter(r -> r.contains("tools/call")).count();
  }

  /** Hangs up on everybody. */
  synchronized void hangUp() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        synchronized (this) {
          open.add(socket);
        }
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed: the test is over.
      return;
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      while (true) {
        String request = read(socket.getInputStream());
        if (request.isEmpty()) {
          return;
        }
        synchronized (this) {
          requests.add(request);
        }
        String answer = script.answer(request);
        if (answer.isEmpty()) {
          return;
        }
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        if (answer.contains("\r\nConnection: close\r\n")) {
          return;
        }
      }
    } catch (IOException e) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.write(b);
    }
    String text = head.toString(StandardCharsets.UTF_8);
    int at = text.indexOf("Content-Length: ");
    if (at < 0) {
      return text;
    }
    int length = Integer.parseInt(text.substring(at + 16, text.indexOf('\r', at)));
    return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    hangUp();
  }
}
