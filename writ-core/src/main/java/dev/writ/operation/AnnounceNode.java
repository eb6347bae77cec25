package dev.writ.operation;

import dev.writ.base.NodeId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactCodec;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.Government;
import dev.writ.state.State;
import java.util.List;
import java.util.Optional;

/**
 * A node says which fact format it reads and where others reach it; said again only on a change.
 */
public final class AnnounceNode {
  private final Ledger ledger;

  public AnnounceNode(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * @param address where other nodes reach it, as {@code host:port}
   */
  public record Request(NodeId node, String address) {}

  public sealed interface Reply {
    record Announced() implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    return ledger.write(Command.<Reply>of((state, now) -> rule(state, request))).reply();
  }

  private static Ruling<Reply> rule(State state, Request request) {
    if (!Refusals.founded(state)) {
      return Ruling.say(new Reply.Refused(new Refusal.NotFounded()));
    }
    Fact.NodeAnnounced said =
        new Fact.NodeAnnounced(request.node(), request.address(), FactCodec.FORMAT);
    Optional<Fact.NodeAnnounced> before =
        Optional.ofNullable(state.government().nodes().get(request.node()));
    if (before.filter(said::equals).isPresent()) {
      return Ruling.say(new Reply.Announced());
    }
    if (before.isEmpty() && state.government().nodes().size() >= Government.MOST_NODES) {
      return Ruling.say(new Reply.Refused(new Refusal.LimitReached("nodes")));
    }
    return Ruling.of(
        List.of(FactDraft.of(new Actor.Node(request.node()), About.ledger(), said)),
        new Reply.Announced());
  }
}
