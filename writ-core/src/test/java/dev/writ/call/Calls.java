package dev.writ.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.writ.base.Json;
import dev.writ.base.WorkflowId;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Example;
import dev.writ.catalogue.Workload;
import dev.writ.policy.PolicySet;
import dev.writ.spec.Generated;
import dev.writ.spec.Initiator;
import dev.writ.spec.ResolvedSpec;
import dev.writ.spec.Spec;
import dev.writ.vocabulary.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The example company's workflow and calls in it. */
public final class Calls {
  public static final Catalogue CATALOGUE = Example.brightwater();
  public static final WorkflowId WORKFLOW = new WorkflowId("wf_00000000000000000000000001");
  public static final String SCHEMA = Schema.calls(CATALOGUE).text();
  public static final Workload MATCHER =
      new Workload("spiffe://brightwater.example/finance/invoice-matcher");
  public static final Workload SUMMARISER =
      new Workload("spiffe://brightwater.example/shared/summariser");
  public static final Instant NOW = Instant.parse("2026-03-12T09:00:00Z");

  public static final String SPEC =
      """
      kind: Workflow
      name: invoice-match
      purpose: match supplier invoices to purchase orders
      process: finance/accounts-payable
      owners: { product: noor.haddad, identity: iam-team, security: secops }
      stage: pilot
      identity: { workload: spiffe://brightwater.example/finance/invoice-matcher, mode: own }
      initiators: [human]
      grants:
        - actions: [read, update]
          resource: ap-db/invoices
          environment: staging
          targets: { supplier: [sup-118, sup-204] }
          limits: { rows: 5000, calls: 200 }
        - actions: [create]
          resource: ap-db/payments
          environment: staging
          targets: any
          limits: { amount: "1000.50" }
      prohibited: [ { actions: [export], resource: ap-db } ]
      until: 2026-03-20T18:00:00Z
      task: { life: PT15M, delegation: { depth: 1, to: [summariser] } }
      revoke: [task-complete, timeout, owner-leaves, handoff]
      """;

  private Calls() {}

  public static ResolvedSpec resolved(String yaml) {
    Spec spec = Spec.parse(yaml.getBytes(UTF_8)).orThrow();
    return ResolvedSpec.resolve(spec, CATALOGUE).orThrow();
  }

  public static PolicySet policies(ResolvedSpec resolved) {
    return Generated.policies(resolved, WORKFLOW);
  }

  public static TaskView task(Map<String, Long> used, Workload... actors) {
    return new TaskView(
        MATCHER,
        List.of(actors),
        "noor.haddad",
        CATALOGUE.person("noor.haddad"),
        Initiator.HUMAN,
        Duration.ofMinutes(15),
        used);
  }

  public static CallContext context(ResolvedSpec resolved, TaskView task) {
    return new CallContext(WORKFLOW, resolved.spec(), resolved.slice(), task, NOW);
  }

  public static Json.Obj json(String text) {
    return Json.parseObject(text.getBytes(UTF_8), Json.Bounds.REQUEST).orThrow();
  }
}
