package dev.writ.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.writ.base.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A tool server on loopback that counts the calls it sees and can keep its answers to itself. */
final class CountingTools implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch greeted = new CountDownLatch(1);
  private final CountDownLatch answering = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final boolean holdsGreeting;
  private final Predicate<Json.Obj> keeps;

  private CountingTools(boolean holdsGreeting, Predicate<Json.Obj> keeps) throws IOException {
    this.holdsGreeting = holdsGreeting;
    this.keeps = keeps;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/mcp", this::handle);
    server.start();
  }

  /** Answers everything at once. */
  static CountingTools prompt() throws IOException {
    return new CountingTools(false, arguments -> false);
  }

  /** Never answers calls with such arguments. */
  static CountingTools keeping(Predicate<Json.Obj> arguments) throws IOException {
    return new CountingTools(false, arguments);
  }

  /** Takes the handshake and answers it only when told to. */
  static CountingTools holdingTheHandshake() throws IOException {
    return new CountingTools(true, arguments -> false);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many tool calls arrived. */
  int calls() {
    return calls.get();
  }

  /** Waits until a handshake has begun. */
  void awaitHandshake() throws InterruptedException {
    greeted.await();
  }

  /** Waits until a call came that will not be answered. */
  void awaitKept() throws InterruptedException {
    answering.await();
  }

  /** Answers what was held. */
  void release() {
    released.countDown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      Json.Obj message = Json.parseObject(body, Json.Bounds.REQUEST).orThrow();
      switch (message.text("method").orElse("")) {
        case "initialize" -> {
          greeted.countDown();
          if (holdsGreeting) {
            released.await();
          }
          answer(exchange, message, greeting());
        }
        case "tools/call" -> {
          calls.incrementAndGet();
          if (keeps.test(arguments(message))) {
            answering.countDown();
            released.await();
          }
          answer(exchange, message, rows());
        }
        default -> exchange.sendResponseHeaders(202, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Json.Obj arguments(Json.Obj message) {
    return message.object("params").flatMap(p -> p.object("arguments")).orElseThrow();
  }

  private static Json.Obj greeting() {
    return Json.object()
        .put("protocolVersion", "2025-11-25")
        .put("capabilities", Json.object().put("tools", Json.object().build()).build())
        .put("serverInfo", Json.object().put("name", "counting").put("version", "1").build())
        .build();
  }

  private static Json.Obj rows() {
    return Json.object()
        .put("content", Json.array(List.of()))
        .put("structuredContent", Json.object().put("rows", Json.array(List.of())).build())
        .build();
  }

  private static void answer(HttpExchange exchange, Json.Obj request, Json.Obj result)
      throws IOException {
    byte[] bytes =
        Json.object()
            .put("jsonrpc", "2.0")
            .put("id", request.get("id").orElseThrow())
            .put("result", result)
            .build()
            .canonical();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }
}
