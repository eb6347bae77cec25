package dev.writ.operation;

import dev.writ.base.PayloadId;
import dev.writ.ledger.Attachment;
import java.util.Optional;

/** Where sealed payloads and wrapped workflow keys are stored: bytes that mean nothing here. */
public interface PayloadRows {
  /**
   * A stored payload.
   *
   * @param key the key stored for its workflow; empty once it was erased
   */
  record Row(Attachment.Payload payload, Optional<Attachment.WorkflowKey> key) {}

  /** The payload with this id; empty when it was never stored, or erased. */
  Optional<Row> find(PayloadId id);

  /**
   * The key stored for a workflow; when none is, the offered one is stored first. Of several offers
   * at once exactly one wins and everybody is answered with it. Durable on return, in a commit of
   * its own: a key is agreed on before anything is sealed under it, so nobody seals under a key
   * that lost.
   */
  Attachment.WorkflowKey keep(Attachment.WorkflowKey offered);
}
