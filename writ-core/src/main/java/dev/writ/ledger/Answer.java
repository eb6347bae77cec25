package dev.writ.ledger;

/** Who waits for a command. Called once, from the pen's step; it must not block or throw. */
public interface Answer<R> {
  /** The command's facts are durable. */
  void written(Written<R> written);

  /** Nothing is known to have been decided. */
  void failed(LedgerFault fault);
}
