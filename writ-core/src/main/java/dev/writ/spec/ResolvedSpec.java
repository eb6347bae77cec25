package dev.writ.spec;

import dev.writ.base.Parsed;
import dev.writ.catalogue.Agent;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Tool;
import dev.writ.catalogue.Workload;
import dev.writ.token.Permission;
import dev.writ.token.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A spec every name of which is in one catalogue: the only kind from which policies are generated
 * and to which anybody can agree. Made by {@link #resolve}.
 */
public final class ResolvedSpec {
  private final Spec spec;
  private final Slice slice;

  ResolvedSpec(Spec spec, Slice slice) {
    this.spec = spec;
    this.slice = slice;
  }

  /** Looks up every name of a spec; the problems name its lines. */
  public static Parsed<ResolvedSpec> resolve(Spec spec, Catalogue catalogue) {
    return new Resolver(spec, catalogue).resolve();
  }

  public Spec spec() {
    return spec;
  }

  /** What of the catalogue it resolves to. */
  public Slice slice() {
    return slice;
  }

  /** The agent that runs it. */
  public Agent agent() {
    return slice.agents().getFirst();
  }

  /** The agents it may hand a token to, in the spec's order. */
  public List<Agent> delegates() {
    return slice.agents().subList(1, slice.agents().size());
  }

  /** The workloads a token may be handed to. */
  public List<Workload> delegateWorkloads() {
    return delegates().stream().map(a -> a.workload().orElseThrow()).toList();
  }

  /** The tools whose calls some grant could allow, in catalogue order: what an agent is shown. */
  public List<Tool> tools() {
    return slice.tools();
  }

  /** Whether a grant covers the tool's action on its resource in its environment. */
  static boolean reaches(Grant grant, Tool tool) {
    return grant.resource().equals(tool.mapping().resource())
        && grant.environment().equals(tool.mapping().environment())
        && grant.actions().contains(tool.mapping().action());
  }

  /** The grants as the scope a first token may have. Throws for a retired spec, which has none. */
  public Scope scope() {
    List<Permission> permissions = new ArrayList<>();
    for (Grant grant : spec.grants()) {
      NavigableMap<String, Long> limits = new TreeMap<>();
      grant.limits().rows().ifPresent(n -> limits.put("rows", n));
      grant.limits().calls().ifPresent(n -> limits.put("calls", n));
      permissions.add(
          new Permission(
              new TreeSet<>(grant.actions()),
              grant.resource(),
              grant.environment(),
              targets(grant.targets()),
              limits));
    }
    return new Scope(permissions);
  }

  private static dev.writ.token.Targets targets(Targets targets) {
    return switch (targets) {
      case Targets.Unstated() -> new dev.writ.token.Targets.Any();
      case Targets.Any() -> new dev.writ.token.Targets.Any();
      case Targets.Named(java.util.Map<String, List<String>> byDimension) -> {
        NavigableMap<String, NavigableSet<String>> values = new TreeMap<>();
        byDimension.forEach((dimension, ids) -> values.put(dimension, new TreeSet<>(ids)));
        yield new dev.writ.token.Targets.Listed(values);
      }
    };
  }
}
