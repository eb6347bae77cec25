package dev.writ.operation;

import dev.writ.base.NodeId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import java.util.List;

/**
 * A chore: writes down what strangers sent and was refused, one summary fact a door and problem.
 */
public final class CountStrangers {
  private final Ledger ledger;
  private final NodeId node;

  public CountStrangers(Ledger ledger, NodeId node) {
    this.ledger = ledger;
    this.node = node;
  }

  /** At most {@link Ruling#MOST_FACTS} counts of the last minute. */
  public void run(List<Fact.StrangersRefused> counts) {
    if (counts.isEmpty()) {
      return;
    }
    Actor by = new Actor.Node(node);
    List<FactDraft> facts = counts.stream().map(c -> FactDraft.of(by, About.ledger(), c)).toList();
    ledger.write(
        Command.of((state, now) ->
            Refusals.founded(state) ? Ruling.of(facts, counts.size()) : Ruling.say(0)));
  }
}
