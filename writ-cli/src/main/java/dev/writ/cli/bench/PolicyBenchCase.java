package dev.writ.cli.bench;

import com.cedarpolicy.model.AuthorizationRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.writ.base.Json;
import dev.writ.policy.Effect;
import dev.writ.policy.Entities;
import dev.writ.policy.Entity;
import dev.writ.policy.EntityUid;
import dev.writ.policy.Expr;
import dev.writ.policy.Operator;
import dev.writ.policy.Policy;
import dev.writ.policy.PolicyJsonText;
import dev.writ.policy.PolicySet;
import dev.writ.policy.Request;
import dev.writ.policy.Rule;
import dev.writ.policy.Scope;
import dev.writ.policy.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What agents' decisions look like: nine permits of nine workflows to one guardrail; a principal
 * with ten attributes, a resource below a chain of three, ten attributes of context.
 */
final class PolicyBenchCase {
  static final int REQUESTS = 8;
  private static final int WORKFLOWS_PER_SYSTEM = 10;

  private final PolicySet policies;
  private final Entities entities;
  private final List<Request> requests = new ArrayList<>();
  private final List<byte[]> bytes = new ArrayList<>();
  private final com.cedarpolicy.model.policy.PolicySet cedarPolicies;
  private final com.cedarpolicy.model.entity.Entities cedarEntities;
  private final List<AuthorizationRequest> cedarRequests = new ArrayList<>();

  PolicyBenchCase(int size) {
    List<Policy> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(new Policy("policy" + i, i % 10 == 9 ? guardrail(i) : grant(i)));
    }
    this.policies = PolicySet.of(all);
    this.entities = world();
    for (int i = 0; i < REQUESTS; i++) {
      Request request =
          new Request(
              uid("Workload", "invoice-matcher"),
              uid("Action", i % 4 == 3 ? "write" : "read"),
              uid("Table", "invoices"),
              new Value.Rec(context(i)));
      requests.add(request);
      bytes.add(document(request).canonical());
      cedarRequests.add(
          new AuthorizationRequest(
              cedar(request.principal()),
              cedar(request.action()),
              cedar(request.resource()),
              cedarContext(request.context())));
    }
    try {
      this.cedarPolicies = cedarSet();
      this.cedarEntities =
          com.cedarpolicy.model.entity.Entities.parse(PolicyJsonText.of(entities).pretty());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the binding does not read the entities", e);
    }
  }

  PolicySet policies() {
    return policies;
  }

  Entities entities() {
    return entities;
  }

  Request request(int i) {
    return requests.get(i);
  }

  byte[] bytes(int i) {
    return bytes.get(i);
  }

  com.cedarpolicy.model.policy.PolicySet cedarPolicies() {
    return cedarPolicies;
  }

  com.cedarpolicy.model.entity.Entities cedarEntities() {
    return cedarEntities;
  }

  AuthorizationRequest cedarRequest(int i) {
    return cedarRequests.get(i);
  }

  /** What one workflow may do in one system. */
  private static Rule grant(int i) {
    String workload = i == 0 ? "invoice-matcher" : "workload-" + i;
    EntityUid system = uid("System", i == 0 ? "ap-db" : "system-" + i / WORKFLOWS_PER_SYSTEM);
    Expr limits =
        Expr.allOf(
            List.of(
                Expr.context().get("purpose").eq(Value.of("match-invoices")),
                Expr.context().get("environment").eq(Value.of("staging")),
                Expr.context().get("rows").op(Operator.LESS_OR_EQUAL, Expr.of(5_000)),
                Expr.strings(List.of("sup-118", "sup-204", "sup-" + i))
                    .contains(Expr.context().get("target"))));
    return Rule.of(Effect.PERMIT)
        .annotated("id", "grant-" + i)
        .principal(Scope.is(uid("Workload", workload)))
        .action(Scope.inAny(List.of(uid("Action", "read"), uid("Action", "list"))))
        .resource(Scope.in(system))
        .when(limits)
        .unless(Expr.principal().get("suspended"));
  }

  /** What nobody may do to a kind of thing: most say it of one system, some of all. */
  private static Rule guardrail(int i) {
    Rule rule = Rule.of(Effect.FORBID).annotated("id", "guardrail-" + i);
    return switch (i / 10 % 5) {
      case 0 ->
          rule.action(Scope.is(uid("Action", "export")))
              .when(Expr.resource().get("sensitivity").op(Operator.GREATER, Expr.of(2)));
      case 1 ->
          rule.resource(Scope.in(uid("System", "system-" + i)))
              .when(Expr.context().get("hour").op(Operator.LESS, Expr.of(6)));
      case 2 ->
          rule.principal(Scope.in(uid("Team", "team-" + i)))
              .when(Expr.context().get("callerKind").eq(Value.of("agent")));
      case 3 ->
          rule.resource(Scope.in(uid("Environment", "production-" + i)))
              .when(Expr.principal().get("stage").op(Operator.NOT_EQUAL, Expr.of("production")));
      default ->
          rule.action(Scope.in(uid("Action", "change-" + i))).when(Expr.context().get("tainted"));
    };
  }

  private static Entities world() {
    List<Entity> all = new ArrayList<>();
    Map<String, Value> workload = new LinkedHashMap<>();
    workload.put("owner", uid("Person", "noor"));
    workload.put("stage", Value.of("pilot"));
    workload.put("suspended", Value.of(false));
    workload.put("team", Value.of("finance"));
    workload.put("risk", Value.of(2));
    workload.put("depth", Value.of(1));
    workload.put("issuer", Value.of("https://writ.example"));
    workload.put("spec", Value.of("sha256-0123456789abcdef"));
    workload.put("labels", Value.strings(List.of("ap", "batch")));
    workload.put("attested", Value.of(true));
    all.add(entity("Workload", "invoice-matcher", workload, uid("Team", "finance")));
    all.add(
        entity("Table", "invoices", Map.of("sensitivity", Value.of(2)), uid("Schema", "ledger")));
    all.add(entity("Schema", "ledger", Map.of(), uid("System", "ap-db")));
    all.add(entity("System", "ap-db", Map.of(), uid("Environment", "staging")));
    all.add(Entity.bare(uid("Environment", "staging")));
    all.add(Entity.bare(uid("Team", "finance")));
    return Entities.of(all);
  }

  private static Entity entity(
      String type, String id, Map<String, Value> attributes, EntityUid parent) {
    return Entity.of(uid(type, id), attributes, new LinkedHashSet<>(Set.of(parent)));
  }

  private static Map<String, Value> context(int i) {
    Map<String, Value> context = new LinkedHashMap<>();
    context.put("purpose", Value.of("match-invoices"));
    context.put("environment", Value.of("staging"));
    context.put("rows", Value.of(100L + i));
    context.put("target", Value.of(i % 2 == 0 ? "sup-118" : "sup-204"));
    context.put("hour", Value.of(14));
    context.put("callerKind", Value.of("agent"));
    context.put("tainted", Value.of(false));
    context.put("calls", Value.of(12));
    context.put("tool", Value.of("sql.query"));
    context.put("sensitivity", Value.of("internal"));
    return context;
  }

  private Json document(Request request) {
    return Json.object()
        .put("principal", PolicyJsonText.uid(request.principal()))
        .put("action", PolicyJsonText.uid(request.action()))
        .put("resource", PolicyJsonText.uid(request.resource()))
        .put("context", PolicyJsonText.of(request.context()))
        .put("entities", PolicyJsonText.of(entities))
        .build();
  }

  private com.cedarpolicy.model.policy.PolicySet cedarSet() {
    Set<com.cedarpolicy.model.policy.Policy> all = new LinkedHashSet<>();
    policies
        .policies()
        .forEach(p -> all.add(new com.cedarpolicy.model.policy.Policy(p.text(), p.id())));
    return new com.cedarpolicy.model.policy.PolicySet(all);
  }

  private static Map<String, com.cedarpolicy.value.Value> cedarContext(Value.Rec context) {
    Map<String, com.cedarpolicy.value.Value> all = new LinkedHashMap<>();
    context.fields().forEach((name, value) -> all.put(name, cedarValue(value)));
    return all;
  }

  private static com.cedarpolicy.value.Value cedarValue(Value value) {
    if (value instanceof Value.Str(String text)) {
      return new com.cedarpolicy.value.PrimString(text);
    }
    if (value instanceof Value.Int(long n)) {
      return new com.cedarpolicy.value.PrimLong(n);
    }
    return new com.cedarpolicy.value.PrimBool(value.equals(Value.of(true)));
  }

  private static com.cedarpolicy.value.EntityUID cedar(EntityUid uid) {
    return com.cedarpolicy.value.EntityUID.parse(uid.toString()).orElseThrow();
  }

  private static EntityUid uid(String type, String id) {
    return EntityUid.of(type, id);
  }
}
