package dev.writ.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Cedar's public cases: decision, determining policies and errors are exactly as published. */
class CorpusTest {
  private static final Json.Bounds BOUNDS = new Json.Bounds(1 << 24, 200, 1_000_000, false);

  @Test
  void theHandWrittenCasesPass() throws Exception {
    assertThat(run("cedar/handwritten.jsonl.gz")).isEqualTo(74);
  }

  @Test
  void theGeneratedCorpusPasses() throws Exception {
    assertThat(run("cedar/corpus.jsonl.gz")).isEqualTo(31_656);
  }

  private static int run(String name) throws Exception {
    Optional<Path> file = Shared.data(name);
    if (file.isEmpty()) {
      System.out.println("skipped: no " + name + " in ../shared/data");
    }
    Assumptions.assumeTrue(file.isPresent(), "no " + name);
    int count = 0;
    List<String> wrong = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file.get())), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Json.Obj testCase =
            Json.parseObject(line.getBytes(StandardCharsets.UTF_8), BOUNDS).orThrow();
        count += run(testCase, wrong);
      }
    }
    assertThat(wrong).isEmpty();
    return count;
  }

  private static int run(Json.Obj testCase, List<String> wrong) {
    String name = testCase.text("name").orElseThrow();
    PolicySet set = PolicySet.parse(testCase.text("policies").orElseThrow()).orThrow();
    Schema schema = Schema.parse(testCase.text("schema").orElseThrow()).orThrow();
    Entities entities =
        PolicyJson.entities(testCase.get("entities").orElseThrow(), schema).orThrow();
    assertThat(PolicySet.parse(set.text()).orThrow().digest()).isEqualTo(set.digest());
    Entities again = PolicyJson.entities(PolicyJsonText.of(entities), Schema.EMPTY).orThrow();
    assertThat(again.all()).as(name).isEqualTo(entities.all());
    Engine engine = Engine.of(set);
    List<Json> requests = testCase.array("requests").orElseThrow();
    for (Json json : requests) {
      Json.Obj wanted = (Json.Obj) json;
      Answer answer = engine.decide(request(wanted, schema), entities);
      Map<String, Object> got = new LinkedHashMap<>();
      got.put("decision", answer.decision().name().toLowerCase(Locale.ROOT));
      got.put("reason", answer.determining().stream().map(Policy::id).toList());
      got.put("errors", answer.errors().stream().map(e -> e.policy().id()).toList());
      Map<String, Object> published = new LinkedHashMap<>();
      published.put("decision", wanted.text("decision").orElseThrow());
      published.put("reason", ids(wanted, "reason"));
      published.put("errors", ids(wanted, "errors"));
      if (!got.equals(published)) {
        wrong.add(name + ": " + got + " instead of " + published);
      }
    }
    return requests.size();
  }

  private static List<String> ids(Json.Obj wanted, String name) {
    return wanted.array(name).orElseThrow().stream()
        .map(id -> ((Json.Str) id).value())
        .sorted()
        .toList();
  }

  private static Request request(Json.Obj wanted, Schema schema) {
    EntityUid action = PolicyJson.uid(wanted.get("action").orElseThrow()).orThrow();
    return new Request(
        PolicyJson.uid(wanted.get("principal").orElseThrow()).orThrow(),
        action,
        PolicyJson.uid(wanted.get("resource").orElseThrow()).orThrow(),
        PolicyJson.context(wanted.get("context").orElseThrow(), schema, action).orThrow());
  }
}
