package dev.writ.fault;

import dev.writ.base.Json;
import dev.writ.terminal.Api;
import dev.writ.vocabulary.Shipped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The example company's people at one server: they publish, ask, approve and stop. */
final class Company {
  static final String FOUNDER = "helen.osei";
  static final String AUDITOR = "marta.silva";
  static final String MATCHER = "spiffe://brightwater.example/finance/invoice-matcher";
  private static final String OPERATOR = "ilse.varga";
  private static final String REQUESTER = "noor.haddad";
  private static final String PUBLISHER = "tomas.lind";
  private static final String PROMPT =
      "Let the invoice matcher read supplier invoices of Acorn Paper and Birch Logistics in staging"
          + " for 2 weeks. It is for accounts payable. Never export supplier invoices.";

  private final URI server;

  Company(URI server) {
    this.server = server;
  }

  /** A person, signed in. */
  Api as(String person) {
    try (Api anonymous = new Api(server, Optional.empty())) {
      Json.Obj session =
          anonymous.post("/v1/sessions", Json.object().put("person", person).build());
      return new Api(server, session.text("token"));
    }
  }

  Api requester() {
    return as(REQUESTER);
  }

  /** Somebody with the operator's duty, signed in. */
  Api operator() {
    try (Api founder = as(FOUNDER)) {
      appoint(founder, OPERATOR, "operator");
    }
    return as(OPERATOR);
  }

  /** Duties, catalogue, policies and a writ in force; its id. */
  String writ(URI tools) {
    return writ(tools, "");
  }

  /**
   * The same under more guardrails.
   *
   * @param guardrails Cedar, put after the baseline's
   */
  String writ(URI tools, String guardrails) {
    try (Api founder = as(FOUNDER);
        Api publisher = as(PUBLISHER)) {
      appoint(founder, PUBLISHER, "publisher");
      appoint(founder, AUDITOR, "auditor");
      publish(
          publisher,
          "/v1/catalogue",
          Api.YAML,
          Shipped.text(Shipped.BRIGHTWATER).replace("http://127.0.0.1:7411/mcp", tools.toString()));
      publish(
          publisher, "/v1/policies/admission", Api.TEXT, Shipped.text(Shipped.BASELINE_ADMISSION));
      publish(
          publisher,
          "/v1/policies/guardrails",
          Api.TEXT,
          Shipped.text(Shipped.BASELINE_GUARDRAILS) + guardrails);
    }
    return approved(submitted());
  }

  /** A one-time code for another node. */
  String nodeCode() {
    try (Api operator = operator()) {
      return operator.post("/v1/nodes/offers", Json.object().build()).text("code").orElseThrow();
    }
  }

  private static void appoint(Api founder, String person, String duty) {
    founder.post("/v1/duties", Json.object().put("person", person).put("duty", duty).build());
  }

  private static void publish(Api publisher, String path, String type, String text) {
    publisher.post(path, new Api.Body(type, text.getBytes(StandardCharsets.UTF_8)), Map.of());
  }

  private Json.Obj submitted() {
    try (Api requester = requester()) {
      Json.Obj reply = requester.post("/v1/drafts", Json.object().put("prompt", PROMPT).build());
      Json.Obj drafted = (Json.Obj) reply.array("drafts").orElseThrow().getFirst();
      Json.Obj answers =
          Json.object().put("owners.product", Json.strings(List.of("emeka.obi"))).build();
      return requester.post(
          "/v1/drafts/" + drafted.text("workflow").orElseThrow() + "/submit",
          Json.object().put("answers", answers).build());
    }
  }

  private String approved(Json.Obj submitted) {
    String dossier = submitted.text("dossier").orElseThrow();
    Json.Obj admission = submitted.object("admission").orElseThrow();
    for (Json each : admission.array("requires").orElseThrow()) {
      Json.Str approver = (Json.Str) ((Json.Obj) each).array("eligible").orElseThrow().getFirst();
      try (Api approves = as(approver.value())) {
        Json.Obj reply =
            approves.post("/v1/dossiers/" + dossier + "/approvals", Json.object().build());
        if (reply.text("writ").isPresent()) {
          return reply.text("writ").get();
        }
      }
    }
    throw new IllegalStateException("the approvals did not suffice");
  }

  /** A one-time code for the matcher's key. */
  String code(String writ) {
    try (Api requester = requester()) {
      return requester
          .post("/v1/writs/" + writ + "/enrolments", Json.object().put("workload", MATCHER).build())
          .text("code")
          .orElseThrow();
    }
  }

  /** Completes a task; how many tokens that revoked. */
  long complete(String task) {
    try (Api requester = requester()) {
      return requester
          .post("/v1/tasks/" + task + "/complete", Json.object().build())
          .integer("revoked")
          .orElseThrow();
    }
  }

  /** A task as its requester sees it. */
  Json.Obj task(String task) {
    try (Api requester = requester()) {
      return requester.get("/v1/tasks/" + task);
    }
  }
}
