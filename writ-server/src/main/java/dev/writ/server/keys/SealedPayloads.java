package dev.writ.server.keys;

import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.Parsed;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;
import dev.writ.fact.PayloadRef;
import dev.writ.ledger.Attachment;
import dev.writ.operation.PayloadRows;
import dev.writ.operation.Payloads;
import dev.writ.operation.WrappedKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Payloads under a key each, wrapped by the workflow's key, wrapped by the master key. Threads may
 * share one.
 *
 * <p>A workflow's key is agreed on before anything is sealed under it: the sealer offers a fresh
 * key to {@link PayloadRows#keep} and uses the one it is answered with, so a race has a winner
 * before it can have a victim, and nothing is ever sealed twice. Keys are remembered for {@link
 * #REMEMBER}; {@link #forget} ends that at once.
 *
 * <p>Sealed bytes: {@link Box} of a 32-byte salt and the plain bytes, bound to payload and
 * workflow. Wrapped key: a version byte, the first 8 bytes of the workflow key's digest, {@link
 * Box} of the payload's key.
 */
public final class SealedPayloads implements Payloads {
  /** Longest plain bytes of one payload. */
  public static final int LONGEST = Attachment.LONGEST - 1024;

  /** How long a workflow's key is used without asking the store again. */
  public static final Duration REMEMBER = Duration.ofMinutes(1);

  private static final int MOST_REMEMBERED = 4_096;
  private static final byte VERSION = 1;
  private static final int KEY_NAME = 8;
  private static final int SALT = 32;

  private final MasterKeys masters;
  private final PayloadRows rows;
  private final Entropy entropy;
  private final InstantSource time;
  private final Map<WorkflowId, Remembered> remembered =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<WorkflowId, Remembered> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  private record Remembered(SecretBytes key, Instant until) {}

  /** What opening a payload gave. */
  public sealed interface Opened {
    /** The plain bytes. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Plain(byte[] bytes) implements Opened {}

    /** The payload, or its workflow's key, is not stored any more: it was erased, or never kept. */
    record Erased() implements Opened {}

    /** Stored bytes are not those that were sealed, or not those that the fact refers to. */
    record Tampered() implements Opened {}

    /** The workflow's key was wrapped by this master key, which the master key file lacks. */
    record NoMasterKey(String id) implements Opened {}
  }

  SealedPayloads(MasterKeys masters, PayloadRows rows, Entropy entropy, InstantSource time) {
    this.masters = masters;
    this.rows = rows;
    this.entropy = entropy;
    this.time = time;
  }

  /** Opens what is stored and seals nothing: for whoever holds an export and the master keys. */
  public static SealedPayloads opening(MasterKeys masters, PayloadRows rows) {
    Entropy none =
        bytes -> {
          throw new IllegalStateException("an export is only read");
        };
    return new SealedPayloads(masters, rows, none, InstantSource.fixed(java.time.Instant.EPOCH));
  }

  @Override
  public Sealed seal(WorkflowId workflow, byte[] plain) {
    if (plain.length > LONGEST) {
      throw new IllegalArgumentException("a payload has at most " + LONGEST + " bytes");
    }
    SecretBytes workflowKey = workflowKey(workflow);
    PayloadId id = PayloadId.fresh(entropy);
    SecretBytes key = new SecretBytes(entropy.bytes(Box.KEY));
    byte[] salted = Arrays.copyOf(entropy.bytes(SALT), SALT + plain.length);
    System.arraycopy(plain, 0, salted, SALT, plain.length);
    byte[] sealed = Box.seal(key, bound("payload", id, workflow), salted, entropy);
    byte[] box =
        Box.seal(
            workflowKey,
            bound("payload key", id, workflow),
            SecretBytes.DangerouslyOpened.bytes(key),
            entropy);
    byte[] wrapped =
        ByteBuffer.allocate(1 + KEY_NAME + box.length)
            .put(VERSION)
            .put(name(workflowKey))
            .put(box)
            .array();
    return new Sealed(
        new PayloadRef(id, Digest.sha256(salted)),
        List.of(new Attachment.Payload(id, workflow, wrapped, sealed)));
  }

  private SecretBytes workflowKey(WorkflowId workflow) {
    Instant now = time.instant();
    synchronized (remembered) {
      Remembered known = remembered.get(workflow);
      if (known != null && now.isBefore(known.until())) {
        return known.key();
      }
    }
    SecretBytes fresh = new SecretBytes(entropy.bytes(Box.KEY));
    Attachment.WorkflowKey kept = rows.keep(masters.wrap(workflow, fresh, entropy));
    SecretBytes key =
        masters
            .unwrap(kept)
            .filter(k -> kept.workflow().equals(workflow))
            .orElseThrow(() -> closed(kept));
    synchronized (remembered) {
      remembered.put(workflow, new Remembered(key, now.plus(REMEMBER)));
    }
    return key;
  }

  /**
   * Wraps workflows' keys anew that another master key wraps, at most so many; how many were found.
   * What is sealed under them stays as it is. Throws {@link KeysRefused} for one that does not
   * open.
   */
  public int rewrap(WrappedKeys wrapped, int most) {
    String current = masters.current();
    List<Attachment.WorkflowKey> found = wrapped.wrappedByOthers(current, most);
    for (Attachment.WorkflowKey row : found) {
      SecretBytes key = masters.unwrap(row).orElseThrow(() -> closed(row));
      wrapped.replace(row, masters.wrap(row.workflow(), key, entropy));
    }
    return found.size();
  }

  private static KeysRefused closed(Attachment.WorkflowKey kept) {
    return new KeysRefused(
        KeysRefused.Reason.MISMATCH,
        "the stored key of workflow "
            + kept.workflow()
            + " was wrapped by master key "
            + kept.masterKey()
            + " and does not open; run `writ doctor`");
  }

  /** Forgets a workflow's key, which was erased: the next sealing asks the store. */
  public void forget(WorkflowId workflow) {
    synchronized (remembered) {
      remembered.remove(workflow);
    }
  }

  @Override
  public Parsed<byte[]> open(PayloadRef ref) {
    return switch (read(ref)) {
      case Opened.Plain(byte[] bytes) -> Parsed.ok(bytes);
      case Opened.Erased e ->
          Parsed.refused(
              "erased",
              "the payload `" + ref.id() + "` is not stored any more",
              "the log proves what was; its content is gone for good");
      case Opened.Tampered t ->
          Parsed.refused(
              "tampered",
              "the payload `" + ref.id() + "` is not what was sealed",
              "keep the database as it is and run `writ doctor`");
      case Opened.NoMasterKey(String id) ->
          Parsed.refused(
              "master-key",
              "the payload `" + ref.id() + "` needs master key `" + id + "`",
              "put that key into the master key file");
    };
  }

  /** Opens a payload and says exactly why not. Always asks the store, so erasure holds at once. */
  public Opened read(PayloadRef ref) {
    Optional<PayloadRows.Row> found = rows.find(ref.id());
    Optional<Attachment.WorkflowKey> key = found.flatMap(PayloadRows.Row::key);
    if (found.isEmpty() || key.isEmpty()) {
      return new Opened.Erased();
    }
    Attachment.Payload payload = found.get().payload();
    if (!masters.holds(key.get().masterKey())) {
      return new Opened.NoMasterKey(key.get().masterKey());
    }
    Optional<SecretBytes> workflowKey =
        masters.unwrap(key.get()).filter(k -> key.get().workflow().equals(payload.workflow()));
    byte[] wrapped = payload.wrappedKey();
    if (workflowKey.isEmpty()
        || wrapped.length != 1 + KEY_NAME + Box.OVERHEAD + Box.KEY
        || wrapped[0] != VERSION) {
      return new Opened.Tampered();
    }
    if (!Arrays.equals(wrapped, 1, 1 + KEY_NAME, name(workflowKey.get()), 0, KEY_NAME)) {
      // The key it was sealed under was erased; another one has been agreed on since.
      return new Opened.Erased();
    }
    return opened(ref, payload, workflowKey.get());
  }

  private static Opened opened(
      PayloadRef ref, Attachment.Payload payload, SecretBytes workflowKey) {
    byte[] wrapped = payload.wrappedKey();
    byte[] box = Arrays.copyOfRange(wrapped, 1 + KEY_NAME, wrapped.length);
    WorkflowId workflow = payload.workflow();
    return Box.open(workflowKey, bound("payload key", ref.id(), workflow), box)
        .map(SecretBytes::new)
        .flatMap(k -> Box.open(k, bound("payload", ref.id(), workflow), payload.sealed()))
        .filter(salted -> salted.length >= SALT)
        .filter(salted -> Digest.sha256(salted).equals(ref.commitment()))
        .<Opened>map(salted -> new Opened.Plain(Arrays.copyOfRange(salted, SALT, salted.length)))
        .orElseGet(Opened.Tampered::new);
  }

  private static byte[] name(SecretBytes workflowKey) {
    byte[] label = "writ workflow key\n".getBytes(StandardCharsets.UTF_8);
    byte[] digest = Digest.sha256(label, SecretBytes.DangerouslyOpened.bytes(workflowKey)).bytes();
    return Arrays.copyOf(digest, KEY_NAME);
  }

  private static String bound(String what, PayloadId id, WorkflowId workflow) {
    return "writ " + what + " 1\n" + id + "\n" + workflow;
  }
}
