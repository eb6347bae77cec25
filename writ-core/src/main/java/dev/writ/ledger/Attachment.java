package dev.writ.ledger;

import dev.writ.base.Digest;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;

/** Bytes that facts refer to; durable in the same commit as the facts. */
public sealed interface Attachment {
  /** Most bytes of one attachment: 16 MiB. */
  int LONGEST = 16 << 20;

  /**
   * Content-addressed bytes that may be read by whoever may read the fact: policies, catalogue
   * slices, entity slices. Stored once however often attached.
   */
  @SuppressWarnings("ArrayRecordComponent") // identified by its digest
  record Blob(Digest digest, byte[] bytes) implements Attachment {}

  /**
   * A sealed payload, already encrypted.
   *
   * @param wrappedKey the payload's own key, wrapped by the workflow's key
   * @param sealed nonce, ciphertext and tag
   */
  @SuppressWarnings("ArrayRecordComponent") // identified by its id
  record Payload(PayloadId id, WorkflowId workflow, byte[] wrappedKey, byte[] sealed)
      implements Attachment {}

  /**
   * A workflow's key, wrapped by the master key; written once, with the workflow's first payload.
   * When one is stored already the stored one wins: the writer must have used it.
   */
  @SuppressWarnings("ArrayRecordComponent") // identified by its workflow
  record WorkflowKey(WorkflowId workflow, String masterKey, byte[] wrapped) implements Attachment {}
}
