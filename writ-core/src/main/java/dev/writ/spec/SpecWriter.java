package dev.writ.spec;

import dev.writ.base.Json;
import java.util.List;
import java.util.Map;

/** Writes a spec in the form that is read. */
final class SpecWriter {
  private SpecWriter() {}

  static Json.Obj write(Spec s) {
    Json.Builder out =
        Json.object()
            .put("kind", "Workflow")
            .put("name", s.name())
            .putIfPresent("purpose", s.purpose().text().map(Json::of))
            .putIfPresent("process", s.purpose().process().map(Json::of))
            .put(
                "owners",
                Json.object()
                    .put("product", s.owners().product())
                    .putIfPresent("identity", s.owners().identity().map(Json::of))
                    .putIfPresent("security", s.owners().security().map(Json::of))
                    .build())
            .put("stage", s.stage().word())
            .put(
                "identity",
                Json.object()
                    .put("workload", s.identity().workload().id())
                    .put("mode", s.identity().mode().word())
                    .build())
            .put("initiators", Json.strings(s.initiators().stream().map(Initiator::word).toList()))
            .put("grants", Json.array(s.grants().stream().map(SpecWriter::grant).toList()));
    if (!s.prohibited().isEmpty()) {
      out.put("prohibited", Json.array(s.prohibited().stream().map(SpecWriter::no).toList()));
    }
    out.put("until", s.until().toString())
        .put("task", task(s.task()))
        .put("revoke", Json.strings(s.revoke().stream().map(RevokeOn::word).toList()));
    if (!s.from().lines().isEmpty()) {
      Json.Builder from = Json.object();
      s.from().lines().forEach((path, source) -> from.put(path, source(source)));
      out.put("from", from.build());
    }
    return out.build();
  }

  static Json.Obj grant(Grant g) {
    Json.Builder out =
        Json.object()
            .put("actions", Json.strings(g.actions()))
            .put("resource", g.resource())
            .put("environment", g.environment());
    switch (g.targets()) {
      case Targets.Unstated() -> {}
      case Targets.Any() -> out.put("targets", "any");
      case Targets.Named(Map<String, List<String>> byDimension) -> {
        Json.Builder targets = Json.object();
        byDimension.forEach((dimension, ids) -> targets.put(dimension, Json.strings(ids)));
        out.put("targets", targets.build());
      }
    }
    if (!g.limits().equals(Limits.NONE)) {
      out.put(
          "limits",
          Json.object()
              .putIfPresent("rows", g.limits().rows().map(Json::of))
              .putIfPresent("calls", g.limits().calls().map(Json::of))
              .putIfPresent("amount", g.limits().amount().map(a -> Json.of(a.toPlainString())))
              .build());
    }
    return out.putIfPresent("because", g.because().map(Json::of)).build();
  }

  private static Json no(Prohibition p) {
    return Json.object()
        .put("actions", Json.strings(p.actions()))
        .put("resource", p.resource())
        .putIfPresent("environment", p.environment().map(Json::of))
        .build();
  }

  private static Json task(TaskTerms t) {
    Json.Builder out = Json.object().put("life", t.life().toString());
    if (t.depth() > 0) {
      out.put(
          "delegation",
          Json.object().put("depth", t.depth()).put("to", Json.strings(t.to())).build());
    }
    return out.build();
  }

  private static Json source(Source source) {
    return switch (source) {
      case Source.Prompt(int start, int end) ->
          Json.object().put("prompt", Json.array(List.of(Json.of(start), Json.of(end)))).build();
      case Source.Answer(String person) -> Json.object().put("answer", person).build();
      case Source.Catalogue() -> Json.of("catalogue");
      case Source.PolicyDefault() -> Json.of("policy-default");
    };
  }
}
