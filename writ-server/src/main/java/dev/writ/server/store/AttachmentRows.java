package dev.writ.server.store;

import dev.writ.base.Digest;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;
import dev.writ.ledger.Attachment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The tables of what facts refer to: {@code payload}, {@code workflow_key}, {@code blob}. */
final class AttachmentRows {
  private static final String COPY_PAYLOADS =
      """
      copy payload (id, workflow, wrapped_key, sealed) from stdin with (format binary)
      """;

  private static final String PAYLOAD =
      """
      select workflow, wrapped_key, sealed from payload where id = ?
      """;

  private static final String ERASE_PAYLOAD =
      """
      delete from payload where id = ?
      """;

  /** The first key stands: what is sealed under it must stay readable. */
  private static final String ADD_WORKFLOW_KEY =
      """
      insert into workflow_key (workflow, master_key, wrapped) values (?, ?, ?)
      on conflict (workflow) do nothing
      """;

  private static final String WORKFLOW_KEY =
      """
      select master_key, wrapped from workflow_key where workflow = ?
      """;

  private static final String WRAPPED_BY_OTHERS =
      """
      select workflow, master_key, wrapped from workflow_key
      where master_key <> ? order by workflow limit ?
      """;

  private static final String DROP_WRAPPING =
      """
      delete from workflow_key where workflow = ? and master_key = ?
      """;

  private static final String WRAPPED =
      """
      select master_key, count(*) from workflow_key group by master_key order by master_key
      """;

  private static final String ERASE_WORKFLOW_KEY =
      """
      delete from workflow_key where workflow = ?
      """;

  private static final String ADD_BLOB =
      """
      insert into blob (digest, bytes) values (?, ?) on conflict (digest) do nothing
      """;

  private static final String BLOB =
      """
      select bytes from blob where digest = ?
      """;

  private AttachmentRows() {}

  static void append(Connection connection, List<Attachment> attachments) throws SQLException {
    List<Attachment.Payload> payloads = new ArrayList<>();
    List<Attachment.WorkflowKey> keys = new ArrayList<>();
    List<Attachment.Blob> blobs = new ArrayList<>();
    for (Attachment attachment : attachments) {
      switch (attachment) {
        case Attachment.Payload payload -> payloads.add(payload);
        case Attachment.WorkflowKey key -> keys.add(key);
        case Attachment.Blob blob -> blobs.add(blob);
      }
    }
    appendKeys(connection, keys);
    appendPayloads(connection, payloads);
    appendBlobs(connection, blobs);
  }

  private static void appendPayloads(Connection connection, List<Attachment.Payload> payloads)
      throws SQLException {
    if (payloads.isEmpty()) {
      return;
    }
    CopyRows copy = new CopyRows(connection, COPY_PAYLOADS);
    for (Attachment.Payload payload : payloads) {
      copy.row(4)
          .text(payload.id().value())
          .text(payload.workflow().value())
          .bytes(payload.wrappedKey())
          .bytes(payload.sealed());
    }
    copy.finish();
  }

  private static void appendKeys(Connection connection, List<Attachment.WorkflowKey> keys)
      throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD_WORKFLOW_KEY)) {
      for (Attachment.WorkflowKey key : keys) {
        statement.setString(1, key.workflow().value());
        statement.setString(2, key.masterKey());
        statement.setBytes(3, key.wrapped());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void appendBlobs(Connection connection, List<Attachment.Blob> blobs)
      throws SQLException {
    if (blobs.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD_BLOB)) {
      for (Attachment.Blob blob : blobs) {
        statement.setBytes(1, blob.digest().bytes());
        statement.setBytes(2, blob.bytes());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  static void keep(Connection connection, Attachment.WorkflowKey key) throws SQLException {
    appendKeys(connection, List.of(key));
  }

  static Optional<Attachment.Payload> payload(Connection connection, PayloadId id)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PAYLOAD)) {
      statement.setString(1, id.value());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new Attachment.Payload(
                    id, new WorkflowId(rows.getString(1)), rows.getBytes(2), rows.getBytes(3)))
            : Optional.empty();
      }
    }
  }

  static Optional<Attachment.WorkflowKey> workflowKey(Connection connection, WorkflowId workflow)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WORKFLOW_KEY)) {
      statement.setString(1, workflow.value());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(new Attachment.WorkflowKey(workflow, rows.getString(1), rows.getBytes(2)))
            : Optional.empty();
      }
    }
  }

  static List<Attachment.WorkflowKey> wrappedByOthers(
      Connection connection, String masterKey, int most) throws SQLException {
    List<Attachment.WorkflowKey> keys = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(WRAPPED_BY_OTHERS)) {
      statement.setString(1, masterKey);
      statement.setInt(2, most);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          keys.add(
              new Attachment.WorkflowKey(
                  new WorkflowId(rows.getString(1)), rows.getString(2), rows.getBytes(3)));
        }
      }
    }
    return keys;
  }

  /** In one transaction: whoever erases the key meanwhile waits, and erases it then. */
  static boolean replace(
      Connection connection, Attachment.WorkflowKey before, Attachment.WorkflowKey after)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DROP_WRAPPING)) {
      statement.setString(1, before.workflow().value());
      statement.setString(2, before.masterKey());
      if (statement.executeUpdate() == 0) {
        return false;
      }
    }
    appendKeys(connection, List.of(after));
    return true;
  }

  static NavigableMap<String, Long> wrapped(Connection connection) throws SQLException {
    NavigableMap<String, Long> counts = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(WRAPPED);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return counts;
  }

  static Optional<byte[]> blob(Connection connection, Digest digest) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BLOB)) {
      statement.setBytes(1, digest.bytes());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
      }
    }
  }

  static boolean erase(Connection connection, PayloadId id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ERASE_PAYLOAD)) {
      statement.setString(1, id.value());
      return statement.executeUpdate() > 0;
    }
  }

  static boolean eraseKey(Connection connection, WorkflowId workflow) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ERASE_WORKFLOW_KEY)) {
      statement.setString(1, workflow.value());
      return statement.executeUpdate() > 0;
    }
  }
}
