package dev.writ.audit;

/** Where a log's resources are written: a folder, an archive, object storage. */
@FunctionalInterface
public interface TreeWriter {
  /** Writes the bytes at this path below the log's prefix; a fault is thrown. */
  void write(String path, byte[] bytes);
}
