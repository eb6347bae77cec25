package dev.writ.server.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.fact.Fact;
import dev.writ.fact.Names;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.NoSuchElementException;

/**
 * One signing key of Writ's own. The log signs with Ed25519, tokens and statements with P-256.
 *
 * @param id the RFC 7638 thumbprint of the public key, so that every node calls it the same
 * @param secret PKCS #8
 * @param x509 the public half as SubjectPublicKeyInfo
 */
@SuppressWarnings("ArrayRecordComponent") // identified by its id
record OwnKey(Fact.KeyUse use, String id, SecretBytes secret, byte[] x509, Instant made) {

  /** Draws a key. */
  static OwnKey draw(Fact.KeyUse use, Instant now) {
    try {
      KeyPairGenerator generator;
      if (use == Fact.KeyUse.LOG) {
        generator = KeyPairGenerator.getInstance("Ed25519");
      } else {
        generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      KeyPair pair = generator.generateKeyPair();
      byte[] x509 = pair.getPublic().getEncoded();
      return new OwnKey(
          use, thumbprint(use, x509), new SecretBytes(pair.getPrivate().getEncoded()), x509, now);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has Ed25519 and P-256", e);
    }
  }

  private static String thumbprint(Fact.KeyUse use, byte[] x509) throws GeneralSecurityException {
    try {
      return use == Fact.KeyUse.LOG
          ? new OctetKeyPair.Builder(
                  Curve.Ed25519, Base64URL.encode(Signatures.ed25519Public(x509)))
              .build()
              .computeThumbprint()
              .toString()
          : new ECKey.Builder(Curve.P_256, ecPublic(x509)).build().computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static ECPublicKey ecPublic(byte[] x509) throws GeneralSecurityException {
    return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(x509));
  }

  /** The public half as a JWK with {@code kid}, {@code alg} and {@code use} (RFC 7517). */
  Json.Obj jwk() {
    try {
      ECKey key = new ECKey.Builder(Curve.P_256, ecPublic(x509)).build();
      return Json.object()
          .put("kty", "EC")
          .put("crv", "P-256")
          .put("x", key.getX().toString())
          .put("y", key.getY().toString())
          .put("kid", id)
          .put("alg", "ES256")
          .put("use", "sig")
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of ours does not parse", e);
    }
  }

  /** The private half in the form that signs fastest. */
  PrivateKey opened(Signatures signatures) {
    byte[] pkcs8 = SecretBytes.DangerouslyOpened.bytes(secret);
    try {
      return use == Fact.KeyUse.LOG
          ? signatures.ed25519Private(pkcs8)
          : signatures.es256Private(pkcs8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of ours does not parse", e);
    }
  }

  Json.Obj toJson() {
    return Json.object()
        .put("use", Names.of(use))
        .put("id", id)
        .put("secret", encode(SecretBytes.DangerouslyOpened.bytes(secret)))
        .put("public", encode(x509))
        .put("made", made.toString())
        .build();
  }

  static Parsed<OwnKey> parse(Json json) {
    try {
      Json.Obj obj = (Json.Obj) json;
      Fact.KeyUse use = use(obj.text("use").orElseThrow());
      byte[] x509 = KeyFile.decode(obj.text("public").orElseThrow()).orElseThrow();
      byte[] secret = KeyFile.decode(obj.text("secret").orElseThrow()).orElseThrow();
      String id = obj.text("id").orElseThrow();
      if (!id.equals(thumbprint(use, x509))) {
        return refused();
      }
      return Parsed.ok(
          new OwnKey(
              use,
              id,
              new SecretBytes(secret),
              x509,
              Instant.parse(obj.text("made").orElseThrow())));
    } catch (ClassCastException
        | NoSuchElementException
        | DateTimeException
        | IllegalArgumentException
        | GeneralSecurityException e) {
      // The cause may quote the secret.
      return refused();
    }
  }

  private static Parsed<OwnKey> refused() {
    return Parsed.refused("keys", "a key does not parse", "restore the key file");
  }

  static Fact.KeyUse use(String name) {
    for (Fact.KeyUse use : Fact.KeyUse.values()) {
      if (Names.of(use).equals(name)) {
        return use;
      }
    }
    throw new NoSuchElementException("unknown use of a key");
  }

  private static String encode(byte[] bytes) {
    return new String(Base64.getEncoder().encode(bytes), StandardCharsets.US_ASCII);
  }
}
