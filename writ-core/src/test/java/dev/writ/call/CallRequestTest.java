package dev.writ.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.catalogue.Tool;
import dev.writ.catalogue.Workload;
import dev.writ.policy.Entities;
import dev.writ.policy.PolicySet;
import dev.writ.policy.Request;
import dev.writ.spec.ResolvedSpec;
import dev.writ.token.Targets;
import dev.writ.vocabulary.Oracle;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallRequestTest {
  private static final ResolvedSpec RESOLVED = Calls.resolved(Calls.SPEC);
  private static final PolicySet POLICIES = Calls.policies(RESOLVED);
  private static final String READ = "{\"supplier\":\"sup-118\"}";

  private static Tool tool(String name) {
    return Calls.CATALOGUE.tool(name).orElseThrow();
  }

  private static Parsed<CallRequest> request(String tool, String arguments, TaskView task) {
    return CallRequest.of(tool(tool), Calls.json(arguments), Calls.context(RESOLVED, task));
  }

  private static boolean allowed(String tool, String arguments, TaskView task) {
    CallRequest call = request(tool, arguments, task).orThrow();
    return Oracle.allows(Calls.SCHEMA, POLICIES, call.request(), call.entities());
  }

  private static boolean allowed(String tool, String arguments) {
    return allowed(tool, arguments, Calls.task(Map.of()));
  }

  @Test
  void whatIsGrantedIsAllowedAndNothingElse() {
    assertThat(allowed("list_invoices", READ)).isTrue();
    assertThat(allowed("list_invoices", "{\"supplier\":\"sup-204\",\"limit\":5}")).isTrue();
    assertThat(allowed("list_invoices", "{\"supplier\":\"sup-311\"}")).isFalse();
    assertThat(allowed("list_invoices", "{\"supplier\":\"\"}")).isFalse();
    assertThat(
            allowed(
                "update_invoice",
                "{\"supplier\":\"sup-118\",\"invoice\":\"i-1\",\"status\":\"matched\"}"))
        .isTrue();
    String pay = "{\"supplier\":\"sup-311\",\"invoice\":\"i\",\"amount\":\"%s\"}";
    assertThat(allowed("create_payment", pay.formatted("1000.50"))).isTrue();
    assertThat(allowed("create_payment", pay.formatted("1000.5001"))).isFalse();
    assertThat(allowed("create_payment", pay.formatted("-1"))).isFalse();
  }

  @Test
  void limitsEndAccess() {
    String calls = Usage.callsCounter("staging", "ap-db/invoices");
    String rows = Usage.rowsCounter("staging", "ap-db/invoices");
    assertThat(allowed("list_invoices", READ, Calls.task(Map.of(calls, 199L)))).isTrue();
    assertThat(allowed("list_invoices", READ, Calls.task(Map.of(calls, 200L)))).isFalse();
    assertThat(allowed("list_invoices", READ, Calls.task(Map.of(rows, 4_999L)))).isTrue();
    assertThat(allowed("list_invoices", READ, Calls.task(Map.of(rows, 5_000L)))).isFalse();
    assertThat(request("list_invoices", READ, Calls.task(Map.of())).orThrow().counts())
        .isEqualTo(Map.of(calls, 1L));
  }

  @Test
  void delegatesAndOnlyTheyMayActAndNoDeeperThanAgreed() {
    assertThat(allowed("list_invoices", READ, Calls.task(Map.of(), Calls.SUMMARISER))).isTrue();
    assertThat(
            allowed(
                "list_invoices", READ, Calls.task(Map.of(), Calls.SUMMARISER, Calls.SUMMARISER)))
        .isFalse();
    assertThat(allowed("list_invoices", READ, Calls.task(Map.of(), Calls.MATCHER))).isFalse();
    assertThat(
            request(
                    "list_invoices",
                    READ,
                    Calls.task(Map.of(), new Workload("spiffe://brightwater.example/x")))
                .problems())
        .hasSize(1);
    TaskView others =
        new TaskView(
            Calls.SUMMARISER,
            List.of(Calls.MATCHER),
            "noor.haddad",
            java.util.Optional.empty(),
            dev.writ.spec.Initiator.HUMAN,
            java.time.Duration.ofMinutes(1),
            Map.of());
    assertThat(allowed("list_invoices", READ, others)).isFalse();
  }

  @Test
  void accessEndsAtItsEndAndForOtherInitiators() {
    TaskView task = Calls.task(Map.of());
    for (String now : List.of("2026-03-20T17:59:59.999Z", "2026-03-20T18:00:00Z")) {
      CallRequest call =
          CallRequest.of(
                  tool("list_invoices"),
                  Calls.json(READ),
                  new CallContext(
                      Calls.WORKFLOW, RESOLVED.spec(), RESOLVED.slice(), task, Instant.parse(now)))
              .orThrow();
      assertThat(Oracle.allows(Calls.SCHEMA, POLICIES, call.request(), call.entities()))
          .isEqualTo(now.startsWith("2026-03-20T17"));
    }
    TaskView scheduled =
        new TaskView(
            Calls.MATCHER,
            List.of(),
            "noor.haddad",
            java.util.Optional.empty(),
            dev.writ.spec.Initiator.SCHEDULE,
            task.life(),
            Map.of());
    assertThat(allowed("list_invoices", READ, scheduled)).isFalse();
  }

  @Test
  void theProhibitionReachesThePartsInEveryEnvironment() {
    ResolvedSpec wide =
        Calls.resolved(
            Calls.SPEC
                .replace("actions: [read, update]", "actions: [read, export]")
                .replace("actions: [export], resource: ap-db", "actions: [create], resource: erp"));
    CallRequest export =
        CallRequest.of(
                tool("export_invoices"),
                Calls.json("{\"suppliers\":[\"sup-204\",\"sup-118\"]}"),
                Calls.context(wide, Calls.task(Map.of())))
            .orThrow();
    PolicySet granted = Calls.policies(wide);
    assertThat(Oracle.allows(Calls.SCHEMA, granted, export.request(), export.entities())).isTrue();
    PolicySet both =
        granted.plus(new dev.writ.policy.Policy("p", POLICIES.policies().getLast().rule()));
    assertThat(Oracle.allows(Calls.SCHEMA, both, export.request(), export.entities())).isFalse();
    assertThat(export.targets())
        .isEqualTo(Targets.parse(Calls.json("{\"supplier\":[\"sup-118\",\"sup-204\"]}")).orThrow());
  }

  @Test
  void argumentsThatTheMappingCannotReadAreRefused() {
    TaskView task = Calls.task(Map.of());
    assertThat(request("list_invoices", "{}", task).problems()).hasSize(1);
    assertThat(request("list_invoices", "{\"supplier\":[\"sup-118\"]}", task).problems())
        .hasSize(1);
    assertThat(
            request("list_invoices", "{\"supplier\":\"sup-118\",\"limit\":\"5\"}", task).problems())
        .hasSize(1);
    assertThat(request("list_invoices", "{\"supplier\":\"sup-118\",\"all\":true}", task).problems())
        .hasSize(1);
    assertThat(
            request("list_invoices", "{\"supplier\":\"" + "x".repeat(257) + "\"}", task).problems())
        .hasSize(1);
    String pay = "{\"supplier\":\"sup-311\",\"invoice\":\"i\",\"amount\":%s}";
    for (String bad : List.of("\"1e3\"", "\" 1\"", "1.23456", "\"999999999999999\"", "true")) {
      assertThat(request("create_payment", pay.formatted(bad), task).problems()).as(bad).hasSize(1);
    }
    assertThat(request("create_payment", pay.formatted("12.5"), task).problems()).isEmpty();
    assertThat(request("export_invoices", "{\"suppliers\":[]}", task).problems()).hasSize(1);
    assertThat(request("list_purchase_orders", READ, task).problems()).hasSize(1);
  }

  @Test
  void whatIsRecordedIsReadBackAsTheSameQuestion() {
    CallRequest call =
        request(
                "create_payment",
                "{\"supplier\":\"sup-311\",\"invoice\":\"i\",\"amount\":\"12.34\"}",
                Calls.task(Map.of(), Calls.SUMMARISER))
            .orThrow();
    byte[] question = Recorded.request(call.request()).canonical();
    byte[] known = Recorded.entities(call.entities()).canonical();
    Request request =
        Recorded.request(Json.parse(question, Json.Bounds.REQUEST).orThrow()).orThrow();
    Entities entities =
        Recorded.entities(Json.parse(known, Json.Bounds.REQUEST).orThrow()).orThrow();
    assertThat(request).isEqualTo(call.request());
    assertThat(Recorded.request(request).canonical()).isEqualTo(question);
    assertThat(Recorded.entities(entities).canonical()).isEqualTo(known);
    assertThat(entities.all()).containsExactlyInAnyOrderElementsOf(call.entities().all());
  }

  @Test
  void mangledRecordsAreRefusedAndNeverThrow() {
    CallRequest call = request("list_invoices", READ, Calls.task(Map.of())).orThrow();
    String text =
        new String(Recorded.request(call.request()).canonical(), UTF_8)
            + "\n"
            + new String(Recorded.entities(call.entities()).canonical(), UTF_8);
    Random random = new Random(17);
    for (int i = 0; i < 4_000; i++) {
      StringBuilder mangled = new StringBuilder(text.split("\n", -1)[i % 2]);
      mangled.setCharAt(
          random.nextInt(mangled.length()), "0a\"{}[]:,.-_".charAt(random.nextInt(12)));
      Parsed<Json> json = Json.parse(mangled.toString().getBytes(UTF_8), Json.Bounds.REQUEST);
      json.found()
          .ifPresent(j -> {
            Recorded.request(j);
            Recorded.entities(j);
          });
    }
  }
}
