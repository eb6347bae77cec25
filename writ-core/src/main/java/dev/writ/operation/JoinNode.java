package dev.writ.operation;

import dev.writ.base.Digest;
import dev.writ.base.EnrolmentId;
import dev.writ.base.NodeId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A node that proved it has an offer's code is recorded; only then is it given the keys. */
public final class JoinNode {
  private final Ledger ledger;
  private final JoinCodes codes;

  public JoinNode(Ledger ledger, JoinCodes codes) {
    this.ledger = ledger;
    this.codes = codes;
  }

  /**
   * @param offer whose code the door saw proved
   * @param node the id the node drew
   */
  public record Request(EnrolmentId offer, NodeId node) {}

  public sealed interface Reply {
    record Joined() implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    Digest code = Digest.ofText(codes.of(request.offer()));
    return ledger.write(Command.<Reply>of((state, now) -> rule(state, now, request, code))).reply();
  }

  private static Ruling<Reply> rule(State state, Instant now, Request request, Digest code) {
    boolean good =
        Optional.ofNullable(state.government().offered().get(request.offer()))
            .filter(o -> now.isBefore(o.until()) && o.code().equals(code))
            .isPresent();
    if (!good) {
      // A stranger's: counted at the door, no fact of its own.
      return Ruling.say(new Reply.Refused(new Refusal.JoinInvalid()));
    }
    Fact joined = new Fact.NodeJoined(request.offer(), request.node());
    Actor by = new Actor.Node(request.node());
    return Ruling.of(List.of(FactDraft.of(by, About.ledger(), joined)), new Reply.Joined());
  }
}
