package dev.writ.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of {@code /vectors/policy} that other implementations can run. */
class VectorTest {
  @ParameterizedTest
  @ValueSource(strings = {"decisions", "fail-closed"})
  void everyCaseHolds(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(Shared.root().resolve("vectors/policy/" + file + ".json"));
    List<Json> cases =
        Json.parseObject(bytes, Json.Bounds.REQUEST).orThrow().array("cases").orElseThrow();
    assertThat(cases).hasSizeGreaterThan(5);
    for (Json json : cases) {
      Json.Obj one = (Json.Obj) json;
      Schema schema = Schema.parse(one.text("schema").orElse("")).orThrow();
      Json.Obj asked = one.object("request").orElseThrow();
      EntityUid action = uid(asked, "action");
      Request request =
          new Request(
              uid(asked, "principal"),
              action,
              uid(asked, "resource"),
              PolicyJson.context(asked.get("context").orElseThrow(), schema, action).orThrow());
      Answer answer =
          Engine.of(PolicySet.parse(one.text("policies").orElseThrow()).orThrow())
              .decide(
                  request,
                  PolicyJson.entities(one.get("entities").orElseThrow(), schema).orThrow());
      assertThat(told(answer)).as(one.text("name").orElseThrow()).isEqualTo(wanted(one));
      assertThat(answer.verdict().reasons()).isNotEmpty();
    }
  }

  private static EntityUid uid(Json.Obj asked, String name) {
    return PolicyJson.uid(asked.get(name).orElseThrow()).orThrow();
  }

  private static Json.Obj told(Answer answer) {
    List<Json> errors = new ArrayList<>();
    answer
        .errors()
        .forEach(e ->
            errors.add(
                Json.object().put("policy", e.policy().id()).put("kind", e.kind().name()).build()));
    return Json.object()
        .put("decision", answer.decision().name().toLowerCase(Locale.ROOT))
        .put("reasons", Json.strings(answer.determining().stream().map(Policy::id).toList()))
        .put("errors", Json.array(errors))
        .put("verdict", answer.verdict().decision().name().toLowerCase(Locale.ROOT))
        .build();
  }

  private static Json.Obj wanted(Json.Obj one) {
    Json.Builder wanted = Json.object();
    for (String name : List.of("decision", "reasons", "errors", "verdict")) {
      wanted.put(name, one.get(name).orElseThrow());
    }
    return wanted.build();
  }
}
