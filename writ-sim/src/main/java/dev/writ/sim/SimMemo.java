package dev.writ.sim;

import dev.writ.operation.Memo;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Remembers everything; a simulated world is small. */
final class SimMemo implements Memo {
  private final Map<Key, Object> known = new HashMap<>();

  private record Key(Object key, Class<?> kind) {}

  @Override
  public <K, V> V get(K key, Class<V> kind, Function<K, V> load) {
    Object value = known.get(new Key(key, kind));
    if (value == null) {
      value = load.apply(key);
      known.put(new Key(key, kind), value);
    }
    return kind.cast(value);
  }
}
