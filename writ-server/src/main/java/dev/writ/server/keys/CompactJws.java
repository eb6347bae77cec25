package dev.writ.server.keys;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.Base64URL;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import java.text.ParseException;
import java.util.Optional;

/** Strangers' JWS in compact form (RFC 7515): bounded, one spelling, nothing special asked for. */
public final class CompactJws {
  private static final Json.Bounds HEADER = new Json.Bounds(4_096, 4, 64, true);

  private CompactJws() {}

  /**
   * The three parts, each in exactly one spelling; empty for more than 8,192 characters, a header
   * with duplicate names, {@code crit} or {@code b64}, and {@code alg: none}. Nothing is verified.
   */
  public static Optional<JWSObject> parse(String compact) {
    if (compact.length() > TokenText.LONGEST) {
      return Optional.empty();
    }
    String[] parts = compact.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    for (String part : parts) {
      Base64URL spelled = new Base64URL(part);
      if (part.isEmpty() || !Base64URL.encode(spelled.decode()).equals(spelled)) {
        return Optional.empty();
      }
    }
    Parsed<Json.Obj> header = Json.parseObject(new Base64URL(parts[0]).decode(), HEADER);
    if (!(header instanceof Parsed.Ok<Json.Obj>(Json.Obj members))
        || members.get("crit").isPresent()
        || members.get("b64").isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JWSObject.parse(compact));
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
