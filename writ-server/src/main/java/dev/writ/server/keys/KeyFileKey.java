package dev.writ.server.keys;

import dev.writ.base.Json;
import dev.writ.server.keys.KeysRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Derives the key that seals a key file. */
final class KeyFileKey {
  private static final int MOST_ROUNDS = 10_000_000;

  private KeyFileKey() {}

  /** The key a file's description asks for. Throws {@link KeysRefused}. */
  static SecretBytes derive(KeyUnlock unlock, Json.Obj described, Path file) {
    String kind = described.text("kind").orElse("");
    return switch (unlock) {
      case KeyUnlock.Master(MasterKeys keys) when kind.equals("master") ->
          fromMaster(keys, described.text("key").orElse(""), file);
      case KeyUnlock.Passphrase(Path passphrase) when kind.equals("passphrase") ->
          fromPassphrase(passphrase, described, file);
      case KeyUnlock.Master m -> throw other(kind, file);
      case KeyUnlock.Passphrase p -> throw other(kind, file);
    };
  }

  private static KeysRefused other(String kind, Path file) {
    return new KeysRefused(
        Reason.MISMATCH,
        "the key file `" + file + "` is opened by a " + kind + "; name the file that holds it");
  }

  private static SecretBytes fromMaster(MasterKeys keys, String id, Path file) {
    SecretBytes master =
        keys.secret(id)
            .orElseThrow(() ->
                new KeysRefused(
                    Reason.MISMATCH,
                    "the key file `"
                        + file
                        + "` is opened by master key "
                        + id
                        + ", which the master key file does not hold"));
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(SecretBytes.DangerouslyOpened.hmac(master));
      // One block of HKDF-Expand (RFC 5869): the master key is uniformly random already.
      hmac.update("writ key file 1".getBytes(StandardCharsets.UTF_8));
      hmac.update((byte) 1);
      return new SecretBytes(hmac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  private static SecretBytes fromPassphrase(Path passphrase, Json.Obj described, Path file) {
    Optional<Long> rounds =
        described.integer("rounds").filter(n -> n >= KeyUnlock.ROUNDS && n <= MOST_ROUNDS);
    Optional<byte[]> salt = described.text("salt").flatMap(KeyFile::decode);
    if (rounds.isEmpty() || salt.isEmpty() || salt.get().length < 16) {
      throw new KeysRefused(Reason.FORMAT, "the head of the key file `" + file + "` was changed");
    }
    String text =
        new String(SecretFile.read(passphrase, "the passphrase file"), StandardCharsets.UTF_8);
    String first = text.lines().findFirst().orElse("");
    if (first.length() < KeyUnlock.SHORTEST) {
      throw new KeysRefused(
          Reason.FORMAT,
          "the first line of `"
              + passphrase
              + "` has fewer than "
              + KeyUnlock.SHORTEST
              + " characters; write a longer passphrase");
    }
    try {
      var spec =
          new PBEKeySpec(
              first.toCharArray(), salt.get(), Math.toIntExact(rounds.get()), Box.KEY * 8);
      return new SecretBytes(
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PBKDF2", e);
    }
  }
}
