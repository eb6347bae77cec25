package dev.writ.server.runner;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Map;

/** A stdio tool server built with the official SDK; run as a program of its own. */
public final class StdioToolServer {
  private StdioToolServer() {}

  /** Serves until its standard input ends. */
  public static void main(String[] args) {
    McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
        .serverInfo("stdio tools", "1")
        .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
        .toolCall(tool("whoami"), (exchange, request) -> whoAmI())
        .toolCall(
            tool("die"),
            (exchange, request) -> {
              Runtime.getRuntime().halt(3);
              return CallToolResult.builder().build();
            })
        .build();
  }

  private static McpSchema.Tool tool(String name) {
    return McpSchema.Tool.builder(name, Map.of("type", "object")).description(name).build();
  }

  private static CallToolResult whoAmI() {
    return CallToolResult.builder()
        .addTextContent(System.getProperty("user.name") + " " + System.getenv())
        .structuredContent(Map.of("environment", System.getenv().size()))
        .build();
  }
}
