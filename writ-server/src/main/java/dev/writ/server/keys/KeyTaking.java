package dev.writ.server.keys;

import dev.writ.base.EnrolmentId;
import dev.writ.base.Json;
import dev.writ.base.NodeId;
import dev.writ.base.Parsed;
import dev.writ.server.keys.KeysRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;

/** The joining node's end of a {@link KeyHandover}. */
public final class KeyTaking {
  private static final Json.Bounds BOUNDS = new Json.Bounds(4 << 20, 2, 8, true);

  private final String code;
  private final KeyPair own = KeyExchange.draw();
  private final KeyHandover.Ask ask;

  private KeyTaking(String code, EnrolmentId offer, NodeId node) {
    this.code = code;
    String key = KeyExchange.text(own.getPublic());
    KeyHandover.Ask unproved = new KeyHandover.Ask(offer, node, key, "");
    byte[] proof =
        KeyHandover.mac(new SecretBytes(code.getBytes(StandardCharsets.US_ASCII)), unproved);
    this.ask = new KeyHandover.Ask(offer, node, key, KeyHandover.base64(proof));
  }

  /** Begins with a code as an operator handed it over. */
  public static Parsed<KeyTaking> with(String code, NodeId node) {
    int dot = code.indexOf('.');
    return dot < 0 || code.length() > 128
        ? Parsed.refused("code", "it is not a code", "copy all that `writ node offer` printed")
        : EnrolmentId.parse(code.substring(0, dot)).map(id -> new KeyTaking(code, id, node));
  }

  /** What to send. */
  public KeyHandover.Ask ask() {
    return ask;
  }

  /** Opens the answer and writes the files, which must not exist. Throws {@link KeysRefused}. */
  public void keep(KeyHandover.Given given, Path keyFile, Path masterKeys) {
    Optional<Json.Obj> files =
        KeyExchange.agree(
                own.getPrivate(), given.key(), KeyHandover.salt(code), ask.text() + given.key())
            .flatMap(key ->
                KeyFile.decode(given.box()).flatMap(box -> Box.open(key, "writ key files 1", box)))
            .flatMap(plain -> Json.parseObject(plain, BOUNDS).found());
    Optional<byte[]> keys = files.flatMap(f -> f.text("keys")).flatMap(KeyFile::decode);
    Optional<byte[]> masters = files.flatMap(f -> f.text("masters")).flatMap(KeyFile::decode);
    if (keys.isEmpty() || masters.isEmpty()) {
      throw new KeysRefused(
          Reason.LOCKED, "what the other node sent does not open with this code; take a new one");
    }
    SecretFile.create(masterKeys, masters.get(), "the master key file");
    SecretFile.create(keyFile, keys.get(), "the key file");
  }
}
