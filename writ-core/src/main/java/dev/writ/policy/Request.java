package dev.writ.policy;

import java.util.Objects;

/** The question a decision answers: may this principal do this action on this resource now? */
public record Request(
    EntityUid principal, EntityUid action, EntityUid resource, Value.Rec context) {
  public Request {
    Objects.requireNonNull(principal);
    Objects.requireNonNull(action);
    Objects.requireNonNull(resource);
    Objects.requireNonNull(context);
  }
}
