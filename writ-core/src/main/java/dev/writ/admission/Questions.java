package dev.writ.admission;

import dev.writ.base.WorkflowId;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Person;
import dev.writ.catalogue.Resource;
import dev.writ.catalogue.SodRule;
import dev.writ.policy.Entities;
import dev.writ.policy.Entity;
import dev.writ.policy.Request;
import dev.writ.policy.Value;
import dev.writ.spec.Grant;
import dev.writ.spec.Initiator;
import dev.writ.spec.Slice;
import dev.writ.spec.Spec;
import dev.writ.spec.Targets;
import dev.writ.vocabulary.Things;
import dev.writ.vocabulary.Uids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A dossier as requests to admission policy: one about the whole, one about each grant. */
final class Questions {
  /**
   * One request.
   *
   * @param teams the owners of the resources it is about
   */
  record Question(Request request, List<String> teams) {}

  private final Dossier dossier;
  private final Catalogue catalogue;
  private final Instant now;

  Questions(Dossier dossier, Catalogue catalogue, Instant now) {
    this.dossier = dossier;
    this.catalogue = catalogue;
    this.now = now;
  }

  private Spec spec() {
    return dossier.resolved().spec();
  }

  private Slice slice() {
    return dossier.resolved().slice();
  }

  private Resource resource(Grant grant) {
    return slice().resource(grant.resource()).orElseThrow();
  }

  List<Question> all() {
    List<Question> all = new ArrayList<>();
    TreeSet<String> teams = new TreeSet<>();
    spec().grants().forEach(g -> teams.add(resource(g).ownerTeam()));
    all.add(
        new Question(
            new Request(
                Uids.person(dossier.requester()),
                Uids.ADMIT_WORKFLOW,
                Uids.workflow(dossier.workflow()),
                whole()),
            List.copyOf(teams)));
    for (Grant grant : spec().grants()) {
      all.add(
          new Question(
              new Request(
                  Uids.person(dossier.requester()),
                  Uids.ADMIT_GRANT,
                  Uids.resource(grant.environment(), grant.resource()),
                  line(grant)),
              List.of(resource(grant).ownerTeam())));
    }
    return all;
  }

  Entities entities(Person requester) {
    WorkflowId workflow = dossier.workflow();
    List<Entity> out = new ArrayList<>();
    out.addAll(Things.person(requester));
    catalogue
        .person(spec().owners().product())
        .filter(p -> !p.equals(requester))
        .ifPresent(p -> out.addAll(Things.person(p)));
    out.addAll(Things.workflow(workflow, spec().name()));
    slice().agents().forEach(a -> out.addAll(Things.workload(a, workflow)));
    for (Grant grant : spec().grants()) {
      out.addAll(
          Things.resource(
              slice().lineage(resource(grant)), slice().environment(grant.environment())));
    }
    return Entities.of(out);
  }

  private String tier(Grant grant) {
    return slice().environment(grant.environment()).tier().word();
  }

  private boolean writes(Grant grant) {
    return grant.actions().stream().anyMatch(a -> !resource(grant).reads(a));
  }

  private Value.Rec whole() {
    Spec spec = spec();
    Map<String, Value> out = new LinkedHashMap<>();
    out.put("stage", Value.of(spec.stage().word()));
    spec.purpose().process().ifPresent(p -> out.put("process", Value.of(p)));
    out.put("mode", Value.of(spec.identity().mode().word()));
    out.put("initiators", Things.strings(spec.initiators().stream().map(Initiator::word).toList()));
    out.put("hours", Value.of(hours()));
    out.put("beyondCeiling", Value.of(beyondCeiling()));
    TreeSet<String> tiers = new TreeSet<>();
    TreeSet<String> environments = new TreeSet<>();
    TreeSet<String> sensitivities = new TreeSet<>();
    TreeSet<String> effects = new TreeSet<>();
    TreeSet<String> markers = new TreeSet<>();
    boolean thirdParty = false;
    for (Grant grant : spec.grants()) {
      Resource resource = resource(grant);
      tiers.add(tier(grant));
      environments.add(grant.environment());
      sensitivities.add(resource.sensitivityIn(grant.environment()).word());
      grant.actions().forEach(a -> effects.add(resource.reads(a) ? "read" : "write"));
      markers.addAll(resource.markers());
      thirdParty |= resource.thirdParty();
    }
    out.put("tiers", Things.strings(tiers));
    out.put("environments", Things.strings(environments));
    out.put("sensitivities", Things.strings(sensitivities));
    out.put("effects", Things.strings(effects));
    out.put("markers", Things.strings(markers));
    out.put("thirdParty", Value.of(thirdParty));
    out.put("delegationDepth", Value.of(spec.task().depth()));
    out.put("taskLife", new Value.Duration(spec.task().life().toMillis()));
    out.put("owner", Uids.person(spec.owners().product()));
    out.put("sod", Value.record(Map.of("broken", Things.strings(broken()))));
    return Value.record(out);
  }

  private Value.Rec line(Grant grant) {
    Map<String, Value> limits = new LinkedHashMap<>();
    grant.limits().rows().ifPresent(n -> limits.put("rows", Value.of(n)));
    grant.limits().calls().ifPresent(n -> limits.put("calls", Value.of(n)));
    grant
        .limits()
        .amount()
        .ifPresent(
            a -> limits.put("amount", new Value.Decimal(a.movePointRight(4).longValueExact())));
    Map<String, Value> out = new LinkedHashMap<>();
    out.put("workflow", Uids.workflow(dossier.workflow()));
    out.put("stage", Value.of(spec().stage().word()));
    out.put("actions", Things.strings(grant.actions()));
    out.put("effect", Value.of(writes(grant) ? "write" : "read"));
    out.put("tier", Value.of(tier(grant)));
    out.put("anyTarget", Value.of(grant.targets() instanceof Targets.Any));
    out.put("limits", Value.record(limits));
    return Value.record(out);
  }

  private long hours() {
    Duration left = Duration.between(now, spec().until());
    return left.isNegative() ? 0 : (left.toSeconds() + 3_599) / 3_600;
  }

  private boolean beyondCeiling() {
    return catalogue
        .defaults()
        .hardCeiling()
        .map(c -> spec().until().isAfter(c.after(now, catalogue.calendar().timezone())))
        .orElse(false);
  }

  /** Rules of which the grants hold an action of each side. */
  private List<String> broken() {
    List<String> broken = new ArrayList<>();
    for (SodRule rule : catalogue.sodRules()) {
      switch (rule) {
        case SodRule.Words words -> {}
        case SodRule.Toxic(String id, SodRule.Side one, SodRule.Side other) -> {
          if (holds(one) && holds(other)) {
            broken.add(id);
          }
        }
      }
    }
    return broken;
  }

  private boolean holds(SodRule.Side side) {
    return spec().grants().stream()
        .anyMatch(g ->
            slice().lineage(resource(g)).stream().anyMatch(r -> r.id().equals(side.resource()))
                && g.actions().stream().anyMatch(side.actions()::contains));
  }
}
