package dev.writ.operation;

import dev.writ.ledger.Attachment;
import java.util.List;
import java.util.NavigableMap;

/** Workflows' wrapped keys, seen by the master key that wraps them. */
public interface WrappedKeys {
  /** Keys that another master key than this one wraps, at most so many. */
  List<Attachment.WorkflowKey> wrappedByOthers(String masterKey, int most);

  /** Puts a key in another wrapping; {@code false} when it was erased or replaced meanwhile. */
  boolean replace(Attachment.WorkflowKey before, Attachment.WorkflowKey after);

  /** How many keys each master key wraps. */
  NavigableMap<String, Long> wrapped();
}
