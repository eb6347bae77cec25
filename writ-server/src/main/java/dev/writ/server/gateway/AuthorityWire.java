package dev.writ.server.gateway;

import dev.writ.base.CallId;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.fact.Fact;
import dev.writ.server.gateway.CallOutcome.Ending;
import dev.writ.server.upstream.Mcp;
import dev.writ.server.upstream.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What gateway and authority say to each other between processes, as JSON. */
final class AuthorityWire {
  /** A batch of the largest outcomes, their results escaped once more. */
  static final int LONGEST_BODY = 192 << 20;

  static final Json.Bounds SMALL = new Json.Bounds(4 << 20, 64, 400_000, false);
  static final Json.Bounds LARGE = new Json.Bounds(LONGEST_BODY, 8, 10_000, false);

  private AuthorityWire() {}

  /** Reads fields and collects what is wrong with them. */
  private static final class Fields {
    private final Json.Obj from;
    private final List<Problem> problems = new ArrayList<>();

    Fields(Json.Obj from) {
      this.from = from;
    }

    String text(String name) {
      Optional<String> text = from.text(name);
      if (text.isEmpty()) {
        problems.add(new Problem(name, "`" + name + "` is missing", "update both processes"));
      }
      return text.orElse("");
    }

    long number(String name) {
      Optional<Long> number = from.integer(name);
      if (number.isEmpty()) {
        problems.add(new Problem(name, "`" + name + "` is missing", "update both processes"));
      }
      return number.orElse(0L);
    }

    Json.Obj object(String name) {
      Optional<Json.Obj> object = from.object(name);
      if (object.isEmpty()) {
        problems.add(new Problem(name, "`" + name + "` is missing", "update both processes"));
      }
      return object.orElse(Json.object().build());
    }

    List<String> texts(String name) {
      List<String> texts = new ArrayList<>();
      for (Json item : from.array(name).orElse(List.of())) {
        if (item instanceof Json.Str(String text)) {
          texts.add(text);
        }
      }
      return texts;
    }

    /** The value, unless something was missing or the constructor refuses. */
    <T> Parsed<T> make(java.util.function.Supplier<T> maker) {
      if (!problems.isEmpty()) {
        return Parsed.refused(problems);
      }
      try {
        return Parsed.ok(maker.get());
      } catch (IllegalArgumentException e) {
        return Parsed.refused("", String.valueOf(e.getMessage()), "update both processes");
      }
    }
  }

  static Json.Obj question(CallQuestion question) {
    return Json.object()
        .put("token", question.token().value())
        .put("task", question.task().value())
        .put("tool", question.tool())
        .put("arguments", question.arguments())
        .put("key", question.callerKey())
        .build();
  }

  static Parsed<CallQuestion> question(Json.Obj json) {
    Fields f = new Fields(json);
    String token = f.text("token");
    String task = f.text("task");
    String tool = f.text("tool");
    Json.Obj arguments = f.object("arguments");
    String key = f.text("key");
    return f.make(() ->
        new CallQuestion(
            new TokenId(token), new TaskId(task), tool, arguments, Digest.parse(key).orThrow()));
  }

  static Json.Obj decided(Decided decided) {
    return switch (decided) {
      case Decided.Allowed a -> {
        Json.Builder counters = Json.object();
        a.counters().forEach(counters::put);
        yield Json.object()
            .put("decided", "allowed")
            .put("call", a.call().value())
            .put("sendWithinNanos", a.sendWithin().toNanos())
            .put("upstream", a.upstream().toJson())
            .put("tool", a.upstreamTool())
            .put("arguments", a.arguments())
            .put("hangsOn", Json.strings(a.hangsOn()))
            .put("counters", counters.build())
            .put("policies", Json.strings(a.policies()))
            .build();
      }
      case Decided.Denied d ->
          Json.object()
              .put("decided", "denied")
              .putIfPresent("call", d.call().map(c -> Json.of(c.value())))
              .put("reason", d.reason())
              .put("policies", Json.strings(d.policies()))
              .put("message", d.message())
              .put("next", d.next())
              .build();
      case Decided.Refused(String reason, String message) ->
          Json.object()
              .put("decided", "refused")
              .put("reason", reason)
              .put("message", message)
              .build();
      case Decided.Repeated(CallId call) ->
          Json.object().put("decided", "repeated").put("call", call.value()).build();
    };
  }

  static Parsed<Decided> decided(Json.Obj json) {
    Fields f = new Fields(json);
    String kind = f.text("decided");
    return switch (kind) {
      case "allowed" -> allowed(f);
      case "denied" -> {
        String reason = f.text("reason");
        String message = f.text("message");
        String next = f.text("next");
        yield f.make(() ->
            new Decided.Denied(
                json.text("call").map(CallId::new), reason, f.texts("policies"), message, next));
      }
      case "refused" -> {
        String reason = f.text("reason");
        String message = f.text("message");
        yield f.make(() -> new Decided.Refused(reason, message));
      }
      case "repeated" -> {
        String call = f.text("call");
        yield f.make(() -> new Decided.Repeated(new CallId(call)));
      }
      default -> Parsed.refused("decided", "an unknown decision", "update both processes");
    };
  }

  private static Parsed<Decided> allowed(Fields f) {
    String call = f.text("call");
    long nanos = f.number("sendWithinNanos");
    String tool = f.text("tool");
    Json.Obj arguments = f.object("arguments");
    Json.Obj upstream = f.object("upstream");
    TreeMap<String, String> counters = new TreeMap<>();
    f.object("counters")
        .members()
        .forEach((name, pointer) -> {
          if (pointer instanceof Json.Str(String text)) {
            counters.put(name, text);
          }
        });
    return f.make(() ->
        new Decided.Allowed(
            new CallId(call),
            Duration.ofNanos(nanos),
            Upstream.parse(upstream).orThrow(),
            tool,
            arguments,
            f.texts("hangsOn"),
            counters,
            f.texts("policies")));
  }

  static Json.Obj outcomes(List<CallOutcome> outcomes) {
    return Json.object()
        .put("outcomes", Json.array(outcomes.stream().map(AuthorityWire::outcome).toList()))
        .build();
  }

  private static Json.Obj outcome(CallOutcome outcome) {
    Json.Builder out =
        Json.object().put("call", outcome.call().value()).put("task", outcome.task().value());
    return switch (outcome.ending()) {
      case Ending.Returned(String result, boolean toolError, NavigableMap<String, Long> used) -> {
        Json.Builder counts = Json.object();
        used.forEach(counts::put);
        yield out.put("ending", "returned")
            .put("result", result)
            .put("toolError", toolError)
            .put("used", counts.build())
            .build();
      }
      case Ending.Failed(String cause) -> out.put("ending", "failed").put("cause", cause).build();
      case Ending.Lost(Fact.Sent sent) ->
          out.put("ending", "lost").put("sent", sent.name().toLowerCase(Locale.ROOT)).build();
    };
  }

  static Parsed<List<CallOutcome>> outcomes(Json.Obj json) {
    List<CallOutcome> outcomes = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    List<Json> items = json.array("outcomes").orElse(List.of());
    if (items.isEmpty() || items.size() > Authority.MOST_OUTCOMES) {
      problems.add(new Problem("outcomes", "not 1 to 64 outcomes", "send fewer"));
    }
    for (Json item : items) {
      switch (item instanceof Json.Obj obj ? outcome(obj) : notAnObject()) {
        case Parsed.Ok<CallOutcome>(CallOutcome outcome) -> outcomes.add(outcome);
        case Parsed.Refused<CallOutcome>(var why) -> problems.addAll(why);
      }
    }
    return problems.isEmpty() ? Parsed.ok(outcomes) : Parsed.refused(problems);
  }

  private static Parsed<CallOutcome> notAnObject() {
    return Parsed.refused("outcomes", "not an object", "update both processes");
  }

  private static Parsed<CallOutcome> outcome(Json.Obj json) {
    Fields f = new Fields(json);
    String call = f.text("call");
    String task = f.text("task");
    String kind = f.text("ending");
    return f.make(() -> new CallOutcome(new CallId(call), new TaskId(task), ending(kind, json)));
  }

  private static Ending ending(String kind, Json.Obj json) {
    return switch (kind) {
      case "returned" -> {
        String result = json.text("result").orElse("");
        // Strangers' bytes once more: what cannot be read is not recorded as a result.
        Json.parseObject(result.getBytes(StandardCharsets.UTF_8), Mcp.ANSWER).orThrow();
        TreeMap<String, Long> used = new TreeMap<>();
        json.object("used").map(Json.Obj::members).orElse(Map.of()).entrySet().stream()
            .filter(e -> e.getValue() instanceof Json.Int)
            .forEach(e -> used.put(e.getKey(), ((Json.Int) e.getValue()).value()));
        boolean toolError = json.get("toolError").equals(Optional.of(Json.of(true)));
        yield new Ending.Returned(result, toolError, used);
      }
      case "failed" -> new Ending.Failed(json.text("cause").orElse("unknown"));
      case "lost" ->
          new Ending.Lost(Fact.Sent.valueOf(json.text("sent").orElse("").toUpperCase(Locale.ROOT)));
      default -> throw new IllegalArgumentException("an unknown ending");
    };
  }

  static Json.Obj seen(ToolsSeen seen) {
    return switch (seen) {
      case ToolsSeen.Listed(List<ToolsSeen.Tool> tools) ->
          Json.object()
              .put("tools", Json.array(tools.stream().map(ToolsSeen.Tool::toJson).toList()))
              .build();
      case ToolsSeen.Refused(String reason, String message) ->
          Json.object().put("reason", reason).put("message", message).build();
    };
  }

  static Parsed<ToolsSeen> seen(Json.Obj json) {
    Fields f = new Fields(json);
    if (json.get("tools").isEmpty()) {
      String reason = f.text("reason");
      String message = f.text("message");
      return f.make(() -> new ToolsSeen.Refused(reason, message));
    }
    List<ToolsSeen.Tool> tools = new ArrayList<>();
    for (Json item : json.array("tools").orElse(List.of())) {
      Fields tool = new Fields(item instanceof Json.Obj obj ? obj : Json.object().build());
      String name = tool.text("name");
      String description = tool.text("description");
      Json.Obj schema = tool.object("inputSchema");
      switch (tool.make(() -> new ToolsSeen.Tool(name, description, schema))) {
        case Parsed.Ok<ToolsSeen.Tool>(ToolsSeen.Tool made) -> tools.add(made);
        case Parsed.Refused<ToolsSeen.Tool>(var problems) -> f.problems.addAll(problems);
      }
    }
    return f.make(() -> new ToolsSeen.Listed(tools));
  }

  static Json.Obj batch(RevocationFeed.Batch batch) {
    return Json.object()
        .put("next", batch.next())
        .put("ids", Json.strings(batch.ids()))
        .put("gap", batch.gap())
        .build();
  }

  static Parsed<RevocationFeed.Batch> batch(Json.Obj json) {
    Fields f = new Fields(json);
    long next = f.number("next");
    boolean gap = !json.get("gap").equals(Optional.of(Json.of(false)));
    return f.make(() -> new RevocationFeed.Batch(next, f.texts("ids"), gap));
  }
}
