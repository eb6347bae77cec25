package dev.writ.server.keys;

import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.server.keys.KeysRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The key file's format: a JSON head that says what opens it, and a box. Version {@value #FORMAT};
 * a file of another version is refused.
 */
final class KeyFile {
  static final String FORMAT = "writ-keys-1";
  private static final String WHAT = "the key file";
  private static final Json.Bounds BOUNDS = new Json.Bounds(SecretFile.LONGEST, 8, 10_000, true);

  private KeyFile() {}

  /** Writes a new file. */
  static void create(Path file, KeyRing ring, KeyUnlock unlock, Entropy entropy) {
    SecretFile.create(file, sealed(file, ring, unlock, entropy), WHAT);
  }

  /** Replaces a file. */
  static void replace(Path file, KeyRing ring, KeyUnlock unlock, Entropy entropy) {
    SecretFile.replace(file, sealed(file, ring, unlock, entropy), WHAT);
  }

  /**
   * Does something that reads and replaces a file while nobody else does, in this process or in
   * another on this machine.
   */
  static synchronized <T> T alone(Path file, Supplier<T> work) {
    return SecretFile.locked(file, work, WHAT);
  }

  private static byte[] sealed(Path file, KeyRing ring, KeyUnlock unlock, Entropy entropy) {
    Json.Obj opens = unlock.describe(entropy);
    SecretBytes key = KeyFileKey.derive(unlock, opens, file);
    byte[] box = Box.seal(key, bound(opens), ring.toJson().canonical(), entropy);
    return (Json.object()
                .put("format", FORMAT)
                .put("opens", opens)
                .put("box", Base64.getEncoder().encodeToString(box))
                .build()
                .pretty()
            + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Opens a file. Throws {@link KeysRefused}. */
  static KeyRing open(Path file, KeyUnlock unlock) {
    byte[] bytes = SecretFile.read(file, WHAT);
    if (!(Json.parseObject(bytes, BOUNDS) instanceof Parsed.Ok<Json.Obj>(Json.Obj json))) {
      throw new KeysRefused(Reason.FORMAT, WHAT + " `" + file + "` is not a key file of Writ");
    }
    String format = json.text("format").orElse("");
    if (!format.equals(FORMAT)) {
      throw new KeysRefused(
          Reason.FORMAT,
          WHAT + " `" + file + "` has format `" + format + "`; this Writ reads `" + FORMAT + "`");
    }
    Json.Obj opens = json.object("opens").orElseGet(() -> Json.object().build());
    byte[] box = json.text("box").flatMap(KeyFile::decode).orElse(new byte[0]);
    byte[] plain =
        Box.open(KeyFileKey.derive(unlock, opens, file), bound(opens), box)
            .orElseThrow(() ->
                new KeysRefused(
                    Reason.LOCKED,
                    WHAT
                        + " `"
                        + file
                        + "` does not open: the secret is another one, or the file was changed"));
    return switch (Json.parseObject(plain, BOUNDS).then(KeyRing::parse)) {
      case Parsed.Ok<KeyRing>(KeyRing ring) -> ring;
      case Parsed.Refused<KeyRing>(List<dev.writ.base.Problem> problems) ->
          throw new KeysRefused(
              Reason.FORMAT,
              WHAT + " `" + file + "`: what is inside does not" + " parse; restore it from a copy");
    };
  }

  /** The name of the master key that opens a file; empty when something else does. */
  static String opener(Path file) {
    return Json.parseObject(SecretFile.read(file, WHAT), BOUNDS)
        .found()
        .flatMap(json -> json.object("opens"))
        .flatMap(opens -> opens.text("key"))
        .orElse("");
  }

  private static String bound(Json.Obj opens) {
    return FORMAT + "\n" + new String(opens.canonical(), StandardCharsets.UTF_8);
  }

  static Optional<byte[]> decode(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
