package dev.writ.server.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into one table by binary {@code COPY}, the fastest way in (PostgreSQL manual,
 * COPY, "Binary Format"). One use: fields in order, then {@link #finish}.
 */
final class CopyRows {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int CHUNK = 64 * 1024;

  private final CopyIn copy;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);

  CopyRows(Connection connection, String statement) throws SQLException {
    this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
    buffer.put(SIGNATURE);
  }

  /** Begins a row. */
  CopyRows row(int fields) throws SQLException {
    room(2).putShort((short) fields);
    return this;
  }

  CopyRows number(long value) throws SQLException {
    room(12).putInt(8).putLong(value);
    return this;
  }

  CopyRows text(String value) throws SQLException {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  CopyRows bytes(byte[] value) throws SQLException {
    room(4).putInt(value.length);
    if (value.length <= CHUNK) {
      room(value.length).put(value);
    } else {
      flush();
      copy.writeToCopy(value, 0, value.length);
    }
    return this;
  }

  /** Ends the copy; throws what the database says to the rows. */
  void finish() throws SQLException {
    room(2).putShort((short) -1);
    flush();
    copy.endCopy();
  }

  private ByteBuffer room(int length) throws SQLException {
    if (buffer.remaining() < length) {
      flush();
    }
    return buffer;
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
