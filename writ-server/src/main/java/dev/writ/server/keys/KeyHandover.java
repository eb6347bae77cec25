package dev.writ.server.keys;

import dev.writ.base.Digest;
import dev.writ.base.EnrolmentId;
import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.NodeId;
import dev.writ.operation.JoinCodes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * Gives the key files to a node that proves it has an offer's code. The code never travels: the
 * joining node sends a public key made for this once with a MAC under the code's secret, and the
 * files come back sealed to a key that both ends of a Diffie-Hellman exchange (X25519) derive
 * together with that secret. So whoever listens, or stands in between, has neither files nor code.
 */
public final class KeyHandover implements JoinCodes {
  private static final String CODE = "writ node code 1\n";
  private static final int SECRET = 20;

  private final Path keyFile;
  private final Path masterKeys;
  private final SecretBytes shared;
  private final Entropy entropy;

  KeyHandover(Path keyFile, Path masterKeys, SecretBytes shared, Entropy entropy) {
    this.keyFile = keyFile;
    this.masterKeys = masterKeys;
    this.shared = shared;
    this.entropy = entropy;
  }

  /**
   * What a joining node sends.
   *
   * @param key its public key for this exchange: X.509 bytes in base64
   * @param proof MAC over all of it, in base64
   */
  public record Ask(EnrolmentId offer, NodeId node, String key, String proof) {
    String text() {
      return offer + "\n" + node + "\n" + key;
    }
  }

  /**
   * What it is answered.
   *
   * @param key the giving node's public key for this exchange
   * @param box the files, sealed
   */
  public record Given(String key, String box) {}

  /** Drawn from the key that nodes share, so that any of them can tell it again. */
  @Override
  public String of(EnrolmentId offer) {
    byte[] mac = mac(shared, CODE + offer);
    return offer + "." + HexFormat.of().formatHex(mac, 0, SECRET);
  }

  /** Whether whoever sent this has the offer's code, and sent it to nobody else's end. */
  public boolean proves(Ask ask) {
    byte[] right = mac(new SecretBytes(of(ask.offer()).getBytes(StandardCharsets.US_ASCII)), ask);
    return KeyFile.decode(ask.proof()).filter(p -> MessageDigest.isEqual(p, right)).isPresent();
  }

  /**
   * The key files, sealed to whoever sent this. Empty when its key is none. To be called only after
   * the fact that it joined is durable.
   */
  public Optional<Given> give(Ask ask) {
    KeyPair own = KeyExchange.draw();
    String key = KeyExchange.text(own.getPublic());
    Json.Obj files =
        Json.object()
            .put("keys", base64(SecretFile.read(keyFile, "the key file")))
            .put("masters", base64(SecretFile.read(masterKeys, "the master key file")))
            .build();
    return KeyExchange.agree(own.getPrivate(), ask.key(), salt(of(ask.offer())), ask.text() + key)
        .map(sealing ->
            new Given(
                key, base64(Box.seal(sealing, "writ key files 1", files.canonical(), entropy))));
  }

  static byte[] mac(SecretBytes key, Ask ask) {
    return mac(key, "writ node join 1\n" + ask.text());
  }

  static byte[] salt(String code) {
    return Digest.ofText(CODE + code).bytes();
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] mac(SecretBytes key, String text) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(SecretBytes.DangerouslyOpened.hmac(key));
      return hmac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }
}
