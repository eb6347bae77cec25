package dev.writ.server.main;

import dev.writ.operation.Memo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Remembers what was computed lately; the least lately used goes first. Threads may share one. */
final class RecentMemo implements Memo {
  /** Most values: documents of about a thousand writs in use. */
  static final int MOST = 4_096;

  private record Key(Class<?> kind, Object key) {}

  private final Map<Key, Object> values =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Object> eldest) {
          return size() > MOST;
        }
      };

  @Override
  public <K, V> V get(K key, Class<V> kind, Function<K, V> load) {
    Key whole = new Key(kind, key);
    synchronized (values) {
      Object found = values.get(whole);
      if (found != null) {
        return kind.cast(found);
      }
    }
    // Outside the lock: compiling is slow, and twice the same is the same.
    V loaded = load.apply(key);
    synchronized (values) {
      values.put(whole, loaded);
    }
    return loaded;
  }
}
