package dev.writ.catalogue;

import dev.writ.base.Problem;
import dev.writ.base.Text;
import dev.writ.form.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Whether the entries of a catalogue fit each other. */
final class CatalogueChecks {
  private final List<Environment> environments;
  private final List<Resource> resources;
  private final List<Person> people;
  private final List<Agent> agents;
  private final Map<String, Resource> byId = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  CatalogueChecks(
      List<Environment> environments,
      List<Resource> resources,
      List<Person> people,
      List<Agent> agents) {
    this.environments = environments;
    this.resources = resources;
    this.people = people;
    this.agents = agents;
    resources.forEach(r -> byId.putIfAbsent(r.id(), r));
  }

  List<Problem> check(
      List<BusinessProcess> processes,
      List<SodRule> rules,
      List<Upstream> upstreams,
      List<Tool> tools) {
    unique("environments", environments, Environment::id);
    unique("resources", resources, Resource::id);
    unique("people", people, Person::id);
    unique("agents", agents, Agent::id);
    unique("agents", agents, a -> a.workload().map(Workload::id).orElse(a.id()));
    unique("business_processes", processes, BusinessProcess::id);
    unique("sod_rules", rules, SodRule::id);
    unique("upstreams", upstreams, Upstream::id);
    unique("tools", tools, Tool::name);
    resources.forEach(this::resource);
    lineages();
    List<String> personIds = people.stream().map(Person::id).toList();
    for (BusinessProcess p : processes) {
      known("business_processes", p.id() + ".control_owner", p.controlOwner(), personIds);
    }
    rules.forEach(this::rule);
    new ToolChecks(byId, upstreams, this::known, problems).check(tools);
    return problems;
  }

  private <T> void unique(String kind, List<T> entries, Function<T, String> id) {
    Set<String> seen = new HashSet<>();
    for (T entry : entries) {
      if (!seen.add(id.apply(entry))) {
        problems.add(
            new Problem(
                kind, "`" + Text.excerpt(id.apply(entry)) + "` is there twice", "rename one"));
      }
    }
  }

  private void known(String kind, String where, String name, Collection<String> names) {
    if (!names.contains(name)) {
      problems.add(
          new Problem(
              kind + " " + where,
              "`" + Text.excerpt(name) + "` is not in the catalogue",
              Suggestion.remedy(name, names)));
    }
  }

  private void resource(Resource r) {
    String at = r.id() + ".";
    List<String> rated = environments.stream().map(Environment::id).toList();
    for (String environment : r.environments()) {
      if (!rated.isEmpty() && !environment.equals(Environment.NOT_APPLICABLE)) {
        known("resources", at + "environments", environment, rated);
      }
    }
    if (r.environments().isEmpty() || r.actions().isEmpty()) {
      problems.add(
          new Problem(
              "resources " + r.id(), "it has no environment or no action", "list at least one"));
    }
    for (String environment : r.sensitivities().keySet()) {
      known("resources", at + "environment_sensitivity", environment, r.environments());
    }
    for (String action : r.reading()) {
      known("resources", at + "reading", action, r.actions().keySet());
    }
    r.parent().ifPresent(p -> known("resources", at + "parent", p, byId.keySet()));
  }

  /** No resource is a part of itself, and none lies deeper than eight. */
  private void lineages() {
    for (Resource r : resources) {
      Set<String> seen = new LinkedHashSet<>();
      Optional<Resource> at = Optional.of(r);
      while (at.isPresent() && seen.add(at.get().id())) {
        at = at.get().parent().flatMap(p -> Optional.ofNullable(byId.get(p)));
      }
      if (at.isPresent()) {
        problems.add(
            new Problem(
                "resources " + r.id(),
                "its parents lead in a circle: " + String.join(" → ", seen),
                "remove one `parent`"));
      } else if (seen.size() > 8) {
        problems.add(
            new Problem("resources " + r.id(), "it lies deeper than 8", "flatten its parents"));
      }
    }
  }

  private void rule(SodRule rule) {
    switch (rule) {
      case SodRule.Words words -> {}
      case SodRule.Toxic(String id, SodRule.Side one, SodRule.Side other) -> {
        side(id, one);
        side(id, other);
      }
    }
  }

  private void side(String id, SodRule.Side side) {
    known("sod_rules", id, side.resource(), byId.keySet());
    Resource r = byId.get(side.resource());
    if (r != null) {
      side.actions().forEach(a -> known("sod_rules", id, a, r.actions().keySet()));
    }
  }
}
