package dev.writ.vocabulary;

import dev.writ.base.WorkflowId;
import dev.writ.catalogue.Agent;
import dev.writ.catalogue.Environment;
import dev.writ.catalogue.Person;
import dev.writ.catalogue.Resource;
import dev.writ.policy.Entity;
import dev.writ.policy.EntityUid;
import dev.writ.policy.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Catalogue entries as the entities of a request. */
public final class Things {
  private Things() {}

  /**
   * A resource in an environment, everything it is a part of, and the environment.
   *
   * @param lineage the resource and what it is a part of, nearest first
   */
  public static List<Entity> resource(List<Resource> lineage, Environment environment) {
    List<Entity> out = new ArrayList<>();
    for (int i = 0; i < lineage.size(); i++) {
      Resource r = lineage.get(i);
      Set<EntityUid> parents = new LinkedHashSet<>();
      Set<EntityUid> assets = new LinkedHashSet<>();
      if (i + 1 < lineage.size()) {
        parents.add(Uids.resource(environment.id(), lineage.get(i + 1).id()));
        assets.add(Uids.asset(lineage.get(i + 1).id()));
      }
      parents.add(Uids.environment(environment.id()));
      parents.add(Uids.asset(r.id()));
      Map<String, Value> attributes = new LinkedHashMap<>();
      attributes.put("sensitivity", Value.of(r.sensitivityIn(environment.id()).word()));
      attributes.put("kind", Value.of(r.kind()));
      attributes.put("owner", Uids.team(r.ownerTeam()));
      attributes.put("thirdParty", Value.of(r.thirdParty()));
      attributes.put("markers", strings(r.markers()));
      attributes.put("data", strings(r.data()));
      out.add(Entity.of(Uids.resource(environment.id(), r.id()), attributes, parents));
      out.add(Entity.of(Uids.asset(r.id()), Map.of(), assets));
      out.add(Entity.bare(Uids.team(r.ownerTeam())));
    }
    out.add(
        Entity.of(
            Uids.environment(environment.id()),
            Map.of("tier", Value.of(environment.tier().word())),
            Set.of()));
    return out;
  }

  public static List<Entity> workflow(WorkflowId id, String name) {
    return List.of(Entity.of(Uids.workflow(id), Map.of("name", Value.of(name)), Set.of()));
  }

  /** An agent's workload, acting for a workflow. Throws when the agent has no workload. */
  public static List<Entity> workload(Agent agent, WorkflowId workflow) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    attributes.put("agent", Value.of(agent.id()));
    attributes.put("team", Uids.team(agent.team()));
    return List.of(
        Entity.of(
            Uids.workload(agent.workload().orElseThrow()),
            attributes,
            Set.of(Uids.workflow(workflow))),
        Entity.bare(Uids.team(agent.team())));
  }

  public static List<Entity> person(Person person) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    attributes.put("team", Uids.team(person.team()));
    attributes.put("employee", Value.of(person.employee()));
    return List.of(
        Entity.of(Uids.person(person.id()), attributes, Set.of(Uids.team(person.team()))),
        Entity.bare(Uids.team(person.team())));
  }

  /** A set of texts in sorted order. */
  public static Value.Set strings(Iterable<String> texts) {
    TreeSet<String> sorted = new TreeSet<>();
    texts.forEach(sorted::add);
    return Value.strings(sorted);
  }
}
