package dev.writ.demo;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.terminal.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The agent as a process of its own, with a key of its own. Each line of its standard input is an
 * order, each line of its standard output says what came of it; it ends when its input does.
 *
 * <ul>
 *   <li>{@code {"enrol":CODE}} enrols its key with a one-time code;
 *   <li>{@code {"open":WRIT}} opens a task and keeps its token: {@code {"task":...}};
 *   <li>{@code {"exchange":TOKEN,"permissions":[...]}} keeps a narrower token;
 *   <li>{@code {"hand":true}} gives the token it holds, to be handed to another agent;
 *   <li>{@code {"introspect":true}} asks whether its token is active;
 *   <li>{@code {"list":true}} gives {@code {"tools":[...]}};
 *   <li>{@code {"call":TOOL,"arguments":{...}}} gives {@code {"answered":RESULT,"toolError":...}},
 *       {@code {"refused":CODE,"message":...,"data":...}}, {@code {"unauthorized":...}} or {@code
 *       {"unavailable":...}}.
 * </ul>
 *
 * An order the authorization server refuses gives {@code {"problem":NAME,"message":...}}.
 */
public final class AgentMain {
  private final Optional<AgentIdentity> known;
  private final URI gateway;
  private String token = "";
  private Optional<Agent> agent = Optional.empty();

  /**
   * @param identity absent for an agent that can only call
   */
  AgentMain(Optional<AgentIdentity> identity, URI gateway) {
    this.known = identity;
    this.gateway = gateway;
  }

  /** {@code --issuer URL --gateway URL}. */
  public static void main(String[] args) throws IOException {
    Arguments arguments;
    try {
      arguments = new Arguments(args, List.of("--issuer", "--gateway"));
    } catch (IllegalArgumentException e) {
      System.err.println("agent: " + e.getMessage());
      System.exit(2);
      return;
    }
    AgentIdentity identity = new AgentIdentity(URI.create(arguments.required("--issuer")));
    AgentMain main =
        new AgentMain(Optional.of(identity), URI.create(arguments.required("--gateway")));
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      System.out.println(new String(main.obey(line).canonical(), StandardCharsets.UTF_8));
    }
    main.agent.ifPresent(Agent::close);
    System.exit(0);
  }

  /** Does what one line says. */
  Json.Obj obey(String line) {
    Parsed<Json.Obj> parsed =
        Json.parseObject(line.getBytes(StandardCharsets.UTF_8), Json.Bounds.REQUEST);
    try {
      return switch (parsed) {
        case Parsed.Refused<Json.Obj>(var problems) -> problem("order", problems.toString());
        case Parsed.Ok<Json.Obj>(Json.Obj order) -> obey(order);
      };
    } catch (Failure failure) {
      return problem(failure.name(), String.valueOf(failure.getMessage()));
    }
  }

  private Json.Obj obey(Json.Obj order) {
    if (order.text("call").isPresent()) {
      Json.Obj arguments = order.object("arguments").orElse(Json.object().build());
      return say(agent().call(order.text("call").get(), arguments));
    }
    if (order.get("list").isPresent()) {
      return Json.object().put("tools", Json.strings(agent().tools())).build();
    }
    return known
        .map(identity -> obey(identity, order))
        .orElseGet(() -> problem("no-identity", "this agent has no key"));
  }

  private Json.Obj obey(AgentIdentity identity, Json.Obj order) {
    if (order.text("enrol").isPresent()) {
      return identity.enrol(order.text("enrol").get());
    }
    if (order.text("open").isPresent()) {
      return keep(identity.open(order.text("open").get()));
    }
    if (order.text("exchange").isPresent()) {
      Json.Arr permissions = Json.array(order.array("permissions").orElse(List.of()));
      return keep(identity.exchange(order.text("exchange").get(), permissions));
    }
    if (order.get("hand").isPresent()) {
      return Json.object().put("token", token).build();
    }
    if (order.get("introspect").isPresent()) {
      return identity.introspect(token);
    }
    return problem("order", "no such order");
  }

  /** Keeps the token and says everything else of the reply. */
  private Json.Obj keep(Json.Obj reply) {
    token = reply.text("access_token").orElseThrow();
    Json.Builder out = Json.object();
    reply
        .members()
        .forEach((name, value) -> {
          if (!name.equals("access_token")) {
            out.put(name, value);
          }
        });
    return out.build();
  }

  /** The connection to the tools; the token is asked for at every request. */
  private Agent agent() {
    Agent connected = agent.orElseGet(() -> new Agent(gateway, () -> token));
    agent = Optional.of(connected);
    return connected;
  }

  private static Json.Obj problem(String name, String message) {
    return Json.object().put("problem", name).put("message", message).build();
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
