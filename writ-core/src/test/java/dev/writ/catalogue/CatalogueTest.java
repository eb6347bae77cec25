package dev.writ.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final String BRIGHTWATER = Example.brightwaterText();

  private static List<Problem> problems(String from, String to) {
    assertThat(BRIGHTWATER).contains(from);
    return Catalogue.parse(
            BRIGHTWATER.replaceFirst(java.util.regex.Pattern.quote(from), to).getBytes(UTF_8))
        .problems();
  }

  @Test
  void theExampleIsReadAndWrittenBack() {
    Catalogue catalogue = Example.brightwater();
    Catalogue again =
        Catalogue.parse(
                Json.parse(catalogue.canonicalForm().canonical(), Json.Bounds.REQUEST).orThrow())
            .orThrow();
    assertThat(again).isEqualTo(catalogue);
    assertThat(again.digest()).isEqualTo(catalogue.digest());
    assertThat(
            catalogue.lineage(catalogue.resource("ap-db/invoices").orElseThrow()).stream()
                .map(Resource::id))
        .containsExactly("ap-db/invoices", "ap-db");
    assertThat(catalogue.tool("list_invoices").orElseThrow().mapping().environment())
        .isEqualTo("staging");
    assertThat(catalogue.environment("unheard-of").tier()).isEqualTo(Environment.Tier.PRODUCTION);
    assertThat(catalogue.resource("ap-db/payments").orElseThrow().markers())
        .containsExactly("payment_data");
  }

  @Test
  void theDraftingCatalogueIsACatalogue() throws IOException {
    Optional<Path> file = Example.shared("drafting/catalogue.json");
    if (file.isEmpty()) {
      System.out.println("skipped: no drafting/catalogue.json in the shared folder");
    }
    Assumptions.assumeTrue(file.isPresent(), "no drafting/catalogue.json");
    Catalogue catalogue = Catalogue.parse(Files.readAllBytes(file.get())).orThrow();
    assertThat(catalogue.resources()).hasSizeGreaterThan(10);
    assertThat(Catalogue.parse(catalogue.canonicalForm()).orThrow()).isEqualTo(catalogue);
  }

  @Test
  void everyProblemIsNamedWithItsLine() {
    List<Problem> found =
        Catalogue.parse(
                """
                organisation: X
                calendar: { timezone: Mars/Base, sprint_days: 0, quarters: { Q1: [1, 2] } }
                resources:
                  - id: "a//b"
                    name: A
                    kind: table
                    owner_team: t
                    sensitivity: secret
                    environments: [prod/eu]
                    actons: { read: [] }
                    third_prty: true
                """
                    .getBytes(UTF_8))
            .problems();
    assertThat(found.stream().map(Problem::place))
        .contains(
            "calendar.timezone (line 2, column 13)",
            "resources[0].id (line 4, column 9)",
            "resources[0].sensitivity (line 8, column 5)",
            "resources[0].third_prty (line 11, column 5)");
    assertThat(found.stream().map(Problem::remedy))
        .contains("did you mean `third_party`?", "did you mean `actions`?");
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertThat(problems("resource: erp/purchase-orders", "resource: erp/purchase-order"))
        .extracting(Problem::remedy)
        .containsExactly("did you mean `erp/purchase-orders`?");
    assertThat(problems("action: create", "action: delete")).hasSize(1);
    assertThat(problems("environment: staging", "environment: test")).isNotEmpty();
    assertThat(problems("targets: { supplier: /supplier }", "targets: { region: /region }"))
        .hasSize(1);
    assertThat(problems("control_owner: marta.silva", "control_owner: nobody")).hasSize(1);
    assertThat(problems("name: get_invoice", "name: list_invoices")).hasSize(1);
    assertThat(problems("id: summariser", "id: invoice-matcher")).isNotEmpty();
    assertThat(problems("shared/summariser", "finance/invoice-matcher")).hasSize(1);
    assertThat(
            problems(
                "amount: { pointer: /amount, type: decimal }",
                "invoice2: { pointer: /amount }, limit: { pointer: /x }"))
        .isNotEmpty();
    assertThat(problems("    kind: database", "    kind: database\n    parent: ap-db/invoices"))
        .extracting(Problem::what)
        .anyMatch(w -> w.contains("circle"));
    assertThat(problems("reading: [read, export]", "reading: [read, exports]")).hasSize(1);
    assertThat(problems("[staging, production]", "[staging, live]")).isNotEmpty();
    assertThat(problems("http://127.0.0.1:7411/mcp", "http://me:pw@127.0.0.1/mcp")).hasSize(1);
    assertThat(problems("call_timeout: PT20S", "call_timeout: PT5M")).isEmpty();
    assertThat(problems("call_timeout: PT20S", "call_timeout: PT5M1S")).hasSize(1);
    assertThat(problems("{ pointer: /limit, type: integer, optional: true }", "limit")).hasSize(1);
  }

  private static final String HTTP = "kind: http\n    url: http://127.0.0.1:7411/mcp";

  @Test
  void aToolServerThatIsStartedSaysWhatItMayTake() {
    String stdio =
        "kind: stdio\n    command: [/usr/bin/tools, --quiet]\n    limits: {"
            + " memory_bytes: 268435456, files: 64, processes: 4096, file_bytes: 0,"
            + " cpu_seconds: 60, line_bytes: 65536, starts_per_minute: 5 }";
    Catalogue catalogue =
        Catalogue.parse(Example.brightwaterText().replace(HTTP, stdio).getBytes(UTF_8)).orThrow();
    assertThat(catalogue.upstreams().getFirst().endpoint())
        .isEqualTo(
            new Upstream.Stdio(
                List.of("/usr/bin/tools", "--quiet"),
                new StdioLimits(268_435_456, 64, 4_096, 0, 60, 65_536, 5)));
    Catalogue again = Catalogue.parse(catalogue.canonicalForm()).orThrow();
    assertThat(again).isEqualTo(catalogue);
    // What is as usual is not written, so that older catalogues keep their digests.
    String plain = "kind: stdio\n    command: [/usr/bin/tools]";
    String usual = plain + "\n    limits: { files: 256 }";
    assertThat(digest(usual)).isEqualTo(digest(plain));
    assertThat(digest(plain + "\n    limits: { files: 255 }")).isNotEqualTo(digest(plain));

    assertThat(problems(HTTP, plain + "\n    limits: { files: 15 }")).hasSize(1);
    assertThat(problems(HTTP, plain + "\n    limits: { processes: 4097 }")).hasSize(1);
    assertThat(problems(HTTP, plain + "\n    limits: { fils: 20, files: many }")).hasSize(2);
    assertThat(problems(HTTP, plain + "\n    limits: all")).hasSize(1);
    assertThat(problems(HTTP, "kind: stdio\n    command: [tools]")).hasSize(1);
    assertThat(problems(HTTP, "kind: stdio\n    command: [/t" + ", x".repeat(64) + "]")).hasSize(1);
    assertThat(problems(HTTP, "kind: stdio\n    command: [/t" + ", x".repeat(63) + "]")).isEmpty();
    assertThat(problems(HTTP, "kind: stdio\n    command: [/t, " + "x".repeat(4_097) + "]"))
        .isNotEmpty();
  }

  private static Digest digest(String upstream) {
    String text = Example.brightwaterText().replace(HTTP, upstream);
    return Catalogue.parse(text.getBytes(UTF_8)).orThrow().digest();
  }

  @Test
  void anAliasMayBelongToSeveralResources() {
    assertThat(problems("aliases: [erp, orders system]", "aliases: [erp, orders]")).isEmpty();
  }

  @Test
  void aCatalogueThatDoesNotHoldTogetherCannotBeConstructed() {
    Catalogue c = Example.brightwater();
    assertThatThrownBy(() ->
            new Catalogue(
                c.organisation(),
                c.note(),
                c.calendar(),
                c.environments(),
                List.of(),
                c.people(),
                c.agents(),
                c.processes(),
                c.sodRules(),
                c.defaults(),
                c.template(),
                c.upstreams(),
                c.tools()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pointersFollowTheStandard() {
    Json doc =
        Json.parse("{\"a/b\":{\"~\":[10,{\"\":1}]}}".getBytes(UTF_8), Json.Bounds.REQUEST)
            .orThrow();
    assertThat(JsonPointer.parse("/a~1b/~0/1/").orThrow().in(doc)).contains(Json.of(1));
    assertThat(JsonPointer.parse("/a~1b/~0/01").orThrow().in(doc)).isEmpty();
    assertThat(JsonPointer.parse("/a~1b/~0/2").orThrow().in(doc)).isEmpty();
    assertThat(JsonPointer.parse("a").problems()).hasSize(1);
    assertThat(JsonPointer.parse("/~2").problems()).hasSize(1);
    assertThat(JsonPointer.parse("").problems()).hasSize(1);
  }

  @Test
  void mangledCataloguesAreRefusedOrReadButNeverThrow() {
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder(BRIGHTWATER);
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, "[]{}:,'\"-\n #&*!x0".charAt(random.nextInt(17)));
          default -> {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(80));
            text.insert(at, text.substring(from, to));
          }
        }
      }
      Catalogue.parse(text.toString().getBytes(UTF_8))
          .found()
          .ifPresent(c -> assertThat(Catalogue.parse(c.canonicalForm()).orThrow()).isEqualTo(c));
    }
  }
}
