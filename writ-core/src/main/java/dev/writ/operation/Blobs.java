package dev.writ.operation;

import dev.writ.base.Digest;
import java.util.Optional;

/** Content-addressed bytes: policies, catalogues, slices. */
@FunctionalInterface
public interface Blobs {
  /** The bytes with this SHA-256, checked; empty when none are stored. */
  Optional<byte[]> find(Digest digest);
}
