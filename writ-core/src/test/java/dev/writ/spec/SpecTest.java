package dev.writ.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Json;
import dev.writ.base.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpecTest {
  static final String INVOICE_MATCH =
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
        - actions: [read]
          resource: ap-db/invoices
          environment: staging
          targets: { supplier: [sup-204, sup-118] }
          limits: { rows: 5000, calls: 200 }
          because: compare amounts with purchase orders
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

  static Spec spec(String yaml) {
    return Spec.parse(yaml.getBytes(UTF_8)).orThrow();
  }

  private static List<Problem> problems(String from, String to) {
    assertThat(INVOICE_MATCH).contains(from);
    return Spec.parse(INVOICE_MATCH.replace(from, to).getBytes(UTF_8)).problems();
  }

  @Test
  void theExampleOfTheDesignIsReadPrintedAndReadBack() {
    Spec spec = spec(INVOICE_MATCH);
    assertThat(spec.grants().getFirst().targets())
        .isEqualTo(new Targets.Named(Map.of("supplier", List.of("sup-118", "sup-204"))));
    assertThat(spec(spec.yaml())).isEqualTo(spec);
    assertThat(
            Spec.parse(Json.parse(spec.canonicalForm().canonical(), Json.Bounds.REQUEST).orThrow())
                .orThrow())
        .isEqualTo(spec);
    assertThat(spec(spec.yaml()).yaml()).isEqualTo(spec.yaml());
    assertThat(spec(INVOICE_MATCH.replace("[sup-204, sup-118]", "[sup-118, sup-204]")).digest())
        .isEqualTo(spec.digest());
    assertThat(spec(INVOICE_MATCH.replace("calls: 200", "calls: 201")).digest())
        .isNotEqualTo(spec.digest());
  }

  @Test
  void provenanceIsKeptUntilSomebodyAppliesTheSpecByHand() {
    String sourced =
        INVOICE_MATCH
            + """
            from:
              purpose: { prompt: [4, 19] }
              "grants[0].environment": { answer: noor.haddad }
              "grants[0].resource": catalogue
              "owners.identity": policy-default
            """;
    Spec spec = spec(sourced);
    assertThat(spec.from().lines())
        .containsEntry("purpose", new Source.Prompt(4, 19))
        .containsEntry("grants[0].environment", new Source.Answer("noor.haddad"))
        .containsEntry("grants[0].resource", new Source.Catalogue())
        .containsEntry("owners.identity", new Source.PolicyDefault());
    assertThat(spec(spec.yaml())).isEqualTo(spec);
    assertThat(spec.byHand()).isEqualTo(spec(INVOICE_MATCH));
    assertThat(spec.digest()).isNotEqualTo(spec.byHand().digest());
    for (String bad :
        List.of(
            "{ prompt: [4, 4] }", "{ prompt: [x, 4] }", "guess", "{ answer: a, prompt: [1, 2] }")) {
      assertThat(
              Spec.parse((INVOICE_MATCH + "from: { purpose: " + bad + " }").getBytes(UTF_8))
                  .problems())
          .as(bad)
          .isNotEmpty();
    }
  }

  @Test
  void everyProblemIsNamedAtOnce() {
    List<Problem> found =
        Spec.parse(
                """
                kind: Workflow
                name: Invoice Match
                owners: { product: noor.haddad }
                stage: pilot
                identity: { workload: invoice-matcher, mode: owned }
                initators: [human]
                grants:
                  - { actions: [], resource: ap-db, enviroment: staging, targets: all }
                until: tomorrow
                task: { life: PT25H, delegation: { depth: 1 } }
                revoke: [task-complete, whenever]
                """
                    .getBytes(UTF_8))
            .problems();
    assertThat(found.stream().map(Problem::place))
        .contains(
            "name (line 2, column 1)",
            "owners (line 3, column 1)",
            "identity.workload (line 5, column 13)",
            "identity.mode (line 5, column 40)",
            "initators (line 6, column 1)",
            "grants[0].actions (line 8, column 7)",
            "until (line 9, column 1)",
            "task.life (line 10, column 9)",
            "revoke (line 11, column 1)");
    assertThat(found.stream().map(Problem::remedy))
        .contains(
            "did you mean `own`?", "did you mean `initiators`?", "did you mean `environment`?");
  }

  @Test
  void aPilotWithoutOwnersOrAnEndIsNoSpec() {
    assertThat(
            problems(
                "owners: { product: noor.haddad, identity: iam-team, security: secops }",
                "owners: { product: noor.haddad, identity: iam-team }"))
        .hasSize(1);
    assertThat(problems("until: 2026-03-20T18:00:00Z\n", "")).hasSize(1);
    assertThat(problems("until: 2026-03-20T18:00:00Z", "until: 2026-02-30T18:00:00Z")).hasSize(1);
    assertThat(problems("stage: pilot", "stage: retired")).hasSize(1);
    assertThat(problems("product: noor.haddad, ", "")).hasSize(1);
    Spec s = spec(INVOICE_MATCH);
    assertThatThrownBy(() ->
            new Spec(
                s.name(),
                s.purpose(),
                new Owners("noor.haddad", Optional.empty(), Optional.of("secops")),
                s.stage(),
                s.identity(),
                s.initiators(),
                s.grants(),
                s.prohibited(),
                s.until(),
                s.task(),
                s.revoke(),
                s.from()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void looseTargetsAndLimitsAreProblems() {
    assertThat(problems("targets: any", "targets: []")).hasSize(1);
    assertThat(problems("targets: any", "targets: {}")).hasSize(1);
    assertThat(problems("targets: any", "targets: { supplier: [] }")).hasSize(1);
    assertThat(problems("targets: any", "targets: { supplier: any }")).hasSize(1);
    assertThat(problems("targets: any", "targets: '*'")).hasSize(1);
    assertThat(problems("rows: 5000", "rows: -1")).hasSize(1);
    assertThat(problems("rows: 5000", "rows: '5000'")).hasSize(1);
    assertThat(problems("rows: 5000", "rows: 1000000000000")).isEmpty();
    assertThat(problems("rows: 5000", "rows: 1000000000001")).hasSize(1);
    assertThat(problems("\"1000.50\"", "1000.50")).hasSize(1);
    assertThat(problems("\"1000.50\"", "\"0.00001\"")).hasSize(1);
    assertThat(problems("depth: 1", "depth: 0")).hasSize(1);
    assertThat(problems("depth: 1", "depth: 9")).hasSize(1);
    assertThat(problems("purpose: match", "purpose: \"\\u202e\" # ")).hasSize(1);
  }

  @Test
  void mangledSpecsAreRefusedOrReadBackButNeverThrow() {
    Random random = new Random(5);
    int read = 0;
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder(INVOICE_MATCH);
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, "[]{}:,'\"-\n #&*!x0".charAt(random.nextInt(17)));
          default -> text.setCharAt(at, (char) random.nextInt(0x2100));
        }
      }
      Optional<Spec> spec = Spec.parse(text.toString().getBytes(UTF_8)).found();
      if (spec.isPresent()) {
        read++;
        assertThat(spec(spec.get().yaml())).isEqualTo(spec.get());
      }
    }
    assertThat(read).isGreaterThan(100);
  }
}
