package dev.writ.sim;

import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.Parsed;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;
import dev.writ.fact.PayloadRef;
import dev.writ.ledger.Attachment;
import dev.writ.operation.Payloads;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Payloads that are salted and committed to as the real ones are, and not encrypted. What no rule
 * attached was never stored: they are opened from the store.
 */
public final class MemoryPayloads implements Payloads {
  private static final int SALT = 32;

  private final Entropy entropy;
  private final Function<PayloadId, Optional<Attachment.Payload>> stored;

  public MemoryPayloads(Entropy entropy, Function<PayloadId, Optional<Attachment.Payload>> stored) {
    this.entropy = entropy;
    this.stored = stored;
  }

  @Override
  public Sealed seal(WorkflowId workflow, byte[] plain) {
    PayloadId id = PayloadId.fresh(entropy);
    byte[] salt = entropy.bytes(SALT);
    byte[] sealed = Arrays.copyOf(salt, SALT + plain.length);
    System.arraycopy(plain, 0, sealed, SALT, plain.length);
    return new Sealed(
        new PayloadRef(id, Digest.sha256(salt, plain)),
        List.of(new Attachment.Payload(id, workflow, new byte[0], sealed)));
  }

  @Override
  public Parsed<byte[]> open(PayloadRef ref) {
    Optional<byte[]> sealed = stored.apply(ref.id()).map(Attachment.Payload::sealed);
    if (sealed.isEmpty()) {
      return Parsed.refused(ref.id().value(), "the payload was erased", "");
    }
    if (!Digest.sha256(sealed.get()).equals(ref.commitment())) {
      return Parsed.refused(ref.id().value(), "the payload is not the recorded one", "");
    }
    return Parsed.ok(Arrays.copyOfRange(sealed.get(), SALT, sealed.get().length));
  }
}
