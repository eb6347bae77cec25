package dev.writ.server.peer;

import dev.writ.base.Json;
import dev.writ.base.NodeId;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.server.gateway.Authority;
import dev.writ.server.gateway.AuthorityMessages;
import dev.writ.server.gateway.CallOutcome;
import dev.writ.server.gateway.CallQuestion;
import dev.writ.server.gateway.Decided;
import dev.writ.server.gateway.RevocationFeed;
import dev.writ.server.gateway.ToolsSeen;
import dev.writ.server.upstream.WireJson;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The authority of a node that hands calls to the node that writes lately, and decides itself when
 * that gives no answer. Both carry the caller's key, so a call that was decided there and asked
 * again here is {@link Decided.Repeated}: never two answers, and never one that is not recorded.
 */
public final class ForwardingAuthority implements Authority {
  /** An outcome longer than this is recorded here: it costs more to carry than to write. */
  private static final int LONGEST = 64 << 10;

  private final Authority own;
  private final Peers peers;
  private final Here here;

  /** What the node itself knows. */
  public interface Here {
    /** To whom commands are better handed now. */
    Optional<NodeId> deferTo();

    /**
     * Whether the published state holds the question's token: a permit of one it has not heard of
     * could not be told from one that ended.
     */
    boolean knows(CallQuestion question);

    /** Notes a permit that another node may give, so that it can be called back here. */
    Optional<Decided> noted(CallQuestion question, Supplier<Optional<Decided>> decider);
  }

  /**
   * @param own the node's own authority
   */
  public ForwardingAuthority(Authority own, Peers peers, Here here) {
    this.own = own;
    this.peers = peers;
    this.here = here;
  }

  @Override
  public Decided decide(CallQuestion question) {
    Optional<NodeId> to = here.deferTo();
    if (to.isPresent() && here.knows(question)) {
      Json.Obj message = AuthorityMessages.decide(question);
      Optional<Decided> decided =
          here.noted(
              question,
              () ->
                  elsewhere(to.get(), message).flatMap(a -> AuthorityMessages.decided(a).found()));
      if (decided.isPresent()) {
        return decided.get();
      }
    }
    return own.decide(question);
  }

  @Override
  public void record(List<CallOutcome> outcomes) {
    Optional<NodeId> to = here.deferTo();
    if (to.isPresent()) {
      Json.Obj message = AuthorityMessages.record(outcomes);
      if (elsewhere(to.get(), message)
          .filter(a -> AuthorityMessages.recorded(a, outcomes.size()))
          .isPresent()) {
        return;
      }
    }
    own.record(outcomes);
  }

  private Optional<Json.Obj> elsewhere(NodeId to, Json.Obj message) {
    int length = WireJson.text(message).length();
    if (length > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(peers.ask(to, message, length));
    } catch (PeerAway away) {
      return Optional.empty();
    }
  }

  @Override
  public ToolsSeen tools(TaskId task, TokenId token) {
    return own.tools(task, token);
  }

  @Override
  public RevocationFeed revocations() {
    return own.revocations();
  }
}
