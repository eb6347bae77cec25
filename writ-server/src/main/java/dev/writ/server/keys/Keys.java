package dev.writ.server.keys;

import dev.writ.audit.Checkpoint;
import dev.writ.audit.Dsse;
import dev.writ.audit.NoteSigner;
import dev.writ.audit.VerifierKey;
import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.ledger.CheckpointSigner;
import dev.writ.ledger.HeadSeal;
import dev.writ.operation.PayloadRows;
import dev.writ.operation.TokenSigner;
import dev.writ.server.keys.KeysRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writ's own keys in use. The ledger says which key signs ({@link Fact.LedgerFounded}, {@link
 * Fact.KeyRotated}); the key file only holds them, so a crash between file and fact changes
 * nothing. Threads may share one.
 *
 * <p>To rotate: {@link #prepare} (the next key is stored and published, and does not sign), write
 * {@link Fact.KeyRotated}, then {@link #follow} the ledger on every node.
 */
public final class Keys {
  /** The longest life of a token, and how long its key stays published after the last signature. */
  public static final Duration OVERLAP = Duration.ofHours(24);

  private final KeyHome home;
  private final Signatures signatures;
  private final Entropy entropy;
  private final InstantSource time;
  private final Map<String, PrivateKey> opened = new ConcurrentHashMap<>();
  private volatile KeyRing ring;

  private Keys(
      KeyHome home, Signatures signatures, Entropy entropy, InstantSource time, KeyRing ring) {
    this.home = home;
    this.signatures = signatures;
    this.entropy = entropy;
    this.time = time;
    this.ring = ring;
    if (!home.masters().holds(ring.masterKey())) {
      throw new KeysRefused(
          Reason.MISMATCH,
          "the key file `"
              + home.file()
              + "` belongs to master key "
              + ring.masterKey()
              + ", which the master key file does not hold; name the right one");
    }
  }

  /** Draws every key and writes the key file, which must not exist yet. */
  public static Keys create(
      KeyHome home, Signatures signatures, Entropy entropy, InstantSource time) {
    KeyRing ring = KeyRing.draw(home.masters().current(), time.instant(), entropy);
    KeyFile.create(home.file(), ring, home.unlock(), entropy);
    return new Keys(home, signatures, entropy, time, ring);
  }

  /** Opens the key file. Throws {@link KeysRefused}. */
  public static Keys open(
      KeyHome home, Signatures signatures, Entropy entropy, InstantSource time) {
    return new Keys(home, signatures, entropy, time, KeyFile.open(home.file(), home.unlock()));
  }

  /** The keys that sign, for the first fact of a ledger whose checkpoints have this origin. */
  public List<Fact.PublicKey> publicKeys(String origin) {
    KeyRing now = ring;
    List<Fact.PublicKey> keys = new ArrayList<>();
    for (Fact.KeyUse use : Fact.KeyUse.values()) {
      keys.add(publicKey(now.signing(use), origin));
    }
    return keys;
  }

  private static Fact.PublicKey publicKey(OwnKey key, String origin) {
    String text =
        switch (key.use()) {
          case LOG -> verifierKey(key, origin).toString();
          case TOKEN, STATEMENT -> new String(key.jwk().canonical(), StandardCharsets.UTF_8);
        };
    return new Fact.PublicKey(key.use(), key.id(), text);
  }

  private static VerifierKey verifierKey(OwnKey key, String origin) {
    return new VerifierKey(origin, VerifierKey.Kind.ED25519, Signatures.ed25519Public(key.x509()));
  }

  /**
   * Draws the next key for a use and stores it. It is published from now on and signs only once the
   * ledger says so.
   */
  public synchronized Fact.PublicKey prepare(Fact.KeyUse use, String origin) {
    OwnKey key = OwnKey.draw(use, time.instant());
    keep(ring.with(key, time.instant()));
    return publicKey(key, origin);
  }

  /**
   * Signs with the keys the ledger names. The key file is read again when it lacks one of them.
   * Throws {@link KeysRefused} when it still does: this file is another ledger's, or an old copy.
   */
  public synchronized void follow(Collection<Fact.PublicKey> ledger) {
    KeyRing next = ring;
    boolean complete = holdsAll(next, ledger);
    if (!complete) {
      next = KeyFile.open(home.file(), home.unlock());
    }
    for (Fact.PublicKey key : ledger) {
      if (next.find(key.use(), key.id()).isEmpty()) {
        throw new KeysRefused(
            Reason.MISMATCH,
            "the ledger names key `"
                + key.id()
                + "`, which the key file `"
                + home.file()
                + "` does not hold; copy the key file of the node that rotated it");
      }
      next = next.activated(key.use(), key.id(), time.instant(), OVERLAP);
    }
    if (next.equals(ring)) {
      return;
    }
    keep(next);
  }

  private static boolean holdsAll(KeyRing ring, Collection<Fact.PublicKey> ledger) {
    return ledger.stream().allMatch(k -> ring.find(k.use(), k.id()).isPresent());
  }

  private void keep(KeyRing next) {
    KeyFile.replace(home.file(), next, home.unlock(), entropy);
    ring = next;
  }

  /** The public token keys as a JWK Set (RFC 7517, section 5), former ones while tokens live. */
  public Json.Obj jwks() {
    List<Json.Obj> keys = new ArrayList<>();
    for (OwnKey key : ring.published(Fact.KeyUse.TOKEN, time.instant())) {
      keys.add(key.jwk());
    }
    return Json.object().put("keys", Json.array(keys)).build();
  }

  /** Signs tokens of this issuer. */
  public TokenSigner tokenSigner(String issuer) {
    return draft -> {
      OwnKey key = ring.signing(Fact.KeyUse.TOKEN);
      return TokenText.sign(issuer, draft, key.id(), m -> signatures.signEs256(open(key), m));
    };
  }

  /**
   * Signers of the log's checkpoints: the current key first, then keys it replaced less than {@link
   * #OVERLAP} ago, so that who knows only those has time to learn the new one.
   */
  public List<NoteSigner> logSigners(String origin) {
    KeyRing now = ring;
    String current = now.signing(Fact.KeyUse.LOG).id();
    List<NoteSigner> signers = new ArrayList<>();
    for (OwnKey key : now.published(Fact.KeyUse.LOG, time.instant())) {
      NoteSigner signer =
          NoteSigner.of(verifierKey(key, origin), m -> signatures.signEd25519(open(key), m));
      if (key.id().equals(current)) {
        signers.addFirst(signer);
      } else if (key.until().isPresent()) {
        signers.add(signer);
      }
    }
    return signers;
  }

  /** Signs checkpoints for the pen, with the keys of {@link #logSigners}. */
  public CheckpointSigner checkpointSigner() {
    return (origin, size, root) ->
        new Checkpoint(origin, size, root)
            .signedBy(logSigners(origin).toArray(new NoteSigner[0]))
            .bytes();
  }

  /** A signed statement (DSSE) of this payload type; ES256 over its pre-authentication encoding. */
  public Dsse sign(String payloadType, byte[] payload) {
    OwnKey key = ring.signing(Fact.KeyUse.STATEMENT);
    return Dsse.sign(payloadType, payload, key.id(), m -> signatures.signEs256(open(key), m));
  }

  /** Seals heads with the key that the nodes of one ledger share. */
  public HeadSeal headSeal() {
    return new HmacHeadSeal(ring.headSeal());
  }

  /** Seals what nodes say to each other, with the key that they share. */
  public PeerSeal peerSeal() {
    return new PeerSeal(ring.headSeal(), entropy);
  }

  /** Seals payloads under the master keys. */
  public SealedPayloads payloads(PayloadRows rows) {
    return new SealedPayloads(home.masters(), rows, entropy, time);
  }

  private PrivateKey open(OwnKey key) {
    return opened.computeIfAbsent(key.id(), id -> key.opened(signatures));
  }

  /** Who computes the signatures, for the start-up message. */
  public Signatures signatures() {
    return signatures;
  }

  @Override
  public String toString() {
    return "Keys[" + home.file() + "]";
  }
}
