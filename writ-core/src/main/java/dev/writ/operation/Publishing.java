package dev.writ.operation;

import dev.writ.fact.Fact;
import dev.writ.state.State;
import java.util.Optional;

/** Who may publish. */
final class Publishing {
  private Publishing() {}

  /** Why this person may not publish now; empty when they may. */
  static Optional<Refusal> refusal(State state, String person) {
    if (state.government().founding().isEmpty()) {
      return Optional.of(new Refusal.NotFounded());
    }
    if (!state.government().holds(person, Fact.Duty.PUBLISHER)) {
      return Optional.of(new Refusal.DutyMissing(Fact.Duty.PUBLISHER));
    }
    return switch (state.government().founding().get().mode()) {
      case DEVELOPMENT -> Optional.empty();
      case PRODUCTION -> Optional.of(new Refusal.SecondPersonNeeded());
    };
  }
}
