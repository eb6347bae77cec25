package dev.writ.ledger;

import java.util.List;

/**
 * Checkpoints that left this house and came back cosigned, by origin and size. What is read back is
 * a stranger's until its signatures are checked. Any method may throw {@link
 * LedgerStore.StoreFault}.
 */
public interface KeptCheckpoints {
  /** Most that are kept; the oldest go. */
  int MOST = 64;

  /** Keeps a note, unless there is one of this size already. */
  void keep(String origin, long size, byte[] note);

  /** What is kept, newest first. */
  List<byte[]> newest(String origin, int most);
}
