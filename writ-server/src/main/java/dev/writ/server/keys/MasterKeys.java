package dev.writ.server.keys;

import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.WorkflowId;
import dev.writ.ledger.Attachment;
import dev.writ.server.keys.KeysRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The master keys, from a file of their own: the first line's key wraps workflows' keys, the
 * others, of former times, still unwrap. Threads may share one.
 *
 * <p>A line is {@code writ-master-1} and 32 bytes in URL-safe base64. A key is named by {@code mk_}
 * and 16 hexadecimal digits of a digest over it.
 */
public final class MasterKeys {
  /** Most keys in one file. */
  public static final int MOST = 16;

  private static final String WHAT = "the master key file";
  private static final String LINE = "writ-master-1 ";
  private final Map<String, SecretBytes> byId;
  private final String current;

  private MasterKeys(Map<String, SecretBytes> byId) {
    this.byId = byId;
    this.current = byId.keySet().iterator().next();
  }

  /** Draws a master key and writes it to a file that must not exist yet. */
  public static MasterKeys create(Path file, Entropy entropy) {
    SecretFile.create(file, line(entropy.bytes(Box.KEY)), WHAT);
    return read(file);
  }

  /** Reads the file. Throws {@link KeysRefused}. */
  public static MasterKeys read(Path file) {
    byte[] bytes = SecretFile.read(file, WHAT);
    List<byte[]> keys = new ArrayList<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      if (!line.isBlank()) {
        keys.add(key(line, file));
      }
    }
    if (keys.isEmpty() || keys.size() > MOST) {
      throw new KeysRefused(
          Reason.FORMAT, WHAT + " `" + file + "` holds " + keys.size() + " keys, not 1 to " + MOST);
    }
    Map<String, SecretBytes> byId = new LinkedHashMap<>();
    keys.forEach(k -> byId.put(id(k), new SecretBytes(k)));
    return new MasterKeys(byId);
  }

  /** Draws a new current key and writes it before the others, which stay for unwrapping. */
  public static MasterKeys rotate(Path file, Entropy entropy) {
    byte[] former = SecretFile.read(file, WHAT);
    read(file);
    byte[] first = line(entropy.bytes(Box.KEY));
    byte[] all = java.util.Arrays.copyOf(first, first.length + former.length);
    System.arraycopy(former, 0, all, first.length, former.length);
    SecretFile.replace(file, all, WHAT);
    return read(file);
  }

  private static byte[] line(byte[] key) {
    String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    return (LINE + base64 + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] key(String line, Path file) {
    if (line.startsWith(LINE)) {
      try {
        byte[] key = Base64.getUrlDecoder().decode(line.substring(LINE.length()).strip());
        if (key.length == Box.KEY) {
          return key;
        }
      } catch (IllegalArgumentException e) {
        throw format(file);
      }
    }
    throw format(file);
  }

  // The cause would quote the line, which is a secret.
  private static KeysRefused format(Path file) {
    return new KeysRefused(
        Reason.FORMAT,
        WHAT + " `" + file + "` has a line that is not `writ-master-1` and 32 bytes in base64");
  }

  private static String id(byte[] key) {
    byte[] label = "writ master key\n".getBytes(StandardCharsets.UTF_8);
    return "mk_" + Digest.sha256(label, key).toString().substring(0, 16);
  }

  /** The id of the key that wraps. */
  public String current() {
    return current;
  }

  /** Whether this file can unwrap what the key with that id wrapped. */
  public boolean holds(String id) {
    return byId.containsKey(id);
  }

  /** A workflow's key, wrapped by the current master key. */
  Attachment.WorkflowKey wrap(WorkflowId workflow, SecretBytes key, Entropy entropy) {
    byte[] wrapped =
        Box.seal(
            secret(current).orElseThrow(),
            bound(workflow, current),
            SecretBytes.DangerouslyOpened.bytes(key),
            entropy);
    return new Attachment.WorkflowKey(workflow, current, wrapped);
  }

  /** The key of a stored row; empty when the master key is not here or the row was changed. */
  Optional<SecretBytes> unwrap(Attachment.WorkflowKey row) {
    return secret(row.masterKey())
        .flatMap(k -> Box.open(k, bound(row.workflow(), row.masterKey()), row.wrapped()))
        .filter(k -> k.length == Box.KEY)
        .map(SecretBytes::new);
  }

  /** The secret that opens key files. */
  Optional<SecretBytes> secret(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  private static String bound(WorkflowId workflow, String masterKey) {
    return "writ workflow key 1\n" + workflow + "\n" + masterKey;
  }

  @Override
  public String toString() {
    return "MasterKeys" + byId.keySet();
  }
}
