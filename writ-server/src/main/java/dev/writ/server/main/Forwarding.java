package dev.writ.server.main;

import dev.writ.base.NodeId;
import dev.writ.fact.Fact;
import dev.writ.server.gateway.Authority;
import dev.writ.server.gateway.CallQuestion;
import dev.writ.server.gateway.Decided;
import dev.writ.server.gateway.OperationAuthority;
import dev.writ.server.peer.ForwardingAuthority;
import dev.writ.server.peer.PeerDoor;
import dev.writ.server.peer.Peers;
import dev.writ.state.Task;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What ties a node to the others of its ledger: whom it hands calls to, and who hands it theirs.
 */
final class Forwarding implements AutoCloseable {
  private final Authority authority;
  private final PeerDoor door;
  private final Peers peers;

  Forwarding(Node node, OperationAuthority own, Node.Ports ports) {
    this.peers =
        new Peers(
            node.id(),
            node.keys().peerSeal(),
            new Peers.Clocks(ports.clock(), ports.nanos()),
            id -> address(node, id));
    this.authority = new ForwardingAuthority(own, peers, new Here(node, own));
    this.door = new PeerDoor(own, node.keys().peerSeal(), node.id(), ports.clock());
  }

  private static Optional<String> address(Node node, NodeId id) {
    return Optional.ofNullable(node.pen().published().government().nodes().get(id))
        .map(Fact.NodeAnnounced::address);
  }

  private record Here(Node node, OperationAuthority own) implements ForwardingAuthority.Here {
    @Override
    public Optional<NodeId> deferTo() {
      return node.pen().deferTo();
    }

    @Override
    public boolean knows(CallQuestion question) {
      return node.pen().published().task(question.task()).orElse(null) instanceof Task.Open open
          && open.tokens().containsKey(question.token());
    }

    @Override
    public Optional<Decided> noted(CallQuestion question, Supplier<Optional<Decided>> decider) {
      return own.noted(question, decider);
    }
  }

  /** Decides here or elsewhere, for this node's gateways. */
  Authority authority() {
    return authority;
  }

  /** Where other nodes hand over. */
  PeerDoor door() {
    return door;
  }

  @Override
  public void close() {
    peers.close();
    door.close();
  }
}
