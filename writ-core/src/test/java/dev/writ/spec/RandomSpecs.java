package dev.writ.spec;

import dev.writ.call.Calls;
import dev.writ.catalogue.Workload;
import dev.writ.policy.Decision;
import dev.writ.policy.Engine;
import dev.writ.policy.Entities;
import dev.writ.policy.Entity;
import dev.writ.policy.Request;
import dev.writ.policy.Value;
import dev.writ.vocabulary.Things;
import dev.writ.vocabulary.Uids;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Specs of the example company from a seed, and questions near their edges. */
final class RandomSpecs {
  private static final List<String> SUPPLIERS = List.of("sup-118", "sup-204", "sup-311");
  private static final List<String> ENVIRONMENTS = List.of("staging", "production");
  private static final Map<String, List<String>> ACTIONS =
      Map.of(
          "ap-db/invoices", List.of("read", "update"),
          "ap-db/payments", List.of("read", "create"));
  private static final Instant UNTIL = Instant.parse("2026-03-20T18:00:00Z");
  private static final String PROCESS = "finance/accounts-payable";

  private final SplittableRandom random;

  RandomSpecs(long seed) {
    this.random = new SplittableRandom(seed);
  }

  private <T> T of(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  private <T> List<T> some(List<T> values) {
    List<T> out = values.stream().filter(v -> !oneIn(2)).toList();
    return out.isEmpty() ? List.of(of(values)) : out;
  }

  Spec spec() {
    List<Grant> grants = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      grants.add(grant());
    }
    return new Spec(
        "invoice-match",
        purpose(),
        new Owners("noor.haddad", Optional.of("iam-team"), Optional.of("secops")),
        oneIn(5) ? Stage.PRODUCTION : Stage.PILOT,
        new Identity(Calls.MATCHER, oneIn(5) ? of(List.of(Mode.values())) : Mode.OWN),
        some(List.of(Initiator.values())),
        grants,
        prohibitions(),
        UNTIL.plusSeconds(random.nextInt(3)),
        task(),
        some(List.of(RevokeOn.values())),
        Provenance.BY_HAND);
  }

  private Purpose purpose() {
    return new Purpose(Optional.of("test"), oneIn(2) ? Optional.of(PROCESS) : Optional.empty());
  }

  private TaskTerms task() {
    int depth = random.nextInt(3);
    return new TaskTerms(
        Duration.ofMinutes(15 + random.nextInt(2)),
        depth,
        depth == 0 ? List.of() : List.of("summariser"));
  }

  private List<Prohibition> prohibitions() {
    return oneIn(2)
        ? List.of()
        : List.of(
            new Prohibition(
                List.of("export"),
                oneIn(2) ? "ap-db" : "ap-db/invoices",
                oneIn(2) ? Optional.of(of(ENVIRONMENTS)) : Optional.empty()));
  }

  private Grant grant() {
    String resource = oneIn(2) ? "ap-db/invoices" : "ap-db/payments";
    return new Grant(
        some(ACTIONS.getOrDefault(resource, List.of())),
        resource,
        of(ENVIRONMENTS),
        targets(),
        limits(),
        Optional.empty());
  }

  private Targets targets() {
    return oneIn(4) ? new Targets.Any() : new Targets.Named(Map.of("supplier", some(SUPPLIERS)));
  }

  private Limits limits() {
    return new Limits(
        oneIn(2) ? Optional.of(random.nextLong(1, 4)) : Optional.empty(),
        oneIn(2) ? Optional.of(random.nextLong(1, 4)) : Optional.empty(),
        oneIn(3) ? Optional.of(BigDecimal.valueOf(random.nextLong(1, 4))) : Optional.empty());
  }

  /** The same terms with other grants near the ones there were. */
  Spec otherGrants(Spec s) {
    List<Grant> grants = new ArrayList<>(s.grants());
    int i = random.nextInt(grants.size());
    Grant g = grants.get(i);
    switch (random.nextInt(4)) {
      case 0 -> grants.add(grant());
      case 1 ->
          grants.set(
              i,
              new Grant(
                  g.actions(), g.resource(), g.environment(), targets(), g.limits(), g.because()));
      case 2 ->
          grants.set(
              i,
              new Grant(
                  some(g.actions()),
                  g.resource(),
                  g.environment(),
                  g.targets(),
                  limits(),
                  g.because()));
      default -> {
        if (grants.size() > 1) {
          grants.remove(i);
        }
      }
    }
    return with(s, grants, s);
  }

  /** One with other grants, or with one term of another spec. */
  Spec near(Spec s) {
    return oneIn(3) ? otherGrants(s) : with(s, s.grants(), spec());
  }

  private Spec with(Spec s, List<Grant> grants, Spec terms) {
    int which = random.nextInt(8);
    return new Spec(
        s.name(),
        which == 0 ? terms.purpose() : s.purpose(),
        s.owners(),
        which == 1 ? terms.stage() : s.stage(),
        which == 2 ? terms.identity() : s.identity(),
        which == 3 ? terms.initiators() : s.initiators(),
        grants,
        which == 4 ? terms.prohibited() : s.prohibited(),
        which == 5 ? terms.until() : s.until(),
        which == 6 ? terms.task() : s.task(),
        which == 7 ? terms.revoke() : s.revoke(),
        s.from());
  }

  /** One request, as a policy engine is asked it. */
  record Question(Request request, Entities entities) {
    Decision asked(Engine engine) {
      return engine.decide(request, entities).verdict().decision();
    }
  }

  /** A question that some spec like this one may answer either way. */
  Question question(Spec s) {
    Entitlement e = of(Entitlement.of(s));
    Map<String, Value> targets = new LinkedHashMap<>();
    if (!oneIn(4)) {
      targets.put("supplier", Value.strings(some(SUPPLIERS)));
    }
    Circumstances about =
        new Circumstances(
            oneIn(3) ? Calls.SUMMARISER : Calls.MATCHER,
            random.nextInt(3),
            of(s.initiators()),
            oneIn(4) ? UNTIL.plusSeconds(random.nextInt(4) - 1) : UNTIL.minusSeconds(9));
    return question(
        s,
        e,
        about,
        Map.of(
            "targets",
            Value.record(targets),
            "arguments",
            oneIn(2) ? Value.Rec.EMPTY : amount(random.nextLong(0, 5)),
            "usage",
            usage(random.nextLong(0, 5), random.nextLong(0, 5))));
  }

  /** The most that an entitlement lets through at once. */
  Question largest(Spec s, Entitlement e) {
    Map<String, Value> targets = new LinkedHashMap<>();
    if (e.targets() instanceof Targets.Named(Map<String, List<String>> named)) {
      named.forEach((dimension, ids) -> targets.put(dimension, Value.strings(ids)));
    }
    Circumstances about =
        new Circumstances(Calls.MATCHER, 0, s.initiators().getFirst(), UNTIL.minusSeconds(9));
    return question(
        s,
        e,
        about,
        Map.of(
            "targets",
            Value.record(targets),
            "arguments",
            e.limits().amount().map(a -> amount(a.longValueExact())).orElse(Value.Rec.EMPTY),
            "usage",
            usage(e.limits().calls().orElse(1_000L) - 1, e.limits().rows().orElse(1_000L) - 1)));
  }

  private record Circumstances(Workload caller, int depth, Initiator initiator, Instant now) {}

  private static Value.Rec amount(long n) {
    return Value.record(Map.of("amount", new Value.Decimal(n * 10_000)));
  }

  private static Value.Rec usage(long calls, long rows) {
    return Value.record(Map.of("calls", Value.of(calls), "rows", Value.of(rows)));
  }

  private static Question question(
      Spec s, Entitlement e, Circumstances about, Map<String, Value> call) {
    Map<String, Value> context = new LinkedHashMap<>(call);
    context.put("stage", Value.of(s.stage().word()));
    s.purpose().process().ifPresent(p -> context.put("process", Value.of(p)));
    context.put("now", new Value.Datetime(about.now().toEpochMilli()));
    context.put(
        "task",
        Value.record(
            Map.of(
                "initiator",
                Value.of(about.initiator().word()),
                "workload",
                Uids.workload(Calls.MATCHER),
                "delegationDepth",
                Value.of(about.depth()))));
    Request request =
        new Request(
            Uids.workload(about.caller()),
            Uids.action(e.action()),
            Uids.resource(e.environment(), e.resource()),
            Value.record(context));
    var resource = Calls.CATALOGUE.resource(e.resource()).orElseThrow();
    List<Entity> entities =
        new ArrayList<>(
            Things.workload(Calls.CATALOGUE.agent(about.caller()).orElseThrow(), Calls.WORKFLOW));
    entities.addAll(Things.workflow(Calls.WORKFLOW, s.name()));
    entities.addAll(
        Things.resource(
            Calls.CATALOGUE.lineage(resource), Calls.CATALOGUE.environment(e.environment())));
    return new Question(request, Entities.of(entities));
  }
}
