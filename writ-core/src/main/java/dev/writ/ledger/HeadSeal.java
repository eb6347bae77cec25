package dev.writ.ledger;

/** Seals heads with a key that only nodes hold: the database is a stranger. */
public interface HeadSeal {
  /** The seal over these bytes. */
  byte[] seal(byte[] bytes);

  /** Whether the seal is right, in constant time. */
  boolean matches(byte[] bytes, byte[] seal);
}
