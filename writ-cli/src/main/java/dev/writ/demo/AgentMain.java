package dev.writ.demo;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The agent as a process of its own. Each line of its standard input is an order, each line of its
 * standard output says what came of it; it ends when its input does.
 *
 * <ul>
 *   <li>{@code {"list":true}} gives {@code {"tools":[...]}};
 *   <li>{@code {"call":TOOL,"arguments":{...}}} gives {@code {"answered":RESULT,"toolError":...}},
 *       {@code {"refused":CODE,"message":...,"data":...}}, {@code {"unauthorized":...}} or {@code
 *       {"unavailable":...}}.
 * </ul>
 */
public final class AgentMain {
  private AgentMain() {}

  /** {@code --gateway URL --token FILE}: the file is read again at every request. */
  public static void main(String[] args) throws IOException {
    Arguments arguments;
    try {
      arguments = new Arguments(args, List.of("--gateway", "--token"));
    } catch (IllegalArgumentException e) {
      System.err.println("agent: " + e.getMessage());
      System.exit(2);
      return;
    }
    Path token = Path.of(arguments.required("--token"));
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Agent agent = new Agent(URI.create(arguments.required("--gateway")), () -> read(token))) {
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        byte[] answer = obey(agent, line).canonical();
        System.out.println(new String(answer, StandardCharsets.UTF_8));
      }
    }
    System.exit(0);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the token file cannot be read", e);
    }
  }

  /** Does what one line says. */
  static Json.Obj obey(Agent agent, String line) {
    Parsed<Json.Obj> parsed =
        Json.parseObject(line.getBytes(StandardCharsets.UTF_8), Json.Bounds.REQUEST);
    return switch (parsed) {
      case Parsed.Refused<Json.Obj>(var problems) ->
          Json.object().put("problem", problems.toString()).build();
      case Parsed.Ok<Json.Obj>(Json.Obj order) ->
          order.text("call").isPresent()
              ? say(
                  agent.call(
                      order.text("call").orElseThrow(),
                      order.object("arguments").orElse(Json.object().build())))
              : Json.object().put("tools", Json.strings(agent.tools())).build();
    };
  }

  private static Json.Obj say(Agent.Called called) {
    return switch (called) {
      case Agent.Called.Answered(Json.Obj result, boolean toolError) ->
          Json.object().put("answered", result).put("toolError", toolError).build();
      case Agent.Called.Refused(long code, String message, Json.Obj data) ->
          Json.object().put("refused", code).put("message", message).put("data", data).build();
      case Agent.Called.Unauthorized(String message) ->
          Json.object().put("unauthorized", message).build();
      case Agent.Called.Unavailable(String message) ->
          Json.object().put("unavailable", message).build();
    };
  }
}
