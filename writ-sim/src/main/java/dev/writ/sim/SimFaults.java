package dev.writ.sim;

import dev.writ.ledger.LedgerStore;
import java.nio.charset.StandardCharsets;

/**
 * The store's faults by chance, in both flavours. One call in {@code rate} fails; a commit fares
 * worse, since it is the interesting one.
 */
final class SimFaults implements MemoryLedgerStore.Faults {
  private static final String REFUSED = "\"" + TaskWork.REFUSED_BY_STORE + "\"";
  private final Chance chance;
  private final int rate;
  private boolean healed;

  SimFaults(Chance chance, int rate) {
    this.chance = chance;
    this.rate = rate;
  }

  /** From now on nothing fails but what the store refuses by its content. */
  void heal() {
    healed = true;
  }

  @Override
  public void before(String call) {
    if (!healed && chance.oneIn(rate)) {
      throw new LedgerStore.StoreFault(
          call + " failed", false, new IllegalStateException("simulated"));
    }
  }

  @Override
  public MemoryLedgerStore.CommitFate commit() {
    if (healed || !chance.oneIn(6)) {
      return MemoryLedgerStore.CommitFate.HAPPENS;
    }
    return switch (chance.below(4)) {
      case 0 -> MemoryLedgerStore.CommitFate.FAILS;
      case 1 -> MemoryLedgerStore.CommitFate.HAPPENS_UNTOLD;
      case 2 -> MemoryLedgerStore.CommitFate.LOST_UNTOLD;
      default -> MemoryLedgerStore.CommitFate.HANGS;
    };
  }

  @Override
  public boolean refuses(LedgerStore.Batch batch) {
    return batch.entries().stream()
        .anyMatch(entry -> new String(entry, StandardCharsets.UTF_8).contains(REFUSED));
  }
}
