package dev.writ.ledger;

import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An operator's order to open a new epoch after a fork, while it is carried out.
 *
 * @param ready whether the stored log has been read from its first entry and the fact may be
 *     written
 */
record EpochOpening(
    String origin, Actor by, Optional<Acknowledgement> lost, Answer<Long> answer, boolean ready) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  EpochOpening(String origin, Actor by, Optional<Acknowledgement> lost, Answer<Long> answer) {
    this(origin, by, lost, answer, false);
  }

  EpochOpening onReadLog() {
    return new EpochOpening(origin, by, lost, answer, true);
  }

  void failed(String why) {
    answer.failed(new LedgerFault.Forked(why));
  }

  Queued<Long> queued(long nanos) {
    Command<Long> command =
        new Command<>(Command.Urgency.REVOCATION, Optional.empty(), PATIENCE, this::rule);
    return new Queued<>(command, answer, nanos + PATIENCE.toNanos());
  }

  private Ruling<Long> rule(State state, Instant now) {
    long known = lost.map(Acknowledgement::epoch).orElse(0L);
    if (state.log().epoch() > known) {
      // Another node's operator was faster, and this node has just taken that epoch over.
      return Ruling.say(state.log().epoch());
    }
    if (origin.isEmpty()
        || origin.equals(state.log().origin())
        || lost.filter(a -> a.origin().equals(origin)).isPresent()) {
      throw new IllegalArgumentException("a new epoch has a new origin");
    }
    Fact.EpochOpened opened =
        new Fact.EpochOpened(
            known + 1,
            origin,
            lost.map(Acknowledgement::size).orElse(0L),
            lost.map(Acknowledgement::root).orElse(dev.writ.audit.Merkle.EMPTY_ROOT));
    return Ruling.of(List.of(FactDraft.of(by, About.ledger(), opened)), known + 1);
  }
}
