package dev.writ.server.keys;

import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.state.FormerKey;
import dev.writ.state.Government;
import dev.writ.token.TokenDraft;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the ledger says of Writ's keys: which sign, and which did until lately and have not been
 * revoked. Immutable.
 */
record KeyPlan(Map<Fact.KeyUse, Fact.PublicKey> current, List<FormerKey> former) {
  /** How long a former log key signs along: who knows only it has so long to learn the next. */
  static final Duration LOG_OVERLAP = Government.FORMER_FOR;

  private static final Json.Bounds JWK = new Json.Bounds(4_096, 3, 64, true);

  KeyPlan {
    current = new EnumMap<>(current);
    former = List.copyOf(former);
  }

  /** Whoever has not seen the ledger goes by the file. */
  static KeyPlan of(Collection<Fact.PublicKey> current) {
    Map<Fact.KeyUse, Fact.PublicKey> keys = new EnumMap<>(Fact.KeyUse.class);
    current.forEach(key -> keys.put(key.use(), key));
    return new KeyPlan(keys, List.of());
  }

  static KeyPlan of(Government government) {
    return new KeyPlan(new EnumMap<>(government.keys()), List.copyOf(government.former()));
  }

  /** Whether this key signs, or did lately. */
  boolean names(Fact.KeyUse use, String id) {
    Optional<Fact.PublicKey> signs = Optional.ofNullable(current.get(use));
    return Stream.concat(signs.stream(), former.stream().map(FormerKey::key))
        .anyMatch(k -> k.use() == use && k.id().equals(id));
  }

  /** Former keys of this use of which something may live still, oldest first. */
  List<FormerKey> former(Fact.KeyUse use, Instant now) {
    return former.stream().filter(f -> f.key().use() == use && now.isBefore(until(f))).toList();
  }

  /** Until when what the key signed may live. */
  static Instant until(FormerKey former) {
    return former
        .replaced()
        .plus(
            switch (former.key().use()) {
              case TOKEN -> TokenDraft.LONGEST_LIFE;
              case LOG, STATEMENT -> LOG_OVERLAP;
            });
  }

  /** The tokens' keys as a JWK Set (RFC 7517, section 5), the one that comes next included. */
  Json.Obj jwks(Optional<Fact.PublicKey> next, Instant now) {
    List<Json> keys = new ArrayList<>();
    former(Fact.KeyUse.TOKEN, now).forEach(f -> keys.add(jwk(f.key())));
    Optional.ofNullable(current.get(Fact.KeyUse.TOKEN)).ifPresent(k -> keys.add(jwk(k)));
    next.ifPresent(k -> keys.add(jwk(k)));
    return Json.object().put("keys", Json.array(keys)).build();
  }

  private static Json.Obj jwk(Fact.PublicKey key) {
    return Json.parseObject(key.text().getBytes(StandardCharsets.UTF_8), JWK).orThrow();
  }

  /** When the next former key of the tokens is over. */
  Optional<Instant> changes(Instant now) {
    return former(Fact.KeyUse.TOKEN, now).stream().map(KeyPlan::until).min(Instant::compareTo);
  }
}
