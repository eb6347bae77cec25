package dev.writ.operation;

import java.util.function.Function;

/**
 * Remembers what is dear to compute from immutable bytes, such as compiled policies by their
 * digest. Bounded; forgetting anything at any time is right.
 */
public interface Memo {
  /** The remembered value, or what {@code load} gives, which is then remembered. */
  <K, V> V get(K key, Class<V> kind, Function<K, V> load);

  /** Remembers nothing. */
  static Memo none() {
    return new Memo() {
      @Override
      public <K, V> V get(K key, Class<V> kind, Function<K, V> load) {
        return load.apply(key);
      }
    };
  }
}
