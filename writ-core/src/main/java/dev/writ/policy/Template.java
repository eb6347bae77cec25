package dev.writ.policy;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A rule with open slots; it decides nothing until it is linked. */
public record Template(String id, Rule rule) {
  public Template {
    Objects.requireNonNull(id);
    if (rule.slots().isEmpty()) {
      throw new IllegalArgumentException("`" + id + "` has no slots: it is a policy");
    }
  }

  /**
   * The policy that fills exactly this template's slots; it keeps the template's annotations.
   * Throws {@link IllegalArgumentException} when a slot is missing or one is given too many.
   */
  public Policy link(String linkId, Map<Slot, EntityUid> values) {
    if (!values.keySet().equals(Set.copyOf(rule.slots()))) {
      throw new IllegalArgumentException(
          "template `" + id + "` has the slots " + rule.slots() + ", given are " + values.keySet());
    }
    Rule linked = rule;
    EntityUid principal = values.get(Slot.PRINCIPAL);
    if (principal != null) {
      linked = linked.principal(rule.principal().filled(principal));
    }
    EntityUid resource = values.get(Slot.RESOURCE);
    if (resource != null) {
      linked = linked.resource(rule.resource().filled(resource));
    }
    return new Policy(linkId, linked);
  }

  /** The template as Cedar writes it. */
  public String text() {
    return rule.text();
  }
}
