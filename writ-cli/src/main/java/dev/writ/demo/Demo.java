package dev.writ.demo;

import dev.writ.base.Json;
import dev.writ.terminal.Api;
import dev.writ.terminal.Failure;
import dev.writ.vocabulary.Shipped;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The main job, told step by step on real parts: a server with its gateway, two agents and a tool
 * server as processes of their own, over real PostgreSQL.
 */
final class Demo {
  static final String REQUESTER = "noor.haddad";
  static final String FOUNDER = "helen.osei";
  static final String PUBLISHER = "tomas.lind";
  static final String AUDITOR = "marta.silva";
  static final String MATCHER = "spiffe://brightwater.example/finance/invoice-matcher";
  static final String SUMMARISER = "spiffe://brightwater.example/shared/summariser";

  private static final String PROMPT =
      "Let the invoice matcher read supplier invoices of Acorn Paper and Birch Logistics in staging"
          + " for 2 weeks. It is for accounts payable. It may also update supplier invoices of"
          + " Acorn Paper in staging. Never export supplier invoices.";

  /** A rule of this company's own beside the baseline's. */
  private static final String COMPANY_GUARDRAIL =
      """

      // Matching is routine; telling a supplier that an invoice is wrong is not.
      @id("people-dispute-invoices")
      forbid (principal, action, resource)
      when { context.arguments has status && context.arguments.status == "disputed" };
      """;

  private final Stage stage;
  private final Transcript transcript;

  Demo(Stage stage, Transcript transcript) {
    this.stage = stage;
    this.transcript = transcript;
  }

  private Api as(String person) {
    Api anonymous = new Api(stage.server(), Optional.empty());
    Json.Obj session = anonymous.post("/v1/sessions", Json.object().put("person", person).build());
    return new Api(stage.server(), session.text("token"));
  }

  /** Duties, catalogue and policies, as an organisation would have them before anybody asks. */
  void prepare() throws IOException {
    try (Api founder = as(FOUNDER);
        Api publisher = as(PUBLISHER)) {
      appoint(founder, PUBLISHER, "publisher");
      appoint(founder, AUDITOR, "auditor");
      String catalogue =
          Shipped.text(Shipped.BRIGHTWATER)
              .replace("http://127.0.0.1:7411/mcp", stage.tools().toString());
      publisher.post("/v1/catalogue", Stage.body(Api.YAML, catalogue), Map.of());
      publisher.post(
          "/v1/policies/admission",
          Stage.body(Api.TEXT, Shipped.text(Shipped.BASELINE_ADMISSION)),
          Map.of());
      publisher.post(
          "/v1/policies/guardrails",
          Stage.body(Api.TEXT, Shipped.text(Shipped.BASELINE_GUARDRAILS) + COMPANY_GUARDRAIL),
          Map.of());
    }
  }

  private static void appoint(Api founder, String person, String duty) {
    founder.post("/v1/duties", Json.object().put("person", person).put("duty", duty).build());
  }

  /** A prompt becomes a draft; its gaps are answered; the spec is what people will look at. */
  Json.Obj draftAndSubmit() throws IOException {
    try (Api requester = as(REQUESTER)) {
      transcript.chapter("A prompt becomes a draft");
      transcript.say(REQUESTER + " types:");
      transcript.show(wrapped(PROMPT));
      Json.Obj reply = requester.post("/v1/drafts", Json.object().put("prompt", PROMPT).build());
      Json.Obj drafted = first(reply, "drafts");
      Json.Obj draft = first(drafted.object("draft").orElseThrow(), "workflows");
      List<String> open = texts(draft, "open");
      sayStated(draft);
      transcript.say("Not said, so not granted: " + String.join(", ", open) + ".");
      transcript.record(
          Json.object()
              .put("step", "draft")
              .put("workflow", drafted.text("workflow").orElseThrow())
              .put("slots", draft.object("slots").orElseThrow())
              .put("gaps", Json.strings(open))
              .build());
      return spec(requester, drafted, open);
    }
  }

  private void sayStated(Json.Obj draft) {
    draft
        .object("slots")
        .orElseThrow()
        .members()
        .forEach((slot, state) -> {
          if (state instanceof Json.Obj obj && obj.text("state").equals(Optional.of("stated"))) {
            transcript.say(
                "  "
                    + slot
                    + " = "
                    + String.join(", ", texts(obj, "values"))
                    + "   from \""
                    + quote(obj)
                    + "\"");
          }
        });
  }

  private static String quote(Json.Obj stated) {
    return stated.array("quotes").orElse(List.of()).stream()
        .limit(1)
        .map(q -> ((Json.Obj) q).text("text").orElse(""))
        .findFirst()
        .orElse("");
  }

  private Json.Obj spec(Api requester, Json.Obj drafted, List<String> open) throws IOException {
    transcript.chapter("The gaps are answered; the spec is explicit");
    Json.Obj answers = answers(open);
    answers
        .members()
        .forEach((slot, values) ->
            transcript.say(REQUESTER + " answers " + slot + ": " + Stage.text(values)));
    String workflow = drafted.text("workflow").orElseThrow();
    Json.Obj submitted =
        requester.post(
            "/v1/drafts/" + workflow + "/submit", Json.object().put("answers", answers).build());
    transcript.show(submitted.text("text").orElseThrow());
    transcript.say("From it, the policies that people review:");
    transcript.show(submitted.text("policies").orElseThrow());
    String spec = submitted.text("spec").orElseThrow();
    transcript.record(
        Json.object()
            .put("step", "spec")
            .put("spec", spec)
            .put("text", submitted.text("text").orElseThrow())
            .put("policies", submitted.text("policies").orElseThrow())
            .build());
    return submitted;
  }

  /** What a person knows who is asked, and what this person adds unasked: limits and a delegate. */
  private static Json.Obj answers(List<String> open) {
    if (!open.equals(List.of("owners.product"))) {
      throw new IllegalStateException("the draft left open " + open);
    }
    return Json.object()
        .put("owners.product", Json.strings(List.of("emeka.obi")))
        .put("grants[0].limits.rows", Json.strings(List.of("5000")))
        .put("task.delegation", Json.strings(List.of("summariser")))
        .build();
  }

  /** Admission says what is missing; the requester cannot give it; two others do. */
  String approve(Json.Obj submitted) throws IOException {
    transcript.chapter("Admission policy says what is missing");
    Json.Obj admission = submitted.object("admission").orElseThrow();
    List<Json> missing = admission.array("requires").orElse(List.of());
    Json.Builder requires = Json.object();
    for (Json each : missing) {
      Json.Obj requirement = (Json.Obj) each;
      transcript.say(
          requirement.text("requirement").orElseThrow()
              + ", which "
              + String.join(" or ", texts(requirement, "eligible"))
              + " could give");
    }
    transcript.record(
        requires
            .put("step", "check")
            .put("requires", Json.array(missing))
            .put("outcome", admission.text("outcome").orElseThrow())
            .build());
    String dossier = submitted.text("dossier").orElseThrow();
    transcript.chapter("Approvals: never the requester");
    selfApproval(dossier);
    for (Json each : missing) {
      String approver = texts((Json.Obj) each, "eligible").getFirst();
      try (Api approves = as(approver)) {
        Json.Obj approved =
            approves.post("/v1/dossiers/" + dossier + "/approvals", Json.object().build());
        transcript.say(approver + " meets " + approved.text("requirement").orElseThrow());
        if (approved.text("writ").isPresent()) {
          return inForce(approved.text("writ").get(), submitted);
        }
      }
    }
    throw new IllegalStateException("the approvals did not suffice");
  }

  private void selfApproval(String dossier) throws IOException {
    try (Api requester = as(REQUESTER)) {
      requester.post("/v1/dossiers/" + dossier + "/approvals", Json.object().build());
      throw new IllegalStateException("the requester approved their own request");
    } catch (Failure refused) {
      transcript.say(REQUESTER + " tries and is refused: " + refused.getMessage());
      transcript.record(
          Json.object()
              .put("step", "self-approval")
              .put("refused", true)
              .put("problem", refused.name())
              .build());
    }
  }

  private String inForce(String writ, Json.Obj submitted) throws IOException {
    transcript.say("The writ is in force: " + writ);
    transcript.record(
        Json.object()
            .put("step", "writ")
            .put("writ", writ)
            .put("spec", submitted.text("spec").orElseThrow())
            .put("dossier", submitted.text("dossier").orElseThrow())
            .build());
    return writ;
  }

  /** A one-time code for a workload's key, from its owner. */
  String code(String writ, String workload) {
    try (Api owner = as(REQUESTER)) {
      return owner
          .post(
              "/v1/writs/" + writ + "/enrolments", Json.object().put("workload", workload).build())
          .text("code")
          .orElseThrow();
    }
  }

  Api requester() {
    return as(REQUESTER);
  }

  private static String wrapped(String text) {
    StringBuilder out = new StringBuilder();
    int width = 0;
    for (String word : text.split(" ", -1)) {
      if (width + word.length() > 68) {
        out.append('\n');
        width = 0;
      }
      out.append(width > 0 ? " " : "").append(word);
      width += word.length() + 1;
    }
    return out.toString();
  }

  private static Json.Obj first(Json.Obj reply, String name) {
    return (Json.Obj) reply.array(name).orElseThrow().getFirst();
  }

  static List<String> texts(Json.Obj obj, String name) {
    return obj.array(name).orElse(List.of()).stream()
        .map(j -> j instanceof Json.Str(String s) ? s : Stage.text(j))
        .toList();
  }
}
