package dev.writ.policy;

import com.cedarpolicy.BasicAuthorizationEngine;
import dev.writ.base.Json;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The official binding, asked through the JSON that its Java classes send. */
final class Oracle {
  private static final Json.Bounds BOUNDS = new Json.Bounds(1 << 24, 100, 1_000_000, false);
  private static final Method CALL = call();

  /** Cedar's answer, errors as kinds by policy id. */
  record Told(Decision decision, List<String> reasons, Map<String, PolicyError.Kind> errors) {}

  private Oracle() {}

  private static Method call() {
    try {
      // Loading the class loads the library.
      Object engine = new BasicAuthorizationEngine();
      Method method =
          engine.getClass().getDeclaredMethod("callCedarJNI", String.class, String.class);
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException e) {
      throw new LinkageError("the binding has changed", e);
    }
  }

  /** The answer, or the message of Cedar's refusal. */
  static Object ask(String statics, PolicySet open, Request request, Json entities) {
    Json.Builder templates = Json.object();
    open.templates().forEach(t -> templates.put(t.id(), t.text()));
    Json.Builder query =
        Json.object()
            .put("principal", PolicyJsonText.uid(request.principal()))
            .put("action", PolicyJsonText.uid(request.action()))
            .put("resource", PolicyJsonText.uid(request.resource()))
            .put("context", PolicyJsonText.of(request.context()))
            .put(
                "policies",
                Json.object()
                    .put("staticPolicies", statics)
                    .put("templates", templates.build())
                    .put("templateLinks", Json.array(links(open)))
                    .build())
            .put("entities", entities);
    try {
      String reply = (String) CALL.invoke(null, "AuthorizationOperation", query.build().pretty());
      return told(Json.parseObject(reply.getBytes(StandardCharsets.UTF_8), BOUNDS).orThrow());
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A link is the policy of the same number as its template. */
  private static List<Json> links(PolicySet open) {
    return open.templates().stream().map(t -> link(t, open)).toList();
  }

  private static Json link(Template template, PolicySet open) {
    String id = "l" + template.id().substring(1);
    Rule linked = open.policy(id).orElseThrow().rule();
    Json.Builder values = Json.object();
    for (Slot slot : template.rule().slots()) {
      Scope scope = slot == Slot.PRINCIPAL ? linked.principal() : linked.resource();
      Scope.Named target = (Scope.Named) scope.compared().orElseThrow();
      values.put(slot.word(), PolicyJsonText.uid(target.uid()));
    }
    return Json.object()
        .put("templateId", template.id())
        .put("newId", id)
        .put("values", values.build())
        .build();
  }

  private static Object told(Json.Obj reply) {
    Optional<Json.Obj> response = reply.object("response");
    if (response.isEmpty()) {
      Json.Obj first = (Json.Obj) reply.array("errors").orElseThrow().getFirst();
      return first.text("message").orElseThrow();
    }
    Json.Obj diagnostics = response.get().object("diagnostics").orElseThrow();
    Map<String, PolicyError.Kind> errors = new TreeMap<>();
    for (Json error : diagnostics.array("errors").orElseThrow()) {
      Json.Obj one = (Json.Obj) error;
      String message = one.object("error").orElseThrow().text("message").orElseThrow();
      errors.put(one.text("policyId").orElseThrow(), kind(message));
    }
    return new Told(
        response.get().text("decision").orElseThrow().equals("allow")
            ? Decision.ALLOW
            : Decision.DENY,
        diagnostics.array("reason").orElseThrow().stream()
            .map(id -> ((Json.Str) id).value())
            .sorted()
            .toList(),
        errors);
  }

  private static PolicyError.Kind kind(String message) {
    if (message.startsWith("type error")) {
      return PolicyError.Kind.TYPE;
    }
    if (message.startsWith("integer overflow")) {
      return PolicyError.Kind.OVERFLOW;
    }
    if (message.startsWith("wrong number of arguments")) {
      return PolicyError.Kind.ARGUMENTS;
    }
    if (message.startsWith("error while evaluating `")) {
      return PolicyError.Kind.EXTENSION;
    }
    if (message.contains("does not have the attribute")) {
      return PolicyError.Kind.ATTRIBUTE;
    }
    if (message.contains("does not have the tag")) {
      return PolicyError.Kind.TAG;
    }
    if (message.contains("does not exist")) {
      return PolicyError.Kind.ENTITY;
    }
    throw new IllegalStateException("an error of a kind not known here: " + message);
  }

  /** Our answer in the oracle's form. */
  static Told told(Answer answer) {
    Map<String, PolicyError.Kind> errors = new TreeMap<>();
    answer.errors().forEach(e -> errors.put(e.policy().id(), e.kind()));
    return new Told(
        answer.decision(), answer.determining().stream().map(Policy::id).sorted().toList(), errors);
  }
}
