package dev.writ.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.catalogue.Tool;
import dev.writ.catalogue.Workload;
import dev.writ.policy.Engine;
import dev.writ.policy.Policy;
import dev.writ.policy.PolicySet;
import dev.writ.policy.Verdict;
import dev.writ.spec.ResolvedSpec;
import dev.writ.vocabulary.Shipped;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardrailsTest {
  private static final PolicySet GUARDRAILS =
      PolicySet.parse(Shipped.text(Shipped.BASELINE_GUARDRAILS)).orThrow();

  private static List<String> forbids(
      String spec, String tool, Map<String, Long> used, Workload... actors) {
    ResolvedSpec resolved = Calls.resolved(spec);
    Tool called = Calls.CATALOGUE.tool(tool).orElseThrow();
    Json.Obj arguments =
        Calls.json(
            switch (tool) {
              case "create_payment" ->
                  "{\"supplier\":\"sup-118\",\"invoice\":\"i\",\"amount\":\"1\"}";
              default -> "{\"supplier\":\"sup-118\"}";
            });
    CallRequest call =
        CallRequest.of(called, arguments, Calls.context(resolved, Calls.task(used, actors)))
            .orThrow();
    Engine engine = Engine.of(GUARDRAILS.plus(policiesUnderOtherIds(resolved)));
    Verdict verdict = engine.decide(call.request(), call.entities()).verdict();
    assertThat(verdict).isNotInstanceOf(Verdict.NotPermitted.class);
    return verdict instanceof Verdict.Forbidden(List<Policy> forbids, var erred)
        ? forbids.stream().map(Policy::name).toList()
        : List.of();
  }

  private static PolicySet policiesUnderOtherIds(ResolvedSpec resolved) {
    return PolicySet.of(Calls.policies(resolved).policies());
  }

  @Test
  void aPilotInStagingIsLeftAlone() {
    assertThat(forbids(Calls.SPEC, "list_invoices", Map.of())).isEmpty();
    assertThat(forbids(Calls.SPEC, "create_payment", Map.of())).isEmpty();
  }

  @Test
  void delegatesOnlyRead() {
    assertThat(forbids(Calls.SPEC, "list_invoices", Map.of(), Calls.SUMMARISER)).isEmpty();
    assertThat(forbids(Calls.SPEC, "create_payment", Map.of(), Calls.SUMMARISER))
        .containsExactly("delegates-do-not-write");
  }

  @Test
  void theEngineAndCedarAgreeOnGeneratedPolicies() {
    ResolvedSpec resolved = Calls.resolved(Calls.SPEC);
    PolicySet policies = Calls.policies(resolved);
    Engine engine = Engine.of(policies);
    String rows = Usage.rowsCounter("staging", "ap-db/invoices");
    for (String supplier : List.of("sup-118", "sup-204", "sup-311", "")) {
      for (long read : new long[] {0, 4_999, 5_000}) {
        CallRequest call =
            CallRequest.of(
                    Calls.CATALOGUE.tool("list_invoices").orElseThrow(),
                    Json.object().put("supplier", supplier).build(),
                    Calls.context(resolved, Calls.task(Map.of(rows, read))))
                .orThrow();
        boolean ours =
            engine.decide(call.request(), call.entities()).verdict() instanceof Verdict.Allowed;
        assertThat(ours)
            .isEqualTo(
                dev.writ.vocabulary.Oracle.allows(
                    Calls.SCHEMA, policies, call.request(), call.entities()));
        assertThat(ours)
            .isEqualTo(List.of("sup-118", "sup-204").contains(supplier) && read < 5_000);
      }
    }
  }

  @Test
  void aCallThatNamesNoTargetIsOutsideAGrantThatNamesSome() {
    ResolvedSpec exporting =
        Calls.resolved(
            Calls.SPEC
                .replace("actions: [read, update]", "actions: [export]")
                .replace("actions: [export], resource: ap-db", "actions: [create], resource: erp"));
    Engine engine = Engine.of(Calls.policies(exporting));
    for (String suppliers : List.of("[]", "[\"sup-118\"]", "[\"sup-118\",\"sup-311\"]")) {
      CallRequest call =
          CallRequest.of(
                  Calls.CATALOGUE.tool("export_invoices").orElseThrow(),
                  Calls.json("{\"suppliers\":" + suppliers + "}"),
                  Calls.context(exporting, Calls.task(Map.of())))
              .orThrow();
      assertThat(engine.decide(call.request(), call.entities()).verdict())
          .as(suppliers)
          .isInstanceOf(
              suppliers.equals("[\"sup-118\"]")
                  ? Verdict.Allowed.class
                  : Verdict.NotPermitted.class);
    }
  }
}
