package dev.writ.sim;

import dev.writ.base.Entropy;
import dev.writ.fact.Fact;
import dev.writ.operation.OwnKeys;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Names of token keys: whether a key signs is no concern of a simulation, which is replaced when.
 */
final class LifeKeys implements OwnKeys {
  /** The key a simulated ledger is founded with. */
  static final Fact.PublicKey FIRST = new Fact.PublicKey(Fact.KeyUse.TOKEN, "first", "{}");

  private final Entropy entropy;

  LifeKeys(Entropy entropy) {
    this.entropy = entropy;
  }

  @Override
  public Fact.PublicKey prepare(Fact.KeyUse use, String origin) {
    return new Fact.PublicKey(use, HexFormat.of().formatHex(entropy.bytes(8)), "{}");
  }

  @Override
  public Optional<Fact.PublicKey> prepared(Fact.KeyUse use, String origin) {
    return Optional.empty();
  }

  @Override
  public String endorse(Fact.PublicKey present, Fact.PublicKey next) {
    throw new UnsupportedOperationException("only the log's keys speak for each other");
  }

  @Override
  public String prepareMaster() {
    throw new UnsupportedOperationException("payloads are not sealed here");
  }

  @Override
  public String master() {
    return "";
  }
}
