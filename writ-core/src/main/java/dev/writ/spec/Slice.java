package dev.writ.spec;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.catalogue.Agent;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.CatalogueWriter;
import dev.writ.catalogue.Environment;
import dev.writ.catalogue.Resource;
import dev.writ.catalogue.Tool;
import dev.writ.catalogue.Upstream;
import dev.writ.catalogue.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of a catalogue that a spec resolves to: what an approval is bound to, and what a writ
 * keeps when the catalogue changes. It names no people.
 *
 * @param environments those granted, rated as the catalogue rates them
 * @param resources those granted or prohibited and everything they are parts of
 * @param agents the workload's agent, then the delegates
 * @param upstreams where the tools' calls go
 * @param tools those whose calls some grant could allow
 */
public record Slice(
    List<Environment> environments,
    List<Resource> resources,
    List<Agent> agents,
    List<Upstream> upstreams,
    List<Tool> tools) {
  public Slice {
    environments = List.copyOf(environments);
    resources = List.copyOf(resources);
    agents = List.copyOf(agents);
    upstreams = List.copyOf(upstreams);
    tools = List.copyOf(tools);
  }

  public Optional<Resource> resource(String id) {
    return resources.stream().filter(r -> r.id().equals(id)).findFirst();
  }

  public Optional<Tool> tool(String name) {
    return tools.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  public Optional<Upstream> upstream(String id) {
    return upstreams.stream().filter(u -> u.id().equals(id)).findFirst();
  }

  public Optional<Agent> agent(Workload workload) {
    return agents.stream().filter(a -> a.workload().equals(Optional.of(workload))).findFirst();
  }

  /** An environment's rating: production for one the slice does not hold. */
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

  /** The JSON from which {@link #parse} gives an equal slice. */
  public Json.Obj canonicalForm() {
    return Json.object()
        .put(
            "environments",
            Json.array(environments.stream().map(CatalogueWriter::environment).toList()))
        .put("resources", Json.array(resources.stream().map(CatalogueWriter::resource).toList()))
        .put("agents", Json.array(agents.stream().map(CatalogueWriter::agent).toList()))
        .put("upstreams", Json.array(upstreams.stream().map(CatalogueWriter::upstream).toList()))
        .put("tools", Json.array(tools.stream().map(CatalogueWriter::tool).toList()))
        .build();
  }

  public Digest digest() {
    return canonicalForm().digest();
  }

  /** Reads what {@link #canonicalForm} writes. */
  public static Parsed<Slice> parse(Json json) {
    // A slice is a catalogue without people, so the catalogue's reader and its checks apply.
    if (!(json instanceof Json.Obj slice)) {
      return Parsed.refused("", "a slice is an object", "send an object");
    }
    Json.Builder whole =
        Json.object()
            .put("organisation", "slice")
            .put("calendar", Json.object().put("timezone", "UTC").build());
    for (String part : List.of("environments", "resources", "agents", "upstreams", "tools")) {
      whole.putIfPresent(part, slice.get(part));
    }
    if (slice.members().size() != 5) {
      return Parsed.refused("", "a slice has five parts", "send what was stored");
    }
    return Catalogue.parse(whole.build())
        .map(c -> new Slice(c.environments(), c.resources(), c.agents(), c.upstreams(), c.tools()));
  }
}
