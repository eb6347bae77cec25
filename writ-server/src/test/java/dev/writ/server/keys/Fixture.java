package dev.writ.server.keys;

import dev.writ.base.Entropy;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.base.WritId;
import dev.writ.token.Permission;
import dev.writ.token.Scope;
import dev.writ.token.Targets;
import dev.writ.token.TokenDraft;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Keys in a folder, a clock that is set by hand, and drafts of tokens. */
final class Fixture implements InstantSource {
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  static final String ISSUER = "https://writ.example";
  static final String AUDIENCE = "https://writ.example/mcp";
  static final String ORIGIN = "writ.example/ledger/0";

  final Entropy entropy;
  final Path folder;
  final MasterKeys masters;
  Instant now = START;

  Fixture(Path folder, long seed) {
    Random random = new Random(seed);
    this.entropy = random::nextBytes;
    this.folder = folder;
    this.masters = MasterKeys.create(folder.resolve("master.key"), entropy);
  }

  @Override
  public Instant instant() {
    return now;
  }

  KeyHome home() {
    return new KeyHome(folder.resolve("writ.keys"), new KeyUnlock.Master(masters), masters);
  }

  Keys create() {
    return Keys.create(home(), Signatures.best(), entropy, this);
  }

  Keys open() {
    return Keys.open(home(), Signatures.best(), entropy, this);
  }

  TokenVerifier verifier(Keys keys) {
    TokenVerifier verifier = new TokenVerifier(ISSUER, Signatures.best(), this);
    verifier.trust(keys.jwks()).orThrow();
    return verifier;
  }

  TokenDraft draft(List<String> actors, Optional<String> thumbprint) {
    return new TokenDraft(
        TokenId.fresh(entropy),
        TaskId.fresh(entropy),
        WritId.fresh(entropy),
        "noor.haddad",
        "spiffe://brightwater.example/finance/matcher",
        "spiffe://brightwater.example/finance/summariser",
        actors,
        AUDIENCE,
        now,
        now.plus(Duration.ofMinutes(5)),
        scope(1),
        thumbprint);
  }

  static Scope scope(int permissions) {
    var limits = new TreeMap<String, Long>();
    limits.put("rows", 5_000L);
    var actions = new TreeSet<>(List.of("read"));
    return new Scope(
        java.util.stream.IntStream.range(0, permissions)
            .mapToObj(i ->
                new Permission(
                    actions, "ap-db/invoices-" + i, "staging", new Targets.Any(), limits))
            .toList());
  }
}
