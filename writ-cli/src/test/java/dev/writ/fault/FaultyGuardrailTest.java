package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guardrails that are valid and fail at run time: each failure is a denial. */
@Tag("services")
class FaultyGuardrailTest {
  private static final List<String> FAULTY = List.of("overflows", "misses", "unfit");

  private static final String GUARDRAILS =
      """

      @id("overflows")
      forbid (principal, action, resource)
      when {
        context.arguments has invoice && context.arguments.invoice == "overflows" &&
        (context.usage.calls + 1) * 9223372036854775807 + 1 > 0
      };

      @id("misses")
      forbid (principal, action, resource)
      when {
        context.arguments has invoice && context.arguments.invoice == "misses" &&
        Person::"nobody.known".employee
      };

      @id("unfit")
      forbid (principal, action, resource)
      when {
        context.arguments has invoice && context.arguments.invoice == "unfit" &&
        context.now.offset(duration("9223372036854775807ms")) > context.now
      };
      """;

  @Test
  void aGuardrailThatFailsDeniesAndIsNamed(@TempDir Path folder) throws Exception {
    Site site = Site.founded(folder);
    try (CountingTools tools = CountingTools.prompt();
        Site.Serving serving = site.serve(tools)) {
      String writ = serving.company().writ(tools.url(), GUARDRAILS);
      Worker worker = serving.worker(writ);
      String token = worker.open(writ).token();
      assertThat(invoice(worker, token, "inv-7001").call()).isPresent();
      for (String faulty : FAULTY) {
        Worker.Reply reply = invoice(worker, token, faulty);
        assertThat(reply.status()).isEqualTo(200);
        Json.Obj error = reply.json().object("error").orElseThrow();
        assertThat(error.integer("code")).contains(-32001L);
        assertThat(policies(reply)).as(faulty).contains(faulty);
      }
      assertThat(tools.calls()).isEqualTo(1);
      Evidence evidence = Evidence.take(site, serving.url(), Optional.empty(), serving.key());
      assertThat(evidence.sent()).hasSize(1);
    }
  }

  private static Worker.Reply invoice(Worker worker, String token, String invoice)
      throws java.io.IOException {
    return worker.call(
        token,
        "get_invoice",
        Json.object().put("supplier", "sup-118").put("invoice", invoice).build());
  }

  private static List<String> policies(Worker.Reply reply) {
    return reply.error().array("policies").orElseThrow().stream()
        .map(p -> ((Json.Str) p).value())
        .toList();
  }
}
