package dev.writ.operation;

import dev.writ.fact.Fact;
import java.util.Optional;

/**
 * Writ's own keys, as operations see them. Their private halves stay where they are. Every method
 * may throw a {@link dev.writ.ledger.LedgerFault} when the files cannot be read or written.
 */
public interface OwnKeys {
  /**
   * The key that comes next for this use, stored and published, not signing yet. The same one each
   * time until a fact names it, so that whoever was interrupted goes on where they were.
   */
  Fact.PublicKey prepare(Fact.KeyUse use, String origin);

  /** The key that is prepared and signs not yet, if there is one. */
  Optional<Fact.PublicKey> prepared(Fact.KeyUse use, String origin);

  /** The log's present key says that another one follows it: a signed note. */
  String endorse(Fact.PublicKey present, Fact.PublicKey next);

  /** The name of the master key that comes next, stored; the same one until a fact names it. */
  String prepareMaster();

  /** The name of the master key that wraps now. */
  String master();
}
