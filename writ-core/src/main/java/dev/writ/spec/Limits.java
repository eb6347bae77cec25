package dev.writ.spec;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Bounds of a grant, counted for one task and everything delegated from it, on the grant's resource
 * in its environment.
 *
 * @param rows no call is allowed once this many rows were returned
 * @param calls most calls
 * @param amount largest {@code context.arguments.amount} of one call; a call without one is outside
 */
public record Limits(Optional<Long> rows, Optional<Long> calls, Optional<BigDecimal> amount) {
  /** Largest count. */
  public static final long MOST = 1_000_000_000_000L;

  /** Largest amount; policies hold decimals with four places. */
  public static final BigDecimal LARGEST = new BigDecimal("900000000000000");

  /** No limit but those of policy. */
  public static final Limits NONE =
      new Limits(Optional.empty(), Optional.empty(), Optional.empty());

  public Limits {
    rows.ifPresent(Limits::count);
    calls.ifPresent(Limits::count);
    amount = amount.map(Limits::normal);
  }

  /** Whether every call within the other's bounds is within these. */
  public boolean covers(Limits other) {
    return atLeast(rows, other.rows)
        && atLeast(calls, other.calls)
        && atLeast(amount, other.amount);
  }

  /** Whether the first bound lets through what the second does; no bound lets everything. */
  static <T extends Comparable<T>> boolean atLeast(Optional<T> bound, Optional<T> other) {
    return bound.isEmpty() || (other.isPresent() && bound.get().compareTo(other.get()) >= 0);
  }

  private static void count(long n) {
    if (n < 0 || n > MOST) {
      throw new IllegalArgumentException("a limit of " + n);
    }
  }

  static boolean wellFormed(BigDecimal amount) {
    return amount.signum() >= 0
        && amount.compareTo(LARGEST) <= 0
        && amount.stripTrailingZeros().scale() <= 4;
  }

  private static BigDecimal normal(BigDecimal amount) {
    if (!wellFormed(amount)) {
      throw new IllegalArgumentException("not an amount with at most four places: " + amount);
    }
    return amount.stripTrailingZeros();
  }
}
