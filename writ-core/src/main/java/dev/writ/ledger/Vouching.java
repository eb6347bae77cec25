package dev.writ.ledger;

import dev.writ.audit.Checkpoint;
import dev.writ.base.Digest;
import dev.writ.state.Log;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What this node vouches for, and how it comes to: the checkpoint signed, then remembered in the
 * node's own file, then published. A signer or a file that fails is a fault like the store's.
 */
final class Vouching {
  private final PenPorts ports;
  private Optional<Acknowledgement> acknowledged = Optional.empty();
  private Published published = Published.nothing();

  Vouching(PenPorts ports) {
    this.ports = ports;
  }

  Published published() {
    return published;
  }

  /** Goes on from what an earlier pen of this process published. */
  void resume(Published earlier) {
    published = earlier;
  }

  /** What the log must contain. */
  Optional<Acknowledgement> acknowledged() {
    return acknowledged;
  }

  /** Whether the log is of a newer epoch than what was acknowledged. */
  boolean precedes(Log log) {
    return log.epoch() > acknowledged.map(Acknowledgement::epoch).orElse(-1L);
  }

  Optional<Acknowledgement> load() {
    acknowledged = guarded("the node's own file", () -> ports.acknowledged().load());
    return acknowledged;
  }

  /** Whether exactly this is signed, remembered and published already. */
  boolean covers(Standing standing) {
    Digest root = standing.root();
    return published.size() == standing.size()
        && published.standing().root().equals(root)
        && acknowledged.filter(a -> a.root().equals(root)).isPresent();
  }

  Acknowledgement sign(Head head, Standing standing) {
    byte[] note =
        guarded(
            "signing the checkpoint",
            () ->
                ports
                    .signer()
                    .sign(
                        new Checkpoint(head.origin(), head.size(), head.root()),
                        standing.state().government()));
    long epoch = standing.state().log().epoch();
    return new Acknowledgement(head.origin(), epoch, head.size(), head.root(), note);
  }

  void save(Acknowledgement acknowledgement, Head head, Standing standing) {
    guarded(
        "the node's own file",
        () -> {
          ports.acknowledged().save(acknowledgement);
          return acknowledgement;
        });
    acknowledged = Optional.of(acknowledgement);
    published = new Published(standing, Optional.of(head.holder()), acknowledged);
    ports.watch().published(published);
  }

  /** Keeps the proof of a fork. */
  void keep(Fork fork) {
    guarded(
        "keeping the proof of the fork",
        () -> {
          ports.acknowledged().keep(fork);
          return fork;
        });
  }

  private static <T> T guarded(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw new LedgerStore.StoreFault(what + ": " + e, false, e);
    }
  }
}
