package dev.writ.server.keys;

import dev.writ.base.Entropy;
import dev.writ.base.NodeId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.state.Fold;
import dev.writ.state.Government;
import dev.writ.state.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What a ledger says of its keys, as real facts folded one after another. */
public final class Ledgers {
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
  private static final Entropy CHANCE = new Random(5)::nextBytes;

  private Ledgers() {}

  /** A ledger founded with these keys. */
  public static Government founded(List<Fact.PublicKey> keys) {
    Fact founded =
        new Fact.LedgerFounded(
            Fact.Mode.DEVELOPMENT, Fixture.ISSUER, Fixture.ORIGIN, "helen.osei", keys);
    return after(State.empty(), Instant.EPOCH, founded).government();
  }

  /** The same after a key was rotated then. */
  public static Government rotated(Government before, Fact.PublicKey key, Instant at) {
    Fact fact =
        key.use() == Fact.KeyUse.LOG
            ? new Fact.LogKeyRotated(key, "by the former key")
            : new Fact.KeyRotated(key);
    return after(holding(before), at, fact).government();
  }

  /** The same after every former key of a use was revoked. */
  public static Government revoked(Government before, Fact.KeyUse use) {
    return after(holding(before), LATER, new Fact.FormerKeysRevoked(use)).government();
  }

  static Government master(Government before, String key) {
    return after(holding(before), LATER, new Fact.MasterKeyRotated(key)).government();
  }

  static Fact.PublicKey key(Government government, Fact.KeyUse use) {
    return Optional.ofNullable(government.keys().get(use)).orElseThrow();
  }

  private static State holding(Government government) {
    State one = after(State.empty(), Instant.EPOCH, first(government));
    return new State(
        one.log(),
        government,
        one.workflows(),
        one.dossiers(),
        one.writs(),
        one.offers(),
        one.keys(),
        one.tasks(),
        one.answered());
  }

  private static Fact first(Government government) {
    return government.founding().orElseThrow();
  }

  private static State after(State before, Instant at, Fact fact) {
    return Fold.append(
            before, at, FactDraft.of(new Actor.Node(NodeId.fresh(CHANCE)), About.ledger(), fact))
        .state();
  }
}
