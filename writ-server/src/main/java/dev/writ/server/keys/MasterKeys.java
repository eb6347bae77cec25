package dev.writ.server.keys;

import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.WorkflowId;
import dev.writ.ledger.Attachment;
import dev.writ.server.keys.KeysRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The master keys, from a file of their own, the newest on the first line. One wraps workflows'
 * keys, the one the ledger names; all of them unwrap. Threads may share one.
 *
 * <p>A line is {@code writ-master-1} and 32 bytes in URL-safe base64. A key is named by {@code mk_}
 * and 16 hexadecimal digits of a digest over it.
 */
public final class MasterKeys {
  /** Most keys in one file. */
  public static final int MOST = 16;

  private static final String WHAT = "the master key file";
  private static final String LINE = "writ-master-1 ";
  private final Path file;
  private volatile Held held;

  /**
   * @param byId in the order of the file
   * @param current the one that wraps
   */
  private record Held(Map<String, SecretBytes> byId, String current) {}

  private MasterKeys(Path file, Map<String, SecretBytes> byId) {
    this.file = file;
    this.held = new Held(byId, byId.keySet().iterator().next());
  }

  /** Draws a master key and writes it to a file that must not exist yet. */
  public static MasterKeys create(Path file, Entropy entropy) {
    SecretFile.create(file, line(entropy.bytes(Box.KEY)), WHAT);
    return read(file);
  }

  /** Reads the file; until somebody names another, its first key wraps. */
  public static MasterKeys read(Path file) {
    return new MasterKeys(file, load(file));
  }

  private static Map<String, SecretBytes> load(Path file) {
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
    return byId;
  }

  /**
   * The key that comes next: the first line's when it does not wrap yet, else one that is drawn and
   * written before the others. Throws {@link KeysRefused}.
   */
  synchronized String prepare(Entropy entropy) {
    return SecretFile.locked(
        file,
        () -> {
          Map<String, SecretBytes> stored = load(file);
          String first = stored.keySet().iterator().next();
          if (!first.equals(held.current())) {
            held = new Held(stored, held.current());
            return first;
          }
          if (stored.size() >= MOST) {
            throw new KeysRefused(
                Reason.FORMAT,
                WHAT + " `" + file + "` holds " + MOST + " keys; delete lines nothing hangs on");
          }
          byte[] fresh = entropy.bytes(Box.KEY);
          byte[] line = line(fresh);
          byte[] former = SecretFile.read(file, WHAT);
          byte[] all = Arrays.copyOf(line, line.length + former.length);
          System.arraycopy(former, 0, all, line.length, former.length);
          SecretFile.replace(file, all, WHAT);
          held = new Held(load(file), held.current());
          return id(fresh);
        },
        WHAT);
  }

  /** Wraps with the key of this name, for which the file is read again when it is not known. */
  synchronized void use(String id) {
    Held now = held;
    if (now.current().equals(id)) {
      return;
    }
    Map<String, SecretBytes> keys = now.byId().containsKey(id) ? now.byId() : load(file);
    if (!keys.containsKey(id)) {
      throw new KeysRefused(
          Reason.MISMATCH,
          "the ledger names master key "
              + id
              + ", which "
              + WHAT
              + " `"
              + file
              + "` does not hold; copy the file of the node that rotated it");
    }
    held = new Held(keys, id);
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
    return held.current();
  }

  /** The names of all keys, the newest first. */
  public List<String> names() {
    return List.copyOf(held.byId().keySet());
  }

  /** Whether this file can unwrap what the key with that id wrapped. */
  public boolean holds(String id) {
    return held.byId().containsKey(id);
  }

  /** A workflow's key, wrapped by the current master key. */
  Attachment.WorkflowKey wrap(WorkflowId workflow, SecretBytes key, Entropy entropy) {
    String current = held.current();
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
    return Optional.ofNullable(held.byId().get(id));
  }

  private static String bound(WorkflowId workflow, String masterKey) {
    return "writ workflow key 1\n" + workflow + "\n" + masterKey;
  }

  @Override
  public String toString() {
    return "MasterKeys" + held.byId().keySet();
  }
}
