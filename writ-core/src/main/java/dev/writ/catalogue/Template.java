package dev.writ.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * What the organisation writes into every drafted spec of its ordinary class, in the spec's words.
 * Only ends, duties and narrowings: never an action, resource, environment or target.
 */
public record Template(
    Optional<String> stage,
    Optional<String> identityOwner,
    Optional<String> securityOwner,
    List<String> initiators,
    Optional<Span> taskLife,
    List<String> revoke) {
  /** A catalogue without one. */
  public static final Template NONE =
      new Template(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          List.of());

  public Template {
    initiators = List.copyOf(initiators);
    revoke = List.copyOf(revoke);
  }
}
