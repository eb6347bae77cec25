package dev.writ.server.keys;

import dev.writ.base.Entropy;
import dev.writ.base.Json;
import java.nio.file.Path;
import java.util.Base64;

/** What opens the key file: the master key, or a passphrase in a file. */
public sealed interface KeyUnlock {
  /** A key derived from the master key: opens at once. */
  record Master(MasterKeys keys) implements KeyUnlock {}

  /**
   * A key derived from the first line of a file only its owner may read, at least 12 characters
   * (PBKDF2 with HMAC-SHA-256, 600,000 rounds: about a third of a second).
   */
  record Passphrase(Path file) implements KeyUnlock {}

  /** Rounds for new key files. */
  int ROUNDS = 600_000;

  /** Fewest characters of a passphrase. */
  int SHORTEST = 12;

  /** How a key file says what opens it, drawn for a new file. */
  default Json.Obj describe(Entropy entropy) {
    return switch (this) {
      case Master(MasterKeys keys) ->
          Json.object().put("kind", "master").put("key", keys.current()).build();
      case Passphrase p ->
          Json.object()
              .put("kind", "passphrase")
              .put("salt", Base64.getEncoder().encodeToString(entropy.bytes(16)))
              .put("rounds", ROUNDS)
              .build();
    };
  }
}
