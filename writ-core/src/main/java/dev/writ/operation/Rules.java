package dev.writ.operation;

import dev.writ.admission.Dossier;
import dev.writ.base.Digest;
import dev.writ.state.State;
import java.util.Optional;

/** The stamp on what is computed outside the pen: all that is published, by digest. */
record Rules(Digest catalogue, Digest admission, Digest guardrails) {
  /** What is in force; empty until all three are published. */
  static Optional<Rules> of(State state) {
    var government = state.government();
    if (government.catalogue().isEmpty()
        || government.admission().isEmpty()
        || government.guardrails().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rules(
            government.catalogue().get(),
            government.admission().get(),
            government.guardrails().get()));
  }

  Dossier.Rules ofDossier() {
    return new Dossier.Rules(admission, guardrails);
  }
}
