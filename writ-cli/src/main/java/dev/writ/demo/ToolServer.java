package dev.writ.demo;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * An ordinary MCP tool server of the demonstration's company, built with the official SDK. It knows
 * nothing of Writ and guards nothing itself: whoever reaches it may do everything it offers.
 */
public final class ToolServer implements AutoCloseable {
  private final Server jetty = new Server();
  private final ServerConnector connector = new ServerConnector(jetty);
  private final Payables payables;
  private final McpSyncServer mcp;

  private ToolServer(Payables payables, int port) {
    this.payables = payables;
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(McpJsonDefaults.getMapper())
            .mcpEndpoint("/mcp")
            .build();
    this.mcp =
        McpServer.sync(transport)
            .serverInfo("accounts-payable", "1")
            .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
            .toolCall(
                tool("list_invoices", "List a supplier's invoices.", "supplier"),
                (exchange, call) -> rows(() -> payables.invoices(text(call, "supplier"))))
            .toolCall(
                tool("get_invoice", "Read one invoice.", "supplier", "invoice"),
                (exchange, call) -> invoice(text(call, "invoice")))
            .toolCall(
                tool(
                    "update_invoice",
                    "Change the status of one invoice.",
                    "supplier",
                    "invoice",
                    "status"),
                (exchange, call) ->
                    rows(() ->
                        payables.update(
                            text(call, "supplier"), text(call, "invoice"), text(call, "status"))))
            .toolCall(
                tool("list_purchase_orders", "List a supplier's purchase orders.", "supplier"),
                (exchange, call) -> rows(() -> payables.orders(text(call, "supplier"))))
            .toolCall(
                tool("create_payment", "Pay an invoice.", "invoice", "amount"),
                (exchange, call) ->
                    rows(() -> List.of(payables.pay(text(call, "invoice"), text(call, "amount")))))
            .toolCall(
                tool("export_invoices", "Export every invoice."),
                (exchange, call) -> rows(() -> payables.invoices("")))
            .build();
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(transport);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/mcp");
    jetty.setHandler(context);
  }

  /** A query that fails the way databases do. */
  @FunctionalInterface
  private interface Query {
    List<Map<String, Object>> run() throws SQLException;
  }

  /**
   * Runs until standard input ends. Prints its URL as one line once it listens.
   *
   * <p>{@code --jdbc-url URL --credentials FILE [--port N]}: the database, a file of Java
   * properties with {@code user} and {@code password}, and a port, by default any free one.
   */
  public static void main(String[] args) throws Exception {
    Arguments arguments;
    try {
      arguments = new Arguments(args, List.of("--jdbc-url", "--credentials", "--port"));
      Payables payables =
          new Payables(
              arguments.required("--jdbc-url"), Path.of(arguments.required("--credentials")));
      payables.prepare();
      int port = Integer.parseInt(arguments.orElse("--port", "0"));
      try (ToolServer server = start(payables, port)) {
        System.out.println(server.url());
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
      }
    } catch (IllegalArgumentException | SQLException | IOException e) {
      System.err.println("tool server: " + e.getMessage());
      System.exit(2);
    }
    System.exit(0);
  }

  /** Listens on loopback, on this port or with 0 on any free one. */
  static ToolServer start(Payables payables, int port) throws IOException {
    ToolServer server = new ToolServer(payables, port);
    try {
      server.jetty.start();
    } catch (Exception e) {
      server.close();
      throw new IOException("cannot listen on port " + port, e);
    }
    return server;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/mcp");
  }

  private static McpSchema.Tool tool(String name, String description, String... arguments) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String argument : arguments) {
      properties.put(argument, Map.of("type", "string"));
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", List.of(arguments));
    schema.put("additionalProperties", false);
    return McpSchema.Tool.builder(name, schema).description(description).build();
  }

  private static String text(CallToolRequest call, String name) {
    return call.arguments().get(name) instanceof String text ? text : "";
  }

  private CallToolResult invoice(String invoice) {
    return rows(() -> payables.invoice(invoice).stream().toList());
  }

  /** Rows as structured content and as text, for clients that read only text. */
  private static CallToolResult rows(Query query) {
    try {
      List<Map<String, Object>> rows = query.run();
      Map<String, Object> content = Map.of("rows", rows);
      return CallToolResult.builder()
          .structuredContent(content)
          .addTextContent(McpJsonDefaults.getMapper().writeValueAsString(content))
          .isError(false)
          .build();
    } catch (SQLException | IOException e) {
      return CallToolResult.builder()
          .addTextContent("the database refused: " + e.getMessage())
          .isError(true)
          .build();
    }
  }

  @Override
  public void close() {
    mcp.close();
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the tool server does not stop", e);
    }
  }
}
