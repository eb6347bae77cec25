package dev.writ.server.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.HKDFParameterSpec;

/** X25519 (RFC 7748) and HKDF-SHA-256 (RFC 5869): one key that both ends of an exchange derive. */
final class KeyExchange {
  private static final String CURVE = "X25519";

  private KeyExchange() {}

  static KeyPair draw() {
    try {
      return KeyPairGenerator.getInstance(CURVE).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has X25519", e);
    }
  }

  static String text(PublicKey key) {
    return KeyHandover.base64(key.getEncoded());
  }

  /**
   * The common key; empty when the other's public key is none.
   *
   * @param salt what else both know
   * @param said what both said, so that neither key serves anything else
   */
  static Optional<SecretBytes> agree(PrivateKey own, String other, byte[] salt, String said) {
    Optional<byte[]> encoded = KeyFile.decode(other).filter(b -> b.length <= 128);
    if (encoded.isEmpty()) {
      return Optional.empty();
    }
    byte[] common;
    try {
      PublicKey key =
          KeyFactory.getInstance(CURVE).generatePublic(new X509EncodedKeySpec(encoded.get()));
      KeyAgreement agreement = KeyAgreement.getInstance(CURVE);
      agreement.init(own);
      agreement.doPhase(key, true);
      common = agreement.generateSecret();
    } catch (GeneralSecurityException e) {
      // Not a point of the curve, or one of small order: a stranger's bytes.
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SecretBytes(
              KDF.getInstance("HKDF-SHA256")
                  .deriveData(
                      HKDFParameterSpec.ofExtract()
                          .addIKM(common)
                          .addSalt(salt)
                          .thenExpand(said.getBytes(StandardCharsets.UTF_8), Box.KEY))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HKDF", e);
    }
  }
}
