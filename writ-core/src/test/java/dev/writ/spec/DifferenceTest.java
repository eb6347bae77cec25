package dev.writ.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.call.Calls;
import dev.writ.policy.Decision;
import dev.writ.policy.Engine;
import dev.writ.spec.Change.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final int PAIRS = 1_000;

  private static Spec spec(String text) {
    return Spec.parse(text.getBytes(UTF_8)).orThrow();
  }

  /** The example's difference after one replacement, a line a change. */
  private static List<String> changed(String from, String to) {
    assertThat(Calls.SPEC).contains(from);
    return lines(Difference.between(spec(Calls.SPEC), spec(Calls.SPEC.replace(from, to))));
  }

  private static List<String> lines(Difference difference) {
    return difference.changes().stream()
        .map(c ->
            c.kind().word()
                + c.where().map(w -> " " + w.text()).orElse("")
                + " "
                + c.part()
                + " "
                + c.before()
                + c.after())
        .toList();
  }

  @Test
  void everyPartOfAnEntitlementIsCompared() {
    assertThat(changed("rows: 5000", "rows: 4000"))
        .containsExactly(
            "narrowed read ap-db/invoices in staging limits.rows [5000][4000]",
            "narrowed update ap-db/invoices in staging limits.rows [5000][4000]");
    assertThat(changed("[read, update]", "[read, export]"))
        .containsExactly(
            "added export ap-db/invoices in staging grant"
                + " [][supplier sup-118, sup-204, rows 5000, calls 200]",
            "removed update ap-db/invoices in staging grant"
                + " [supplier sup-118, sup-204, rows 5000, calls 200][]");
    assertThat(changed("[sup-118, sup-204]", "[sup-118, sup-311]"))
        .contains(
            "widened read ap-db/invoices in staging targets.supplier"
                + " [sup-118, sup-204][sup-118, sup-311]",
            "narrowed read ap-db/invoices in staging targets.supplier"
                + " [sup-118, sup-204][sup-118, sup-311]");
    assertThat(changed("targets: { supplier: [sup-118, sup-204] }", "targets: any"))
        .contains(
            "widened read ap-db/invoices in staging targets.supplier [sup-118, sup-204][any]");
    assertThat(changed("limits: { amount: \"1000.50\" }", ""))
        .containsExactly("widened create ap-db/payments in staging limits.amount [1000.5][none]");
    assertThat(
            changed(
                "    environment: staging\n    targets: any",
                "    environment: production\n    targets: any"))
        .containsExactly(
            "added create ap-db/payments in production grant [][targets any, amount 1000.5]",
            "removed create ap-db/payments in staging grant [targets any, amount 1000.5][]");
  }

  @Test
  void everyTermIsCompared() {
    assertThat(changed("until: 2026-03-20", "until: 2026-03-21"))
        .containsExactly("widened until [2026-03-20T18:00:00Z][2026-03-21T18:00:00Z]");
    assertThat(changed("PT15M", "PT5M")).containsExactly("narrowed task.life [PT15M][PT5M]");
    assertThat(changed("depth: 1", "depth: 2"))
        .containsExactly("widened task.delegation.depth [1][2]");
    assertThat(changed(", delegation: { depth: 1, to: [summariser] }", ""))
        .containsExactly(
            "narrowed task.delegation.depth [1][0]", "narrowed task.delegation.to [summariser][]");
    assertThat(changed("initiators: [human]", "initiators: [human, schedule]"))
        .containsExactly("widened initiators [human][human, schedule]");
    assertThat(changed(", handoff]", "]"))
        .containsExactly(
            "widened revoke [task-complete, timeout, owner-leaves, handoff]"
                + "[task-complete, timeout, owner-leaves]");
    assertThat(changed("mode: own", "mode: per-action"))
        .containsExactly("narrowed identity.mode [own][per-action]");
    assertThat(changed("finance/invoice-matcher", "finance/other")).hasSize(2);
    assertThat(changed("stage: pilot", "stage: production"))
        .containsExactly("widened stage [pilot][production]", "narrowed stage [pilot][production]");
    assertThat(changed("process: finance/accounts-payable\n", ""))
        .containsExactly("widened process [finance/accounts-payable][]");
    assertThat(changed("product: noor.haddad", "product: emeka.obi"))
        .containsExactly("restated owners.product [noor.haddad][emeka.obi]");
  }

  @Test
  void whatIsProhibitedNoMoreIsWider() {
    assertThat(
            changed(
                "[export], resource: ap-db }", "[export], resource: ap-db, environment: staging }"))
        .containsExactly("widened export ap-db everywhere prohibited [prohibited][]");
    assertThat(changed("[export], resource: ap-db }", "[export, administer], resource: ap-db }"))
        .containsExactly("narrowed administer ap-db everywhere prohibited [][prohibited]");
  }

  @Test
  void theSameInOtherWordsIsNoDifference() {
    String split =
        Calls.SPEC.replace(
            "  - actions: [read, update]",
            """
              - actions: [read]
                resource: ap-db/invoices
                environment: staging
                targets: { supplier: [sup-204] }
                limits: { rows: 10, calls: 1 }
              - actions: [update, read]\
            """);
    assertThat(Difference.between(spec(Calls.SPEC), spec(split)).isEmpty()).isTrue();
    assertThat(Entitlement.of(spec(split))).isEqualTo(Entitlement.of(spec(Calls.SPEC)));
  }

  @Test
  void nothingDiffersFromItself() {
    RandomSpecs random = new RandomSpecs(11);
    for (int i = 0; i < 500; i++) {
      Spec spec = random.spec();
      assertThat(Difference.between(spec, spec).changes()).isEmpty();
    }
  }

  /** I2 in words for reviewers: a difference that widens nothing lets nothing new through. */
  @Test
  void whatWidensNothingAllowsNothingNew() {
    RandomSpecs random = new RandomSpecs(12);
    int compared = 0;
    int allowed = 0;
    for (int i = 0; i < PAIRS; i++) {
      Spec before = random.spec();
      Spec after = random.near(before);
      if (Difference.between(before, after).widens()) {
        continue;
      }
      compared++;
      Engine old = engine(before);
      Engine now = engine(after);
      for (int k = 0; k < 60; k++) {
        RandomSpecs.Question question = random.question(after);
        if (question.asked(now) == Decision.ALLOW) {
          allowed++;
          assertThat(question.asked(old))
              .as("%s%n%s%n%s", before, after, question)
              .isEqualTo(Decision.ALLOW);
        }
      }
    }
    assertThat(compared).as("pairs that widen nothing").isGreaterThan(PAIRS / 10);
    assertThat(allowed).as("questions that were allowed").isGreaterThan(500);
  }

  /** The other direction: whatever is called wider has a call that was not allowed before. */
  @Test
  void whatIsCalledWiderAllowsSomethingNew() {
    RandomSpecs random = new RandomSpecs(13);
    int found = 0;
    for (int i = 0; i < PAIRS; i++) {
      Spec before = random.spec();
      Spec after = random.otherGrants(before);
      Difference difference = Difference.between(before, after);
      Engine old = engine(before);
      Engine now = engine(after);
      boolean wider =
          Entitlement.of(after).stream()
              .map(e -> random.largest(after, e))
              .anyMatch(q -> q.asked(now) == Decision.ALLOW && q.asked(old) == Decision.DENY);
      assertThat(difference.widens()).as("%s%n%s", before, after).isEqualTo(wider);
      found += wider ? 1 : 0;
    }
    assertThat(found).isBetween(PAIRS / 10, PAIRS * 9 / 10);
  }

  @Test
  void differencesComposeAndMirror() {
    RandomSpecs random = new RandomSpecs(14);
    int chains = 0;
    for (int i = 0; i < PAIRS; i++) {
      Spec a = random.spec();
      Spec b = random.near(a);
      Spec c = random.near(b);
      Difference ab = Difference.between(a, b);
      Difference bc = Difference.between(b, c);
      if (!ab.widens() && !bc.widens()) {
        chains++;
        assertThat(Difference.between(a, c).widens()).isFalse();
      }
      Difference ba = Difference.between(b, a);
      assertThat(ba.widens()).isEqualTo(narrows(ab));
      assertThat(narrows(ba)).isEqualTo(ab.widens());
    }
    assertThat(chains).isGreaterThan(50);
  }

  private static boolean narrows(Difference difference) {
    return Stream.of(Kind.NARROWED, Kind.REMOVED).anyMatch(k -> !difference.of(k).isEmpty());
  }

  private static Engine engine(Spec spec) {
    return Engine.of(
        Generated.policies(ResolvedSpec.resolve(spec, Calls.CATALOGUE).orThrow(), Calls.WORKFLOW));
  }

  @Test
  void theJsonSaysTheSame() {
    Json.Obj json =
        Difference.between(spec(Calls.SPEC), spec(Calls.SPEC.replace("rows: 5000", "rows: 6000")))
            .toJson();
    assertThat(new String(json.canonical(), UTF_8))
        .isEqualTo(
            "{\"changes\":[{\"action\":\"read\",\"after\":[\"6000\"],\"before\":[\"5000\"],"
                + "\"change\":\"widened\",\"environment\":\"staging\",\"part\":\"limits.rows\","
                + "\"resource\":\"ap-db/invoices\"},{\"action\":\"update\",\"after\":[\"6000\"],"
                + "\"before\":[\"5000\"],\"change\":\"widened\",\"environment\":\"staging\","
                + "\"part\":\"limits.rows\",\"resource\":\"ap-db/invoices\"}],\"widens\":true}");
  }
}
