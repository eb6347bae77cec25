package dev.writ.spec;

import dev.writ.base.Json;
import dev.writ.form.Names;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a spec comes to in the end: one action on one resource in one environment, with its targets
 * and under its limits. The terms of the whole workflow (end, delegation, initiators) are apart.
 */
public record Entitlement(
    String action, String resource, String environment, Targets targets, Limits limits) {
  private static final Comparator<Entitlement> ORDER =
      Comparator.comparing(Entitlement::resource)
          .thenComparing(Entitlement::environment)
          .thenComparing(Entitlement::action)
          .thenComparing(e -> new String(e.toJson().canonical(), StandardCharsets.UTF_8));

  public Entitlement {
    Names.require(action);
    Names.require(resource);
    Names.require(environment);
    Objects.requireNonNull(targets);
    Objects.requireNonNull(limits);
  }

  /**
   * The entitlements of a spec, sorted. One that another covers is left out, so that two specs
   * whose grants are only written or ordered differently have equal lists.
   */
  public static List<Entitlement> of(Spec spec) {
    List<Entitlement> all = new ArrayList<>();
    for (Grant grant : spec.grants()) {
      for (String action : grant.actions()) {
        all.add(
            new Entitlement(
                action, grant.resource(), grant.environment(), grant.targets(), grant.limits()));
      }
    }
    all.sort(ORDER);
    List<Entitlement> out = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!isCovered(all, i)) {
        out.add(all.get(i));
      }
    }
    return List.copyOf(out);
  }

  /** Of two that cover each other the first stays. */
  private static boolean isCovered(List<Entitlement> all, int index) {
    for (int i = 0; i < all.size(); i++) {
      if (i != index
          && all.get(i).covers(all.get(index))
          && (i < index || !all.get(index).covers(all.get(i)))) {
        return true;
      }
    }
    return false;
  }

  /** The list as JSON, for evidence. */
  public static Json.Arr list(List<Entitlement> entitlements) {
    return Json.array(entitlements.stream().map(Entitlement::toJson).toList());
  }

  /** Whether every call that the other allows is one that this allows. */
  public boolean covers(Entitlement other) {
    return where().equals(other.where())
        && targets.covers(other.targets)
        && limits.covers(other.limits);
  }

  Change.Where where() {
    return new Change.Where(action, resource, Optional.of(environment));
  }

  /** The entitlement as JSON, in the words of a spec's grant. */
  public Json.Obj toJson() {
    return SpecWriter.grant(
        new Grant(List.of(action), resource, environment, targets, limits, Optional.empty()));
  }
}
