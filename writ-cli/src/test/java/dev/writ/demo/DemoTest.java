package dev.writ.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration, run as a newcomer runs it, and checked by a program that shares no code. */
@Tag("services")
class DemoTest {
  private static final Json TRUE = new Json.Bool(true);

  @Test
  void theMainJobRunsToItsEnd(@TempDir Path folder) throws Exception {
    Path out = folder.resolve("out");
    try (JavaProcess demo =
        JavaProcess.start(
            "demo",
            folder.resolve("demo.log"),
            "dev.writ.cli.Main",
            List.of("demo", "--out", out.toString()))) {
      demo.end(0);
    }
    List<Json.Obj> transcript = transcript(out.resolve("transcript.jsonl"));
    theRequestIsMade(transcript);
    theRunIsGoverned(transcript);
    theRecordIsProven(transcript);
    long entries = one(transcript, "verify").integer("entries").orElseThrow();
    assertThat(independently(out)).isEqualTo("{\"entries\":" + entries + ",\"ok\":true}");
  }

  private static void theRequestIsMade(List<Json.Obj> transcript) {
    Json.Obj draft = one(transcript, "draft");
    assertThat(draft.array("gaps").orElseThrow()).isNotEmpty();
    assertThat(draft.object("slots").orElseThrow().members()).isNotEmpty();
    Json.Obj spec = one(transcript, "spec");
    assertThat(spec.text("text").orElseThrow()).contains("invoice-matcher");
    assertThat(spec.text("policies").orElseThrow()).contains("permit", "forbid");
    assertThat(one(transcript, "check").array("requires").orElseThrow()).hasSize(2);
    assertThat(one(transcript, "self-approval").get("refused")).contains(TRUE);
    Json.Obj writ = one(transcript, "writ");
    assertThat(writ.text("writ").orElseThrow()).startsWith("wrt_");
    assertThat(writ.text("spec")).isEqualTo(spec.text("spec"));
  }

  private static void theRunIsGoverned(List<Json.Obj> transcript) {
    List<Json.Obj> calls = all(transcript, "call");
    for (Json.Obj call : calls) {
      assertThat(call.text("tool")).isPresent();
      assertThat(call.text("decision").orElseThrow()).isIn("allow", "deny");
      assertThat(call.array("policies")).isPresent();
      assertThat(call.text("outcome").orElseThrow()).isIn("returned", "refused", "failed");
    }
    assertThat(calls).anyMatch(is("list_invoices", "allow", "returned"));
    assertThat(calls).anyMatch(is("list_invoices", "deny", "refused"));
    assertThat(calls).anyMatch(is("update_invoice", "allow", "returned"));
    // A write outside the grant, and one that a guardrail forbids and is named for.
    assertThat(calls.stream().filter(is("update_invoice", "deny", "refused"))).hasSize(2);
    assertThat(calls)
        .anyMatch(is("update_invoice", "deny", "refused").and(by("people-dispute-invoices")));
    assertThat(calls).anyMatch(is("create_payment", "deny", "refused"));
    assertThat(calls).anyMatch(is("drop_everything", "deny", "refused"));
    assertThat(calls).anyMatch(is("get_invoice", "allow", "failed").and(by("grant-1")));
    assertThat(one(transcript, "delegate").array("authorization_details")).isPresent();
    assertThat(one(transcript, "widen").get("refused")).contains(TRUE);
    assertThat(one(transcript, "complete").integer("revoked").orElseThrow()).isPositive();
    List<Json.Obj> after = all(transcript, "after");
    assertThat(after).isNotEmpty().allMatch(a -> a.get("refused").equals(Optional.of(TRUE)));
  }

  private static Predicate<Json.Obj> is(String tool, String decision, String outcome) {
    return call ->
        call.text("tool").equals(Optional.of(tool))
            && call.text("decision").equals(Optional.of(decision))
            && call.text("outcome").equals(Optional.of(outcome));
  }

  private static Predicate<Json.Obj> by(String policy) {
    return call -> Demo.texts(call, "policies").equals(List.of(policy));
  }

  private static void theRecordIsProven(List<Json.Obj> transcript) {
    Json.Obj replay = one(transcript, "replay");
    long decisions = replay.integer("decisions").orElseThrow();
    assertThat(decisions).isEqualTo(all(transcript, "call").size());
    assertThat(replay.integer("identical")).contains(decisions);
    assertThat(one(transcript, "verify").get("ok")).contains(TRUE);
  }

  private static List<Json.Obj> all(List<Json.Obj> transcript, String step) {
    return transcript.stream().filter(o -> o.text("step").equals(Optional.of(step))).toList();
  }

  private static Json.Obj one(List<Json.Obj> transcript, String step) {
    List<Json.Obj> found = all(transcript, step);
    assertThat(found).as(step).hasSize(1);
    return found.getFirst();
  }

  private static List<Json.Obj> transcript(Path file) throws IOException {
    List<Json.Obj> objects = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      objects.add(
          Json.parseObject(line.getBytes(StandardCharsets.UTF_8), Json.Bounds.REQUEST).orThrow());
    }
    return objects;
  }

  /** What a verifier that knows only C2SP tlog-tiles says of the exported ledger. */
  private static String independently(Path out) throws Exception {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("vectors"))) {
      root = Optional.ofNullable(root.getParent()).orElseThrow();
    }
    Process node =
        new ProcessBuilder(
                "node",
                root.resolve("vectors/tools/verify-tlog.mjs").toString(),
                out.resolve("ledger").toString(),
                out.resolve("writ.vkey").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).as(said).isZero();
    return said.strip();
  }
}
