package dev.writ.sim;

import dev.writ.base.Digest;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.LedgerStore;
import java.time.Instant;
import java.util.Optional;

/** The memory store keeps the ledger store's contract. */
class MemoryLedgerStoreTest extends LedgerStoreContract {
  private long nanos;
  private final MemoryLedgerStore store =
      new MemoryLedgerStore(() -> Instant.parse("2026-11-20T12:00:00Z"), () -> nanos);

  @Override
  protected LedgerStore store() {
    return store;
  }

  @Override
  protected void passIdleTimeout() {
    nanos += MemoryLedgerStore.IDLE_TIMEOUT.toNanos() + 1;
  }

  @Override
  protected Optional<byte[]> blob(Digest digest) {
    return store.blob(digest).map(Attachment.Blob::bytes);
  }

  @Override
  protected Optional<byte[]> sealed(PayloadId payload) {
    return store.payload(payload).map(Attachment.Payload::sealed);
  }

  @Override
  protected Optional<byte[]> wrappedKey(WorkflowId workflow) {
    return store.workflowKey(workflow).map(Attachment.WorkflowKey::wrapped);
  }

  @Override
  protected Optional<byte[]> fullTile(int level, long index) {
    return store.tile(level, index);
  }
}
