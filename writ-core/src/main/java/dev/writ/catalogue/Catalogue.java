package dev.writ.catalogue;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.form.Node;
import dev.writ.form.Problems;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * One organisation's catalogue. Every reference in it resolves: one that does not cannot be
 * constructed. Ids are unique within their kind; names and aliases need not be.
 *
 * @param note for people; no rule reads it
 * @param environments those that the catalogue rates; empty when it rates none
 */
public record Catalogue(
    String organisation,
    Optional<String> note,
    Calendar calendar,
    List<Environment> environments,
    List<Resource> resources,
    List<Person> people,
    List<Agent> agents,
    List<BusinessProcess> processes,
    List<SodRule> sodRules,
    PolicyDefaults defaults,
    Template template,
    List<Upstream> upstreams,
    List<Tool> tools) {
  public Catalogue {
    environments = List.copyOf(environments);
    resources = List.copyOf(resources);
    people = List.copyOf(people);
    agents = List.copyOf(agents);
    processes = List.copyOf(processes);
    sodRules = List.copyOf(sodRules);
    upstreams = List.copyOf(upstreams);
    tools = List.copyOf(tools);
    List<Problem> problems =
        new CatalogueChecks(environments, resources, people, agents)
            .check(processes, sodRules, upstreams, tools);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.toString());
    }
  }

  /** Reads a catalogue from YAML or JSON bytes; every problem is named with its line. */
  public static Parsed<Catalogue> parse(byte[] utf8) {
    return Node.yaml(utf8, Node.Bounds.CATALOGUE).then(Catalogue::parse);
  }

  /** Reads a catalogue from JSON that has been parsed already. */
  public static Parsed<Catalogue> parse(Json json) {
    return parse(Node.of(json));
  }

  private static Parsed<Catalogue> parse(Node node) {
    return new CatalogueReader(new Problems()).read(node);
  }

  /** The JSON from which {@link #parse(Json)} gives an equal catalogue. */
  public Json.Obj canonicalForm() {
    return CatalogueWriter.write(this);
  }

  /** The SHA-256 of the canonical form's canonical bytes. */
  public Digest digest() {
    return canonicalForm().digest();
  }

  public Optional<Resource> resource(String id) {
    return resources.stream().filter(r -> r.id().equals(id)).findFirst();
  }

  public Optional<Person> person(String id) {
    return people.stream().filter(p -> p.id().equals(id)).findFirst();
  }

  public Optional<Agent> agent(String id) {
    return agents.stream().filter(a -> a.id().equals(id)).findFirst();
  }

  /** The agent that runs as this workload. */
  public Optional<Agent> agent(Workload workload) {
    return agents.stream().filter(a -> a.workload().equals(Optional.of(workload))).findFirst();
  }

  public Optional<BusinessProcess> process(String id) {
    return processes.stream().filter(p -> p.id().equals(id)).findFirst();
  }

  public Optional<Tool> tool(String name) {
    return tools.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  public Optional<Upstream> upstream(String id) {
    return upstreams.stream().filter(u -> u.id().equals(id)).findFirst();
  }

  /** What policy takes an environment for: production unless the catalogue says less. */
  public Environment environment(String id) {
    return environments.stream()
        .filter(e -> e.id().equals(id))
        .findFirst()
        .orElseGet(() -> new Environment(id, Environment.Tier.PRODUCTION));
  }

  /** The resource and everything it is a part of, nearest first. */
  public List<Resource> lineage(Resource resource) {
    List<Resource> lineage = new ArrayList<>();
    for (Optional<Resource> at = Optional.of(resource);
        at.isPresent();
        at = at.get().parent().flatMap(this::resource)) {
      lineage.add(at.get());
    }
    return List.copyOf(lineage);
  }

  /** The people of a team, in catalogue order. */
  public List<Person> team(String team) {
    return people.stream().filter(p -> p.team().equals(team)).toList();
  }

  /** The teams that have people, in the order in which the catalogue names them. */
  public SequencedSet<String> teams() {
    SequencedSet<String> teams = new LinkedHashSet<>();
    people.forEach(p -> teams.add(p.team()));
    return teams;
  }
}
