package dev.writ.server.gateway;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A tool server built with the official SDK, on Jetty. */
final class SdkToolServer implements AutoCloseable {
  private final Server jetty = new Server();
  private final ServerConnector connector = new ServerConnector(jetty);
  private final McpSyncServer mcp;
  private final AtomicInteger called = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);

  SdkToolServer() throws Exception {
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(McpJsonDefaults.getMapper())
            .mcpEndpoint("/mcp")
            .build();
    mcp =
        McpServer.sync(transport)
            .serverInfo("tools", "1")
            .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
            .toolCall(tool("echo"), (exchange, request) -> echo(request))
            .toolCall(
                tool("fail"),
                (exchange, request) -> {
                  called.incrementAndGet();
                  throw new IllegalStateException("the disk is on fire");
                })
            .toolCall(tool("sorry"), (exchange, request) -> sorry())
            .toolCall(tool("slow"), (exchange, request) -> slow())
            .toolCall(tool("big"), (exchange, request) -> big())
            .build();
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(transport);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/mcp");
    jetty.setHandler(context);
    jetty.start();
  }

  private static McpSchema.Tool tool(String name) {
    return McpSchema.Tool.builder(name, Map.of("type", "object")).description(name).build();
  }

  private CallToolResult echo(McpSchema.CallToolRequest request) {
    called.incrementAndGet();
    return CallToolResult.builder()
        .addTextContent("you said " + request.arguments())
        .structuredContent(Map.of("rows", List.of(1, 2, 3), "arguments", request.arguments()))
        .build();
  }

  private CallToolResult sorry() {
    called.incrementAndGet();
    return CallToolResult.builder().addTextContent("no such invoice").isError(true).build();
  }

  private CallToolResult slow() {
    called.incrementAndGet();
    try {
      release.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return CallToolResult.builder().addTextContent("at last").build();
  }

  private CallToolResult big() {
    called.incrementAndGet();
    return CallToolResult.builder().addTextContent("x".repeat(2_000_000)).build();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/mcp");
  }

  String hostAndPort() {
    return "127.0.0.1:" + connector.getLocalPort();
  }

  int called() {
    return called.get();
  }

  @Override
  public void close() {
    release.countDown();
    mcp.close();
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
