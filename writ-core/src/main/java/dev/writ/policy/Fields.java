package dev.writ.policy;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Named values in the order given, immutable: a map that is cheap to make and to search, for most
 * records have few fields and live for one decision.
 */
final class Fields extends AbstractMap<String, Value> {
  /** Up to this many a walk is quicker than hashing. */
  private static final int FEW = 12;

  static final Fields NONE = new Fields(new String[0], new Value[0], 0);

  private final String[] names;
  private final Value[] values;
  private final int size;
  private final @Nullable Map<String, Value> index;

  /** The arrays are kept; names must differ. */
  Fields(String[] names, Value[] values, int size) {
    this.names = names;
    this.values = values;
    this.size = size;
    if (size <= FEW) {
      this.index = null;
    } else {
      Map<String, Value> all = LinkedHashMap.newLinkedHashMap(size);
      for (int i = 0; i < size; i++) {
        all.put(names[i], values[i]);
      }
      this.index = all;
    }
  }

  /** The same entries; itself when it is one already. */
  static Fields of(Map<String, ? extends Value> map) {
    if (map instanceof Fields fields) {
      return fields;
    }
    String[] names = new String[map.size()];
    Value[] values = new Value[map.size()];
    int at = 0;
    for (Map.Entry<String, ? extends Value> entry : map.entrySet()) {
      names[at] = java.util.Objects.requireNonNull(entry.getKey());
      values[at++] = java.util.Objects.requireNonNull(entry.getValue());
    }
    return new Fields(names, values, at);
  }

  @Override
  public @Nullable Value get(@Nullable Object name) {
    if (index != null) {
      return index.get(name);
    }
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Set<Entry<String, Value>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, Value>> iterator() {
        return new Walk();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  /** The entries in order. */
  private final class Walk implements Iterator<Entry<String, Value>> {
    private int at;

    @Override
    public boolean hasNext() {
      return at < size;
    }

    @Override
    public Entry<String, Value> next() {
      if (at >= size) {
        throw new NoSuchElementException();
      }
      return Map.entry(names[at], values[at++]);
    }
  }
}
