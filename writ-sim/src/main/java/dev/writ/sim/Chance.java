package dev.writ.sim;

import dev.writ.base.Entropy;
import java.util.List;
import java.util.SplittableRandom;

/** Chance from a seed: the same seed gives the same run. */
public final class Chance implements Entropy {
  private final SplittableRandom random;

  public Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Chance of its own, drawn from this one. */
  public Chance split() {
    return new Chance(random.nextLong());
  }

  /** From 0 to below {@code bound}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** From {@code low} to {@code high}, both included. */
  public long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  /** True with this probability. */
  public boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  public <T> T of(List<T> values) {
    return values.get(below(values.size()));
  }

  @Override
  public void fill(byte[] bytes) {
    random.nextBytes(bytes);
  }
}
