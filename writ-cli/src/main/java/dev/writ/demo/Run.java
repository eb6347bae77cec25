package dev.writ.demo;

import dev.writ.base.Json;
import dev.writ.terminal.Api;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The second half of the main job: a governed run, its delegation, its end, and what it leaves. */
final class Run {
  private static final String INVOICES = "ap-db/invoices";

  private final Stage stage;
  private final Demo demo;
  private final Transcript transcript;

  Run(Stage stage, Demo demo, Transcript transcript) {
    this.stage = stage;
    this.demo = demo;
    this.transcript = transcript;
  }

  /** The agents work, delegate, and lose everything when the task completes. */
  void govern(String writ) throws IOException {
    try (JavaProcess matcher = stage.agent("invoice-matcher");
        JavaProcess summariser = stage.agent("summariser")) {
      transcript.chapter("The agent runs: every call is decided before it happens");
      enrol(matcher, writ, Demo.MATCHER);
      enrol(summariser, writ, Demo.SUMMARISER);
      Json.Obj opened = said(matcher, "open", writ);
      String task = task(opened);
      transcript.say("It opens a task, " + task + ", with a token for minutes.");
      List<String> tools = Demo.texts(ask(matcher, Json.object().put("list", true)), "tools");
      transcript.say("It sees the tools " + String.join(", ", tools) + ", and no others.");
      calls(matcher);
      delegate(matcher, summariser);
      complete(matcher, summariser, task);
    }
  }

  private static String task(Json.Obj opened) {
    return opened.array("authorization_details").orElseThrow().stream()
        .map(d -> ((Json.Obj) d).text("task"))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }

  private void enrol(JavaProcess agent, String writ, String workload) throws IOException {
    said(agent, "enrol", demo.code(writ, workload));
    transcript.say(workload + " enrolled its own key with a one-time code.");
  }

  private static Json.Obj said(JavaProcess agent, String order, String value) throws IOException {
    return ask(agent, Json.object().put(order, value));
  }

  private static Json.Obj ask(JavaProcess agent, Json.Builder order) throws IOException {
    Json.Obj answer = agent.ask(order.build());
    if (answer.text("problem").isPresent()) {
      throw new IOException("the agent could not: " + Stage.text(answer));
    }
    return answer;
  }

  private void calls(JavaProcess matcher) throws IOException {
    call(matcher, "list_invoices", Map.of("supplier", "sup-118"), "returned");
    call(matcher, "get_invoice", Map.of("supplier", "sup-118", "invoice", "inv-7001"), "returned");
    update(matcher, "sup-118", "inv-7001", "matched", "returned");
    update(matcher, "sup-204", "inv-7003", "matched", "refused");
    update(matcher, "sup-118", "inv-7002", "disputed", "refused");
    call(
        matcher,
        "create_payment",
        Map.of("supplier", "sup-118", "invoice", "inv-7001", "amount", "1200.00"),
        "refused");
    call(matcher, "list_invoices", Map.of("supplier", "sup-311"), "refused");
    call(matcher, "drop_everything", Map.of(), "refused");
    call(matcher, "get_invoice", Map.of("supplier", "sup-118", "invoice", "inv-7099"), "failed");
  }

  private void update(
      JavaProcess matcher, String supplier, String invoice, String status, String due)
      throws IOException {
    call(
        matcher,
        "update_invoice",
        Map.of("supplier", supplier, "invoice", invoice, "status", status),
        due);
  }

  /** One call, told and recorded; anything but the outcome that is due stops the demonstration. */
  private void call(JavaProcess agent, String tool, Map<String, String> arguments, String due)
      throws IOException {
    Json.Builder json = Json.object();
    new TreeMap<>(arguments).forEach((name, value) -> json.put(name, value));
    Json.Obj answer =
        agent.ask(Json.object().put("call", tool).put("arguments", json.build()).build());
    Called called = Called.of(answer);
    transcript.say(
        called.decision()
            + "  "
            + tool
            + " "
            + String.join(" ", new TreeMap<>(arguments).values())
            + " — "
            + called.told());
    transcript.record(
        Json.object()
            .put("step", "call")
            .put("tool", tool)
            .put("decision", called.decision())
            .put("policies", Json.strings(called.policies()))
            .put("outcome", called.outcome())
            .put("reason", called.reason())
            .put("told", called.told())
            .build());
    if (!called.outcome().equals(due)) {
      throw new IllegalStateException(tool + " was " + called.outcome() + ", not " + due);
    }
  }

  /** A call's end as the transcript names it. */
  private record Called(
      String decision, List<String> policies, String outcome, String reason, String told) {
    static Called of(Json.Obj answer) {
      if (answer.object("answered").isPresent()) {
        Json.Obj meta =
            answer.object("answered").get().object("_meta").orElse(Json.object().build());
        long rows = rows(answer.object("answered").get());
        return new Called(
            "allow",
            Demo.texts(meta, "dev.writ/policies"),
            "returned",
            "permitted",
            rows + " rows");
      }
      Json.Obj data = answer.object("data").orElse(Json.object().build());
      String reason = data.text("reason").orElse("unknown");
      String message = answer.text("message").orElse("");
      boolean denied = answer.integer("refused").equals(Optional.of(-32001L));
      return new Called(
          denied ? "deny" : "allow",
          Demo.texts(data, "policies"),
          denied ? "refused" : "failed",
          reason,
          (denied ? "refused: " : "failed: ") + message + because(denied, data, reason));
    }

    /** A denial by no policy is one by default: nothing granted it. */
    private static String because(boolean denied, Json.Obj data, String reason) {
      List<String> policies = Demo.texts(data, "policies");
      if (!denied) {
        return "";
      }
      return policies.isEmpty()
          ? " (" + reason + ": no policy permits it)"
          : " (" + reason + " by " + String.join(", ", policies) + ")";
    }

    private static long rows(Json.Obj result) {
      return result
          .object("structuredContent")
          .flatMap(c -> c.array("rows"))
          .map(List::size)
          .orElse(0);
    }
  }

  private void delegate(JavaProcess matcher, JavaProcess summariser) throws IOException {
    transcript.chapter("Delegation only shrinks authority");
    String token = ask(matcher, Json.object().put("hand", true)).text("token").orElseThrow();
    Json.Obj narrowed =
        ask(
            summariser,
            Json.object().put("exchange", token).put("permissions", permissions("sup-118")));
    transcript.say("The summariser exchanges it for one that reaches sup-118 alone.");
    transcript.record(
        Json.object()
            .put("step", "delegate")
            .put("actor", Demo.SUMMARISER)
            .put("authorization_details", narrowed.get("authorization_details").orElseThrow())
            .build());
    call(summariser, "list_invoices", Map.of("supplier", "sup-118"), "returned");
    call(summariser, "list_invoices", Map.of("supplier", "sup-204"), "refused");
    Json.Obj wider =
        summariser.ask(
            Json.object()
                .put("exchange", token)
                .put("permissions", permissions("sup-311"))
                .build());
    String problem =
        wider.text("problem").orElseThrow(() -> new IllegalStateException("a token was widened"));
    transcript.say("It asks for sup-311 as well and is refused: " + message(wider));
    transcript.record(
        Json.object().put("step", "widen").put("refused", true).put("problem", problem).build());
  }

  private static String message(Json.Obj answer) {
    return answer.text("message").orElse("");
  }

  private static Json.Arr permissions(String supplier) {
    return Json.array(
        List.of(
            Json.object()
                .put("actions", Json.strings(List.of("read")))
                .put("resource", INVOICES)
                .put("environment", "staging")
                .put(
                    "targets",
                    Json.object().put("supplier", Json.strings(List.of(supplier))).build())
                .put("limits", Json.object().build())
                .build()));
  }

  private void complete(JavaProcess matcher, JavaProcess summariser, String task)
      throws IOException {
    transcript.chapter("The task completes, and everything it derived is revoked");
    long revoked;
    try (Api requester = demo.requester()) {
      Json.Obj done = requester.post("/v1/tasks/" + task + "/complete", Json.object().build());
      revoked = done.integer("revoked").orElseThrow();
    }
    transcript.say(revoked + " live tokens were revoked by one recorded fact.");
    transcript.record(
        Json.object().put("step", "complete").put("task", task).put("revoked", revoked).build());
    after(matcher, "invoice-matcher");
    after(summariser, "summariser");
  }

  private void after(JavaProcess agent, String name) throws IOException {
    Json.Obj call =
        agent.ask(
            Json.object()
                .put("call", "list_invoices")
                .put("arguments", Json.object().put("supplier", "sup-118").build())
                .build());
    boolean atGateway = call.object("answered").isEmpty();
    Json.Obj introspected = ask(agent, Json.object().put("introspect", true));
    boolean atIssuer = introspected.get("active").equals(Optional.of(new Json.Bool(false)));
    transcript.say(
        name
            + "'s old token: "
            + (atGateway ? "refused" : "TAKEN")
            + " at the gateway, "
            + (atIssuer ? "inactive" : "ACTIVE")
            + " at introspection.");
    if (!atGateway || !atIssuer) {
      throw new IllegalStateException("a revoked token was honoured");
    }
    transcript.record(
        Json.object()
            .put("step", "after")
            .put("agent", name)
            .put("refused", true)
            .put("gateway", "refused")
            .put("introspection", "inactive")
            .build());
  }
}
