package dev.writ.server.store;

/**
 * Where a database is and who we are there.
 *
 * @param url a JDBC address, {@code jdbc:postgresql://host:port/database}, with what the driver
 *     needs for TLS
 * @param password a secret; {@link #toString} leaves it out
 */
public record DatabaseAddress(String url, String user, String password) {
  public DatabaseAddress {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("a database's address starts with jdbc:postgresql:");
    }
  }

  @Override
  public String toString() {
    return user + " at " + where();
  }

  /** The address without what stands behind the question mark, which may be a secret. */
  String where() {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }
}
