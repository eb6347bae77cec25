package dev.writ.sim;

import dev.writ.ledger.Snapshots;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Snapshots in memory, which a test may spoil. */
public final class MemorySnapshots implements Snapshots {
  private final TreeMap<Long, List<byte[]>> chunks = new TreeMap<>(Comparator.reverseOrder());

  @Override
  public synchronized List<Long> sizes() {
    return chunks.keySet().stream().limit(16).toList();
  }

  @Override
  public synchronized Optional<byte[]> chunk(long size, int index) {
    List<byte[]> all = chunks.getOrDefault(size, List.of());
    return index < all.size() ? Optional.of(all.get(index)) : Optional.empty();
  }

  @Override
  public synchronized void put(long size, int index, byte[] chunk) {
    List<byte[]> all = chunks.computeIfAbsent(size, s -> new ArrayList<>());
    all.subList(Math.min(index, all.size()), all.size()).clear();
    all.add(chunk.clone());
  }

  @Override
  public synchronized void keepOnly(List<Long> sizes) {
    chunks.keySet().retainAll(sizes);
  }
}
