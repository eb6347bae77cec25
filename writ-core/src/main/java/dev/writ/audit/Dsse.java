package dev.writ.audit;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Text;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A signed payload of a named type (DSSE v1.0.2). Its payload means nothing until {@link #verified}
 * has answered with it.
 */
public final class Dsse {
  /** The longest envelope that is read, in bytes. */
  public static final int LONGEST = 1 << 20;

  /** The most signatures that are read. */
  public static final int MOST_SIGNATURES = 64;

  private static final Json.Bounds BOUNDS = new Json.Bounds(LONGEST, 8, 1_000, true);

  private final String payloadType;
  private final byte[] payload;
  private final List<Signed> signatures;

  /**
   * One signature.
   *
   * @param keyId a hint which key it was, empty when there is none; never trusted
   * @param base64 the signature's bytes
   */
  public record Signed(String keyId, String base64) {}

  /** Signs the pre-authentication encoding. */
  @FunctionalInterface
  public interface Signing {
    byte[] sign(byte[] encoded);
  }

  /** Whether a signature over the pre-authentication encoding is a trusted key's. */
  @FunctionalInterface
  public interface Checking {
    boolean verify(byte[] encoded, byte[] signature);
  }

  private Dsse(String payloadType, byte[] payload, List<Signed> signatures) {
    this.payloadType = payloadType;
    this.payload = payload;
    this.signatures = List.copyOf(signatures);
  }

  /** An envelope with one signature. */
  public static Dsse sign(String payloadType, byte[] payload, String keyId, Signing signing) {
    String signature = Base64s.encode(signing.sign(encoded(payloadType, payload)));
    return new Dsse(payloadType, payload.clone(), List.of(new Signed(keyId, signature)));
  }

  /** PAE: what is signed instead of the payload, so that its type is signed with it. */
  public static byte[] encoded(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    encoded.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.UTF_8));
    encoded.writeBytes(type);
    encoded.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
    encoded.writeBytes(payload);
    return encoded.toByteArray();
  }

  /**
   * Reads an envelope; it is not verified yet. Unknown members are ignored, as the standard says.
   */
  public static Parsed<Dsse> parse(byte[] json) {
    return Json.parseObject(json, BOUNDS).then(Dsse::read);
  }

  private static Parsed<Dsse> read(Json.Obj envelope) {
    Optional<String> type = envelope.text("payloadType");
    Optional<byte[]> payload = envelope.text("payload").flatMap(Dsse::decode);
    List<Json> items = envelope.array("signatures").orElse(List.of());
    if (type.isEmpty() || payload.isEmpty()) {
      return refused("payload", "the envelope lacks payloadType or a payload in base64");
    }
    if (items.isEmpty() || items.size() > MOST_SIGNATURES) {
      return refused("signatures", "the envelope has " + items.size() + " signatures");
    }
    List<Signed> signatures = new ArrayList<>();
    for (Json item : items) {
      Optional<byte[]> signature =
          item instanceof Json.Obj member
              ? member.text("sig").flatMap(Dsse::decode)
              : Optional.empty();
      if (!(item instanceof Json.Obj member) || signature.isEmpty()) {
        return refused(
            "signatures[" + signatures.size() + "]", "the signature has no sig in base64");
      }
      signatures.add(new Signed(member.text("keyid").orElse(""), Base64s.encode(signature.get())));
    }
    return Parsed.ok(new Dsse(type.get(), payload.get(), signatures));
  }

  /** Standard or URL-safe base64; verifiers accept both. */
  private static Optional<byte[]> decode(String base64) {
    return Base64s.decode(base64.replace('-', '+').replace('_', '/'));
  }

  private static <T> Parsed<T> refused(String place, String what) {
    return Parsed.refused(place, what, "send a DSSE envelope");
  }

  /** What the payload claims to be; verified together with it. */
  public String payloadType() {
    return payloadType;
  }

  /** The signatures, verified or not, in order. */
  public List<Signed> signatures() {
    return signatures;
  }

  /**
   * The payload's bytes, when its type is the expected one and a trusted key signed both. Only
   * these bytes may be read further.
   */
  public Parsed<byte[]> verified(String expectedType, Checking checking) {
    if (!payloadType.equals(expectedType)) {
      return refused("payloadType", "the payload is `" + Text.excerpt(payloadType) + "`");
    }
    byte[] encoded = encoded(payloadType, payload);
    for (Signed signature : signatures) {
      if (checking.verify(encoded, Base64s.decode(signature.base64()).orElseThrow())) {
        return Parsed.ok(payload.clone());
      }
    }
    return refused("signatures", "no key you trust has signed this envelope");
  }

  /** The envelope as JSON. */
  public Json.Obj json() {
    List<Json> items = new ArrayList<>();
    for (Signed signature : signatures) {
      items.add(
          Json.object().put("keyid", signature.keyId()).put("sig", signature.base64()).build());
    }
    return Json.object()
        .put("payloadType", payloadType)
        .put("payload", Base64s.encode(payload))
        .put("signatures", Json.array(items))
        .build();
  }
}
