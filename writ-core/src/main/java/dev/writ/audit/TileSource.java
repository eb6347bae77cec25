package dev.writ.audit;

import java.util.Optional;

/** Where a log's resources are read: a folder, a store, a web server. */
@FunctionalInterface
public interface TileSource {
  /**
   * The bytes at this path below the log's prefix ({@code checkpoint}, {@code tile/0/000} ...), or
   * nothing when there is no such resource. A fault of the source is thrown, never an absence.
   */
  Optional<byte[]> read(String path);
}
