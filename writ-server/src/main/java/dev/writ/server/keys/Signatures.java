package dev.writ.server.keys;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Who computes signatures: the Corretto provider where its native library loads, else the JDK and
 * BouncyCastle, each where it is the faster of the two. Threads may share one.
 */
public final class Signatures {
  /** What stands before the 32 bytes of an Ed25519 public key in its X.509 form (RFC 8410). */
  private static final byte[] ED25519_X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int ED25519_PUBLIC = 32;
  private static final int ES256_SIGNATURE = 64;
  private static final String ED25519 = "Ed25519";
  private static final String RS256 = "SHA256withRSA";
  private static final Provider ED25519_KEYS = platform("KeyFactory", ED25519);

  private final String description;
  private final Provider es256Signing;
  private final Provider es256Checking;
  private final String es256CheckingName;
  private final Provider ed25519;
  private final Provider rs256;
  private final Provider ecKeys;

  private Signatures(String description, Provider signing, Provider checking, String checkingName) {
    this.description = description;
    this.es256Signing = signing;
    this.es256Checking = checking;
    this.es256CheckingName = checkingName;
    this.ed25519 = checking;
    this.ecKeys = signing;
    this.rs256 =
        signing.getService("Signature", RS256) != null ? signing : platform("Signature", RS256);
  }

  /** The fastest that works on this machine. */
  public static Signatures best() {
    try {
      AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
      Throwable why = corretto.getLoadingError();
      if (why != null) {
        return portable("its native library does not load: " + why.getMessage());
      }
      corretto.assertHealthy();
      return new Signatures(
          "Corretto crypto provider " + corretto.getVersionStr() + " (native)",
          corretto,
          corretto,
          "SHA256withECDSAinP1363Format");
    } catch (RuntimeException | LinkageError e) {
      return portable("it does not work here: " + e.getMessage());
    }
  }

  /** Pure Java, on every machine. */
  public static Signatures portable() {
    return portable("not asked for");
  }

  private static Signatures portable(String why) {
    return new Signatures(
        "JDK and BouncyCastle, pure Java, about seven times slower than the Corretto provider ("
            + why
            + ")",
        platform("Signature", "SHA256withECDSAinP1363Format"),
        new BouncyCastleProvider(),
        "SHA256withPLAIN-ECDSA");
  }

  private static Provider platform(String type, String algorithm) {
    for (Provider provider : Security.getProviders()) {
      if (provider.getService(type, algorithm) != null) {
        return provider;
      }
    }
    throw new IllegalStateException("this Java platform has no " + algorithm);
  }

  /** One line for the start-up message. */
  public String description() {
    return description;
  }

  /** The private key of a PKCS #8 encoding, in the form that signs fastest. */
  PrivateKey es256Private(byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC", ecKeys).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /** The JDK's key: the Corretto provider signs with it and has no factory of its own. */
  PrivateKey ed25519Private(byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(ED25519, ED25519_KEYS)
        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /** A 64-byte ECDSA signature on P-256 with SHA-256 as JOSE writes it (RFC 7518, section 3.4). */
  byte[] signEs256(PrivateKey key, byte[] message) {
    return sign(es256Signing, "SHA256withECDSAinP1363Format", key, message);
  }

  /** A 64-byte Ed25519 signature (RFC 8032). */
  byte[] signEd25519(PrivateKey key, byte[] message) {
    return sign(ed25519, ED25519, key, message);
  }

  private static byte[] sign(Provider provider, String algorithm, PrivateKey key, byte[] message) {
    try {
      Signature signature = Signature.getInstance(algorithm, provider);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing with our own key failed", e);
    }
  }

  /** Whether an ES256 signature is right; false for anything malformed. */
  public boolean verifyEs256(PublicKey key, byte[] message, byte[] signature) {
    return signature.length == ES256_SIGNATURE
        && verify(es256Checking, es256CheckingName, key, message, signature);
  }

  /** Whether an RS256 signature is right; false for anything malformed. */
  public boolean verifyRs256(PublicKey key, byte[] message, byte[] signature) {
    return verify(rs256, RS256, key, message, signature);
  }

  /** Whether an Ed25519 signature is right; false for anything malformed. */
  public boolean verifyEd25519(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != ED25519_PUBLIC) {
      return false;
    }
    byte[] encoded = Arrays.copyOf(ED25519_X509, ED25519_X509.length + publicKey.length);
    System.arraycopy(publicKey, 0, encoded, ED25519_X509.length, publicKey.length);
    try {
      PublicKey key =
          KeyFactory.getInstance(ED25519, ED25519_KEYS)
              .generatePublic(new X509EncodedKeySpec(encoded));
      return verify(ed25519, ED25519, key, message, signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The 32 bytes of an Ed25519 public key in X.509 form. */
  static byte[] ed25519Public(byte[] x509) {
    return Arrays.copyOfRange(x509, ED25519_X509.length, x509.length);
  }

  private static boolean verify(
      Provider provider, String algorithm, PublicKey key, byte[] message, byte[] signature) {
    try {
      Signature check = Signature.getInstance(algorithm, provider);
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      // Strangers send keys and signatures that are neither.
      return false;
    }
  }
}
