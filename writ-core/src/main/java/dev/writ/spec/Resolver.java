package dev.writ.spec;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.catalogue.Agent;
import dev.writ.catalogue.BusinessProcess;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Environment;
import dev.writ.catalogue.Person;
import dev.writ.catalogue.Resource;
import dev.writ.catalogue.Tool;
import dev.writ.catalogue.Upstream;
import dev.writ.form.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks up the names of one spec in one catalogue. */
final class Resolver {
  private final Spec spec;
  private final Catalogue catalogue;
  private final List<Problem> problems = new ArrayList<>();

  Resolver(Spec spec, Catalogue catalogue) {
    this.spec = spec;
    this.catalogue = catalogue;
  }

  Parsed<ResolvedSpec> resolve() {
    spec.purpose()
        .process()
        .ifPresent(p ->
            known("process", p, catalogue.processes().stream().map(BusinessProcess::id).toList()));
    owners();
    List<Agent> agents = agents();
    for (int i = 0; i < spec.grants().size(); i++) {
      grant("grants[" + i + "]", spec.grants().get(i));
    }
    for (int i = 0; i < spec.prohibited().size(); i++) {
      prohibition("prohibited[" + i + "]", spec.prohibited().get(i));
    }
    return problems.isEmpty()
        ? Parsed.ok(new ResolvedSpec(spec, slice(agents)))
        : Parsed.refused(problems);
  }

  private boolean known(String place, String name, Collection<String> names) {
    if (names.contains(name)) {
      return true;
    }
    problem(place, "`" + name + "` is not in the catalogue", Suggestion.remedy(name, names));
    return false;
  }

  private void problem(String place, String what, String remedy) {
    problems.add(new Problem(place, what, remedy));
  }

  private void owners() {
    String product = spec.owners().product();
    List<String> people = catalogue.people().stream().map(Person::id).toList();
    if (known("owners.product", product, people)
        && !catalogue.person(product).map(Person::eligible).orElse(false)) {
      problem(
          "owners.product",
          "`" + product + "` has left or is a contractor and cannot own",
          "name an employee");
    }
    spec.owners().identity().ifPresent(o -> party("owners.identity", o));
    spec.owners().security().ifPresent(o -> party("owners.security", o));
  }

  /** A person, or a team with somebody in it who can answer. */
  private void party(String place, String name) {
    Set<String> names = new LinkedHashSet<>();
    catalogue.people().forEach(p -> names.add(p.id()));
    names.addAll(catalogue.teams());
    if (known(place, name, names)
        && !catalogue.person(name).map(Person::eligible).orElse(false)
        && catalogue.team(name).stream().noneMatch(Person::eligible)) {
      problem(place, "nobody of `" + name + "` can own", "name an employee or their team");
    }
  }

  private List<Agent> agents() {
    List<Agent> agents = new ArrayList<>();
    Optional<Agent> own = catalogue.agent(spec.identity().workload());
    if (own.isEmpty()) {
      List<String> workloads =
          catalogue.agents().stream().flatMap(a -> a.workload().stream()).map(w -> w.id()).toList();
      known("identity.workload", spec.identity().workload().id(), workloads);
    }
    own.ifPresent(agents::add);
    List<String> ids = catalogue.agents().stream().map(Agent::id).toList();
    for (String to : spec.task().to()) {
      Optional<Agent> delegate = catalogue.agent(to);
      if (!known("task.delegation.to", to, ids)) {
        continue;
      }
      if (delegate.flatMap(Agent::workload).isEmpty()) {
        problem(
            "task.delegation.to",
            "`" + to + "` has no workload identity",
            "give it one in the catalogue");
      } else if (delegate.equals(own)) {
        problem("task.delegation.to", "`" + to + "` is the workflow itself", "leave it out");
      }
      delegate.ifPresent(agents::add);
    }
    return agents;
  }

  private void grant(String place, Grant grant) {
    List<String> ids = catalogue.resources().stream().map(Resource::id).toList();
    if (!known(place + ".resource", grant.resource(), ids)) {
      return;
    }
    Resource resource = catalogue.resource(grant.resource()).orElseThrow();
    known(place + ".environment", grant.environment(), resource.environments());
    for (String action : grant.actions()) {
      known(place + ".actions", action, resource.actions().keySet());
    }
    targets(place + ".targets", grant.targets(), resource);
    conflicts(place, grant, resource);
  }

  private void targets(String place, Targets targets, Resource resource) {
    Set<String> dimensions = resource.targets().keySet();
    switch (targets) {
      case Targets.Unstated() -> {
        if (!dimensions.isEmpty()) {
          problem(
              place,
              "`" + resource.id() + "` has targets and none is named",
              "list values of " + Suggestion.list(dimensions) + ", or write targets: any");
        }
      }
      case Targets.Any() -> {
        if (dimensions.isEmpty()) {
          problem(place, "`" + resource.id() + "` has no targets", "leave `targets` out");
        }
      }
      case Targets.Named(Map<String, List<String>> named) -> {
        named.forEach((dimension, ids) -> dimension(place, dimension, ids, resource));
        for (String dimension : dimensions) {
          if (!named.containsKey(dimension)) {
            problem(place, "`" + dimension + "` is not named", "list its values too");
          }
        }
      }
    }
  }

  private void dimension(String place, String dimension, List<String> ids, Resource resource) {
    if (!known(place, dimension, resource.targets().keySet())) {
      return;
    }
    Resource.Dimension known = resource.targets().get(dimension);
    if (known != null) {
      ids.forEach(id -> known(place + "." + dimension, id, known.ids().keySet()));
    }
  }

  /** A line that is granted and prohibited says two things; nobody can have meant both. */
  private void conflicts(String place, Grant grant, Resource resource) {
    List<String> lineage = catalogue.lineage(resource).stream().map(Resource::id).toList();
    for (Prohibition p : spec.prohibited()) {
      boolean there =
          lineage.contains(p.resource())
              && p.environment().map(e -> e.equals(grant.environment())).orElse(true);
      List<String> both = grant.actions().stream().filter(p.actions()::contains).toList();
      if (there && !both.isEmpty()) {
        problem(
            place + ".actions",
            Suggestion.list(both) + " is granted and prohibited on `" + resource.id() + "`",
            "remove it from one of the two");
      }
    }
  }

  private void prohibition(String place, Prohibition prohibition) {
    List<String> ids = catalogue.resources().stream().map(Resource::id).toList();
    if (!known(place + ".resource", prohibition.resource(), ids)) {
      return;
    }
    Set<String> actions = new LinkedHashSet<>();
    Set<String> environments = new LinkedHashSet<>();
    for (Resource r : catalogue.resources()) {
      if (catalogue.lineage(r).stream().anyMatch(a -> a.id().equals(prohibition.resource()))) {
        actions.addAll(r.actions().keySet());
        environments.addAll(r.environments());
      }
    }
    prohibition.actions().forEach(a -> known(place + ".actions", a, actions));
    prohibition.environment().ifPresent(e -> known(place + ".environment", e, environments));
  }

  private Slice slice(List<Agent> agents) {
    Set<String> resources = new LinkedHashSet<>();
    Set<String> environments = new LinkedHashSet<>();
    for (Grant g : spec.grants()) {
      lineage(g.resource(), resources);
      environments.add(g.environment());
    }
    spec.prohibited().forEach(p -> lineage(p.resource(), resources));
    List<Tool> tools =
        catalogue.tools().stream()
            .filter(t -> spec.grants().stream().anyMatch(g -> ResolvedSpec.reaches(g, t)))
            .toList();
    Set<String> upstreams = new LinkedHashSet<>();
    tools.forEach(t -> upstreams.add(t.upstream()));
    // A resource lists environments that the slice does not grant, so all of those are rated too.
    List<Resource> kept =
        catalogue.resources().stream().filter(r -> resources.contains(r.id())).toList();
    kept.forEach(r -> environments.addAll(r.environments()));
    List<Environment> rated = environments.stream().sorted().map(catalogue::environment).toList();
    List<Upstream> reached =
        catalogue.upstreams().stream().filter(u -> upstreams.contains(u.id())).toList();
    return new Slice(rated, kept, agents, reached, tools);
  }

  private void lineage(String id, Set<String> into) {
    catalogue.resource(id).ifPresent(r -> catalogue.lineage(r).forEach(a -> into.add(a.id())));
  }
}
