package dev.writ.operation;

import dev.writ.base.Parsed;
import dev.writ.base.WorkflowId;
import dev.writ.fact.PayloadRef;
import dev.writ.ledger.Attachment;
import java.util.List;

/**
 * Seals what may have to be forgotten: a key per payload, wrapped by the workflow's key, wrapped by
 * the master key. Sealing happens before the write; what is sealed is stored only when a rule
 * attaches it.
 */
public interface Payloads {
  /**
   * A sealed payload on its way to the store.
   *
   * @param ref what the fact says
   * @param attachments the payload, and the workflow's key when it is not stored yet
   */
  record Sealed(PayloadRef ref, List<Attachment> attachments) {
    public Sealed {
      attachments = List.copyOf(attachments);
    }
  }

  /** Seals plain bytes under a workflow's key. */
  Sealed seal(WorkflowId workflow, byte[] plain);

  /** The plain bytes; refused when payload or key were erased, or do not fit the commitment. */
  Parsed<byte[]> open(PayloadRef ref);
}
