package dev.writ.server.oauth;

import dev.writ.fact.Names;
import java.time.Instant;

/** What authenticating a client gave. */
sealed interface ClientCheck {
  /**
   * A workload proved that it holds one of its keys.
   *
   * @param workload its {@code client_id}
   * @param assertion the assertion's {@code jti}
   * @param until when the assertion is over
   */
  record Known(String workload, String assertion, Instant until) implements ClientCheck {}

  /** It did not. */
  record Unknown(Why why) implements ClientCheck {}

  /** Every way in which client authentication fails (RFC 7523bis). */
  enum Why {
    METHOD("authenticate with private_key_jwt: one client_assertion of type jwt-bearer"),
    MALFORMED("the client assertion is not a signed JWT in compact form"),
    ALGORITHM("the client assertion is not signed with ES256, RS256 or EdDSA"),
    TYPE("the client assertion's typ is neither absent nor client-authentication+jwt nor JWT"),
    CLAIMS("the client assertion lacks iss, sub, aud, exp or jti, or has it in another form"),
    CLIENT("iss, sub and client_id do not all name the same client"),
    AUDIENCE("the client assertion's aud is not the issuer identifier alone"),
    EXPIRED("the client assertion has expired"),
    NOT_YET_VALID("the client assertion is not valid yet"),
    TOO_LONG_LIVED("the client assertion lives longer than 120 seconds"),
    REPLAYED("the client assertion was used before; make a fresh one for every request"),
    SIGNATURE("no live key of this client made the client assertion's signature");

    private final String message;

    Why(String message) {
      this.message = message;
    }

    String message() {
      return message;
    }

    /** {@code client-assertion-expired}. */
    String problem() {
      return "client-assertion-" + Names.of(this);
    }
  }
}
