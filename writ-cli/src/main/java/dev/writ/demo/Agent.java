package dev.writ.demo;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An agent's connection to its tools: the official SDK's client, which needs to know nothing of
 * Writ but a URL and a token.
 */
public final class Agent implements AutoCloseable {
  private static final Json.Bounds ANSWER = new Json.Bounds(4 << 20, 64, 400_000, false);
  private final McpSyncClient client;

  /** What came of a call, as the agent sees it. */
  public sealed interface Called {
    /** The tool's answer; {@code toolError} when it says itself that it failed. */
    record Answered(Json.Obj result, boolean toolError) implements Called {}

    /**
     * A JSON-RPC error.
     *
     * @param code −32001 when denied, −32003 when allowed without an answer
     * @param data reason, policies, next step and call, as the gateway names them
     */
    record Refused(long code, String message, Json.Obj data) implements Called {}

    /** The token is not good, or no longer. */
    record Unauthorized(String message) implements Called {}

    /** Nobody is there, or nobody can decide. */
    record Unavailable(String message) implements Called {}
  }

  /**
   * Connects when first used.
   *
   * @param gateway the MCP endpoint, such as {@code http://127.0.0.1:7480/mcp}
   * @param token asked for the access token at every request
   */
  public Agent(URI gateway, Supplier<String> token) {
    String origin = gateway.resolve("/").toString();
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(origin.substring(0, origin.length() - 1))
            .endpoint(gateway.getPath())
            .addHttpRequestCustomizer((builder, method, uri, body, context) ->
                builder.setHeader("Authorization", "Bearer " + token.get()))
            .build();
    this.client =
        McpClient.sync(transport)
            .clientInfo(McpSchema.Implementation.builder("invoice-matcher", "1").build())
            .requestTimeout(Duration.ofSeconds(30))
            .build();
  }

  /** The names of the tools it may see, in the gateway's order. */
  public List<String> tools() {
    return client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
  }

  /** Calls a tool; every kind of failure is an answer. */
  public Called call(String tool, Json.Obj arguments) {
    try {
      Map<String, Object> map =
          McpJsonDefaults.getMapper()
              .readValue(
                  new String(arguments.canonical(), StandardCharsets.UTF_8),
                  new io.modelcontextprotocol.json.TypeRef<Map<String, Object>>() {});
      CallToolResult result = client.callTool(CallToolRequest.builder(tool).arguments(map).build());
      return new Called.Answered(json(result), Boolean.TRUE.equals(result.isError()));
    } catch (McpError e) {
      var error = e.getJsonRpcError();
      return new Called.Refused(error.code(), error.message(), json(error.data()));
    } catch (RuntimeException | IOException e) {
      return unreached(e);
    }
  }

  private static Called unreached(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof McpHttpClientTransportAuthorizationException) {
        return new Called.Unauthorized(String.valueOf(at.getMessage()));
      }
    }
    return new Called.Unavailable(String.valueOf(e.getMessage()));
  }

  private static Json.Obj json(@org.jspecify.annotations.Nullable Object value) {
    try {
      byte[] bytes = McpJsonDefaults.getMapper().writeValueAsBytes(value);
      return switch (Json.parseObject(bytes, ANSWER)) {
        case Parsed.Ok<Json.Obj>(Json.Obj obj) -> obj;
        case Parsed.Refused<Json.Obj> refused -> Json.object().build();
      };
    } catch (IOException e) {
      return Json.object().build();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
