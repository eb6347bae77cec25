package dev.writ.server.gateway;

import dev.writ.ledger.MonotonicClock;
import dev.writ.server.gateway.TokenCheck.Caller;
import dev.writ.server.gateway.TokenCheck.Checked;
import dev.writ.server.gateway.TokenCheck.Kind;
import dev.writ.server.keys.TokenChecked;
import dev.writ.server.keys.TokenVerifier;
import dev.writ.server.upstream.Outbound;
import dev.writ.token.VerifiedToken;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Checks tokens with the keys the issuer publishes, fetched from its key set: at the start, then
 * now and then, and at once, though not often, when a token names a key that is not known.
 */
public final class PublishedKeys implements TokenCheck {
  private static final Duration FETCH_EVERY = Duration.ofMinutes(1);
  private static final Duration FETCH_AT_MOST_EVERY = Duration.ofSeconds(1);
  private static final int LONGEST_KEY_SET = 256 * 1024;
  private final TokenVerifier verifier;
  private final URI keySet;
  private final Outbound outbound;
  private final MonotonicClock clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile boolean known;
  private volatile long fetchedNanos;

  /**
   * Keys from this URL.
   *
   * @param keySet the issuer's {@code jwks_uri}, a listed destination of {@code outbound}
   */
  public PublishedKeys(
      TokenVerifier verifier, URI keySet, Outbound outbound, MonotonicClock clock) {
    this.verifier = verifier;
    this.keySet = keySet;
    this.outbound = outbound;
    this.clock = clock;
  }

  @Override
  public Checked check(Presented presented) {
    if (!known) {
      fetch(FETCH_AT_MOST_EVERY);
    } else if (isOlderThan(FETCH_EVERY) && !fetching.isLocked()) {
      fetch(FETCH_EVERY);
    }
    TokenChecked checked = verifier.verify(presented.token(), presented.url());
    if (checked instanceof TokenChecked.Bad(TokenChecked.Why why)
        && why == TokenChecked.Why.UNKNOWN_KEY) {
      fetch(FETCH_AT_MOST_EVERY);
      checked = verifier.verify(presented.token(), presented.url());
    }
    return answer(presented, checked);
  }

  /** The gateway's words for what the verifier found. */
  static Checked answer(Presented presented, TokenChecked checked) {
    return switch (checked) {
      case TokenChecked.Bad(TokenChecked.Why why) ->
          new Checked.Bad(Kind.INVALID_TOKEN, why.message());
      case TokenChecked.Good(VerifiedToken token) -> {
        if (token.thumbprint().isPresent()) {
          // A bound token without its proof is a stolen one; proofs are not checked here yet.
          yield new Checked.Bad(
              Kind.INVALID_TOKEN, "the token is bound to a key, which is not served here");
        }
        yield presented.scheme().equals("Bearer")
            ? new Checked.Good(new Caller(token.id(), token.task(), token.client()))
            : new Checked.Bad(Kind.INVALID_TOKEN, "present the token as `Bearer`");
      }
    };
  }

  private boolean isOlderThan(Duration age) {
    return !known || clock.nanos() - fetchedNanos > age.toNanos();
  }

  /**
   * One at a time. Whoever misses a key waits for a fetch that is under way rather than refuse a
   * good token, and fetches only what is older than this by then. Failing changes nothing.
   */
  private void fetch(Duration age) {
    fetching.lock();
    try {
      if (!isOlderThan(age)) {
        return;
      }
      Outbound.Answer answer =
          outbound.send(
              new Outbound.Request(keySet, Map.of(), "", Duration.ofSeconds(5), LONGEST_KEY_SET));
      if (answer.status() == 200
          && verifier.trust(answer.body().getBytes(StandardCharsets.UTF_8)).found().isPresent()) {
        known = true;
      }
      fetchedNanos = clock.nanos();
    } catch (IOException e) {
      System.getLogger(PublishedKeys.class.getName())
          .log(System.Logger.Level.WARNING, "no key set from {0}: {1}", keySet, e.getMessage());
    } finally {
      fetching.unlock();
    }
  }
}
