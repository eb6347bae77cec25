package dev.writ.server.store;

import dev.writ.base.Digest;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.KeptCheckpoints;
import dev.writ.ledger.LedgerStore.StoreFault;
import dev.writ.ledger.Snapshots;
import dev.writ.operation.Blobs;
import dev.writ.operation.PayloadRows;
import dev.writ.operation.WrappedKeys;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What entries refer to: blobs, sealed payloads, workflows' wrapped keys, and the snapshots of the
 * fold. Every method may throw {@link StoreFault}.
 */
public final class PostgresArchive
    implements Blobs, PayloadRows, WrappedKeys, Snapshots, KeptCheckpoints {
  private final Connections connections;

  PostgresArchive(Connections connections) {
    this.connections = connections;
  }

  /** A blob whose bytes have been hashed again; bytes that changed are a fault, not an answer. */
  @Override
  public Optional<byte[]> find(Digest digest) {
    Optional<byte[]> found =
        connections.reading("reading a blob", c -> AttachmentRows.blob(c, digest));
    if (found.filter(bytes -> !Digest.sha256(bytes).equals(digest)).isPresent()) {
      throw new StoreFault(
          "the blob " + digest.brief() + " has other bytes than its digest says",
          false,
          new SQLException());
    }
    return found;
  }

  @Override
  public Optional<Row> find(PayloadId id) {
    return connections.reading(
        "reading a payload",
        c -> {
          Optional<Attachment.Payload> payload = AttachmentRows.payload(c, id);
          return payload.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Row(payload.get(), AttachmentRows.workflowKey(c, payload.get().workflow())));
        });
  }

  @Override
  public Attachment.WorkflowKey keep(Attachment.WorkflowKey offered) {
    return connections.writing(
        "agreeing on a workflow's key",
        c -> {
          AttachmentRows.keep(c, offered);
          return AttachmentRows.workflowKey(c, offered.workflow())
              .orElseThrow(() -> new SQLException("the key was erased meanwhile", "02000"));
        });
  }

  @Override
  public List<Attachment.WorkflowKey> wrappedByOthers(String masterKey, int most) {
    return connections.reading(
        "reading keys", c -> AttachmentRows.wrappedByOthers(c, masterKey, most));
  }

  @Override
  public boolean replace(Attachment.WorkflowKey before, Attachment.WorkflowKey after) {
    return connections.writing("wrapping a key", c -> AttachmentRows.replace(c, before, after));
  }

  @Override
  public NavigableMap<String, Long> wrapped() {
    return connections.reading("counting keys", AttachmentRows::wrapped);
  }

  /** A workflow's wrapped key, unless it was erased. */
  public Optional<Attachment.WorkflowKey> key(WorkflowId workflow) {
    return connections.reading("reading a key", c -> AttachmentRows.workflowKey(c, workflow));
  }

  /** Erases a payload with its key; whether it was there. Legal hold is the caller's question. */
  public boolean erase(PayloadId id) {
    return connections.writing("erasing a payload", c -> AttachmentRows.erase(c, id));
  }

  /** Erases a workflow's key, and so everything sealed under it; whether it was there. */
  public boolean erase(WorkflowId workflow) {
    return connections.writing("erasing a key", c -> AttachmentRows.eraseKey(c, workflow));
  }

  @Override
  public void keep(String origin, long size, byte[] note) {
    connections.writing(
        "keeping a checkpoint",
        c -> {
          CheckpointRows.keep(c, origin, size, note);
          return CheckpointRows.thin(c, origin, MOST);
        });
  }

  @Override
  public List<byte[]> newest(String origin, int most) {
    return connections.reading("reading checkpoints", c -> CheckpointRows.newest(c, origin, most));
  }

  @Override
  public List<Long> sizes() {
    return connections.reading("reading snapshots", SnapshotRows::sizes);
  }

  @Override
  public Optional<byte[]> chunk(long size, int index) {
    return connections.reading("reading a snapshot", c -> SnapshotRows.chunk(c, size, index));
  }

  @Override
  public void put(long size, int index, byte[] chunk) {
    connections.writing("storing a snapshot", c -> SnapshotRows.put(c, size, index, chunk));
  }

  @Override
  public void keepOnly(List<Long> sizes) {
    connections.writing("deleting snapshots", c -> SnapshotRows.keepOnly(c, sizes));
  }
}
