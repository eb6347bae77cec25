package dev.writ.server.keys;

import dev.writ.base.Entropy;
import dev.writ.base.NodeId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * Seals what the nodes of one ledger say to each other, under keys derived from the one they share:
 * whoever can open or make a message holds the key files, so each side knows the other by it, and
 * nothing in between is trusted. Threads may share one.
 */
public final class PeerSeal {
  private static final String LABEL = "writ between nodes 1\n";

  private final SecretBytes shared;
  private final Entropy entropy;

  PeerSeal(SecretBytes shared, Entropy entropy) {
    this.shared = shared;
    this.entropy = entropy;
  }

  /**
   * Whose key, and for how long: a key is used by one node in one hour, and so never for so many
   * boxes that nonces drawn by chance could meet.
   *
   * @param hour hours since 1970
   */
  public record Sender(NodeId node, long hour) {}

  /**
   * A message that only nodes of this ledger can read.
   *
   * @param bound what it is and for whom; whoever opens it names the same
   */
  public byte[] seal(Sender from, String bound, byte[] plain) {
    return Box.seal(key(from), LABEL + bound, plain, entropy);
  }

  /** The message; empty when it is not one of this sender's, or bound to something else. */
  public Optional<byte[]> open(Sender from, String bound, byte[] box) {
    return Box.open(key(from), LABEL + bound, box);
  }

  private SecretBytes key(Sender from) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(SecretBytes.DangerouslyOpened.hmac(shared));
      String what = LABEL + from.node() + "\n" + from.hour();
      return new SecretBytes(hmac.doFinal(what.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }
}
