package dev.writ.policy;

import java.util.Objects;
import java.util.Optional;

/**
 * A policy that can be decided: a rule without open slots, under an id that is unique in its set.
 *
 * @param id Cedar's policy id; unnamed policies of a text are {@code policy0}, {@code policy1} ...
 */
public record Policy(String id, Rule rule) {
  public Policy {
    Objects.requireNonNull(id);
    if (!rule.slots().isEmpty()) {
      throw new IllegalArgumentException("`" + id + "` has open slots: it is a template");
    }
  }

  public Effect effect() {
    return rule.effect();
  }

  /** The annotation's value; empty text for {@code @name} alone. */
  public Optional<String> annotation(String name) {
    return rule.annotation(name);
  }

  /** The name that people know it by: its {@code @id}, else its id. */
  public String name() {
    return annotation("id").filter(name -> !name.isEmpty()).orElse(id);
  }

  /** The policy as Cedar writes it. */
  public String text() {
    return rule.text();
  }
}
