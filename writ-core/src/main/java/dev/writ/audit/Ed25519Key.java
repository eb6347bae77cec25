package dev.writ.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An Ed25519 key pair on the platform's own implementation (RFC 8032): right everywhere, fast
 * nowhere. Servers put a faster one behind {@link NoteSigner}; offline verification uses this.
 */
public final class Ed25519Key implements NoteSigner.Ed25519Signing {
  /** Length of a seed in bytes. */
  public static final int SEED = 32;

  private static final String ALGORITHM = "Ed25519";

  /** What stands before the 32 bytes of a public key in its X.509 form (RFC 8410). */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private final PrivateKey privateKey;
  private final byte[] publicKey;

  private Ed25519Key(KeyPair pair) {
    this.privateKey = pair.getPrivate();
    byte[] encoded = pair.getPublic().getEncoded();
    this.publicKey = Arrays.copyOfRange(encoded, X509.length, encoded.length);
  }

  /** The key pair of a 32-byte seed, which is as secret as the private key. */
  public static Ed25519Key fromSeed(byte[] seed) {
    if (seed.length != SEED) {
      throw new IllegalArgumentException("a seed has 32 bytes, not " + seed.length);
    }
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
      // The generator draws exactly the seed and derives both halves; no other door does.
      generator.initialize(NamedParameterSpec.ED25519, new Drawn(seed.clone()));
      return new Ed25519Key(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this platform has no Ed25519", e);
    }
  }

  /** A copy of the 32 bytes. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** This key as a log's key. */
  public VerifierKey named(String name) {
    return new VerifierKey(name, VerifierKey.Kind.ED25519, publicKey);
  }

  /** This key as a witness's key. */
  public VerifierKey witnessNamed(String name) {
    return new VerifierKey(name, VerifierKey.Kind.COSIGNATURE, publicKey);
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this platform cannot sign with its own key", e);
    }
  }

  /** Whether this is the public key's signature over the message; false for anything malformed. */
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != VerifierKey.PUBLIC_KEY) {
      return false;
    }
    byte[] encoded = Arrays.copyOf(X509, X509.length + publicKey.length);
    System.arraycopy(publicKey, 0, encoded, X509.length, publicKey.length);
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      // A point that is not on the curve, or bytes that are no signature.
      return false;
    }
  }

  /** A source of chance that has drawn already. */
  private static final class Drawn extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] drawn;

    Drawn(byte[] drawn) {
      this.drawn = drawn;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != drawn.length) {
        throw new IllegalStateException("the generator asks for " + bytes.length + " bytes");
      }
      System.arraycopy(drawn, 0, bytes, 0, bytes.length);
    }
  }
}
