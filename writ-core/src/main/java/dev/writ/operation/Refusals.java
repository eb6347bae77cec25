package dev.writ.operation;

import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Ruling;
import dev.writ.state.State;
import dev.writ.state.Submission;
import java.util.List;

/** How a rule says no to somebody authenticated: the refusal is itself a fact. */
final class Refusals {
  private Refusals() {}

  /** A refusal that is recorded, about what exists. */
  static <R> Ruling<R> recorded(Who who, Refusal refusal, R reply) {
    Fact fact = new Fact.CommandRefused(who.operation(), refusal.name());
    return Ruling.of(List.of(FactDraft.of(who.by(), who.about(), fact)), reply);
  }

  /** Who asked for what, about what. */
  record Who(String operation, Actor by, About about) {}

  /** What a submission's facts are about. */
  static About about(Submission submission) {
    return About.workflow(submission.workflow()).dossier(submission.dossier());
  }

  /** Whether the ledger is founded. */
  static boolean founded(State state) {
    return state.government().founding().isPresent();
  }
}
