package dev.writ.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.call.Calls;
import dev.writ.catalogue.Example;
import dev.writ.policy.PolicySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code vectors/spec/specs.json}: specs with their canonical bytes, digests, slices and
 * generated policies, against the example catalogue. Approvals name these digests, so a change here
 * unbinds approvals that exist. With {@code -Dwrit.vectors=write} the file is written anew.
 */
class SpecVectorsTest {
  private static final Path FILE = Example.root().resolve("vectors/spec/specs.json");

  private static Map<String, String> specs() {
    Map<String, String> specs = new LinkedHashMap<>();
    specs.put("the design's example", Calls.SPEC);
    specs.put(
        "a sandbox without identity and security owners",
        """
        kind: Workflow
        name: try-out
        purpose: "see whether it works: at all"
        owners: { product: emeka.obi }
        stage: sandbox
        identity: { workload: spiffe://brightwater.example/shared/summariser, mode: per-action }
        initiators: [agent, human]
        grants:
          - { actions: [read], resource: erp/purchase-orders, environment: staging, targets: any }
        until: 2027-01-01T00:00:00Z
        task: { life: PT1H30M }
        revoke: [timeout]
        """);
    specs.put(
        "lines with their sources",
        Calls.SPEC
            + """
            from:
              purpose: { prompt: [4, 19] }
              "grants[0].environment": { answer: noor.haddad }
              "owners.identity": policy-default
              "grants[1].resource": catalogue
            """);
    return specs;
  }

  private static Json.Obj vector(String name, String yaml) {
    ResolvedSpec resolved = Calls.resolved(yaml);
    PolicySet policies = Calls.policies(resolved);
    return Json.object()
        .put("name", name)
        .put("yaml", yaml)
        .put("canonical", new String(resolved.spec().canonicalForm().canonical(), UTF_8))
        .put("digest", resolved.spec().digest())
        .put("slice", new String(resolved.slice().canonicalForm().canonical(), UTF_8))
        .put("slice_digest", resolved.slice().digest())
        .put("workflow", Calls.WORKFLOW.value())
        .put("policies", policies.text())
        .build();
  }

  @Test
  void specsHaveTheBytesTheyAlwaysHad() throws IOException {
    List<Json> vectors = new ArrayList<>();
    specs().forEach((name, yaml) -> vectors.add(vector(name, yaml)));
    Json.Obj file =
        Json.object()
            .put("catalogue_digest", Calls.CATALOGUE.digest())
            .put("specs", Json.array(vectors))
            .build();
    if ("write".equals(System.getProperty("writ.vectors"))) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, file.pretty());
    }
    Json.Obj kept = Json.parseObject(Files.readAllBytes(FILE), Json.Bounds.REQUEST).orThrow();
    assertThat(file.pretty()).isEqualTo(kept.pretty());
    for (Json vector : kept.array("specs").orElseThrow()) {
      Json.Obj v = (Json.Obj) vector;
      assertThat(Digest.ofText(v.text("canonical").orElseThrow()).toString())
          .isEqualTo(v.text("digest").orElseThrow());
      assertThat(Digest.ofText(v.text("slice").orElseThrow()).toString())
          .isEqualTo(v.text("slice_digest").orElseThrow());
    }
  }
}
