package dev.writ.audit;

import dev.writ.base.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a log sends to a witness's {@code add-checkpoint} (C2SP tlog-witness v1.0.0).
 *
 * @param oldSize size of the checkpoint that the witness cosigned last; 0 when none
 * @param proof consistency proof from there; empty when {@code oldSize} is 0
 * @param checkpoint the signed checkpoint
 */
public record WitnessRequest(long oldSize, List<Digest> proof, Note checkpoint) {
  public WitnessRequest {
    proof = List.copyOf(proof);
    if (oldSize < 0 || proof.size() > MerkleProof.LONGEST || (oldSize == 0 && !proof.isEmpty())) {
      throw new IllegalArgumentException("no such consistency proof from size " + oldSize);
    }
  }

  /** The request body. */
  public byte[] body() {
    StringBuilder body = new StringBuilder("old ").append(oldSize).append('\n');
    proof.forEach(hash -> body.append(Base64s.encode(hash.bytes())).append('\n'));
    return body.append('\n').append(checkpoint).toString().getBytes(StandardCharsets.UTF_8);
  }
}
