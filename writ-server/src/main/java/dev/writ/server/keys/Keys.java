package dev.writ.server.keys;

import dev.writ.audit.Dsse;
import dev.writ.audit.KeySuccession;
import dev.writ.audit.NoteSigner;
import dev.writ.audit.VerifierKey;
import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.ledger.CheckpointSigner;
import dev.writ.ledger.HeadSeal;
import dev.writ.ledger.LedgerFault;
import dev.writ.operation.OwnKeys;
import dev.writ.operation.PayloadRows;
import dev.writ.operation.TokenSigner;
import dev.writ.server.keys.KeysRefused.Reason;
import dev.writ.state.FormerKey;
import dev.writ.state.Government;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Writ's own keys in use. The ledger says which key signs; the key file only holds them, so a crash
 * between file and fact changes nothing. Threads may share one.
 *
 * <p>A key is rotated by {@link dev.writ.operation.RotateKey}: {@link #prepare} stores and
 * publishes the next one, a fact names it, and {@link #follow} has it sign, on every node before
 * that node answers anybody from a state that holds the fact.
 */
public final class Keys implements OwnKeys {
  private final KeyHome home;
  private final Signatures signatures;
  private final Entropy entropy;
  private final InstantSource time;
  private final Map<String, PrivateKey> opened = new ConcurrentHashMap<>();
  private volatile Held held;
  private volatile Optional<Published> published = Optional.empty();

  /**
   * The keys there are, and what the ledger says of them.
   *
   * @param government where {@code plan} is from; empty before the ledger was seen
   */
  private record Held(KeyRing ring, KeyPlan plan, Optional<Government> government) {
    OwnKey signing(Fact.KeyUse use) {
      return Optional.ofNullable(plan.current().get(use))
          .flatMap(k -> ring.find(use, k.id()))
          .orElseThrow();
    }

    /** The key that was prepared and that no fact has named. */
    Optional<OwnKey> next(Fact.KeyUse use) {
      return ring.prepared(use).filter(k -> !plan.names(use, k.id()));
    }

    boolean follows(Government now) {
      return government
          .filter(g ->
              g.keys().equals(now.keys())
                  && g.former().equals(now.former())
                  && g.master().equals(now.master()))
          .isPresent();
    }
  }

  /** A key set, good until a former key of it is over. */
  private record Published(Json.Obj set, Held of, Optional<Instant> until) {
    @SuppressWarnings(
        "ReferenceEquality") // another ring is another object; which is told by identity
    boolean isOf(Held now, Instant at) {
      return of == now && until.filter(end -> !at.isBefore(end)).isEmpty();
    }
  }

  private Keys(
      KeyHome home, Signatures signatures, Entropy entropy, InstantSource time, KeyRing ring) {
    this.home = home;
    this.signatures = signatures;
    this.entropy = entropy;
    this.time = time;
    if (!home.masters().holds(ring.masterKey())) {
      throw new KeysRefused(
          Reason.MISMATCH,
          "the key file `"
              + home.file()
              + "` belongs to master key "
              + ring.masterKey()
              + ", which the master key file does not hold; name the right one");
    }
    List<Fact.PublicKey> current = new ArrayList<>();
    for (Fact.KeyUse use : Fact.KeyUse.values()) {
      OwnKey key = ring.find(use, ring.current().getOrDefault(use, "")).orElseThrow();
      current.add(new Fact.PublicKey(use, key.id(), ""));
    }
    home.masters().use(ring.masterKey());
    this.held = new Held(ring, KeyPlan.of(current), Optional.empty());
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
    Held now = held;
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

  @Override
  public synchronized Fact.PublicKey prepare(Fact.KeyUse use, String origin) {
    return guarded(() -> publicKey(KeyFile.alone(home.file(), () -> next(use)), origin));
  }

  /** Alone with the file, which another node may have changed. */
  private OwnKey next(Fact.KeyUse use) {
    Held now = held;
    KeyRing stored = KeyFile.open(home.file(), home.unlock());
    Held read = new Held(stored, now.plan(), now.government());
    Optional<OwnKey> prepared = read.next(use);
    if (prepared.isPresent()) {
      held = read;
      return prepared.get();
    }
    OwnKey key = OwnKey.draw(use, time.instant());
    KeyRing grown =
        stored.with(
            key,
            ids(now.plan()),
            k ->
                now.plan().names(k.use(), k.id())
                    || read.next(k.use()).filter(n -> n.id().equals(k.id())).isPresent());
    KeyFile.replace(home.file(), grown, home.unlock(), entropy);
    held = new Held(grown, now.plan(), now.government());
    return key;
  }

  private static Map<Fact.KeyUse, String> ids(KeyPlan plan) {
    Map<Fact.KeyUse, String> ids = new java.util.EnumMap<>(Fact.KeyUse.class);
    plan.current().forEach((use, key) -> ids.put(use, key.id()));
    return ids;
  }

  @Override
  public Optional<Fact.PublicKey> prepared(Fact.KeyUse use, String origin) {
    return held.next(use).map(key -> publicKey(key, origin));
  }

  @Override
  public String endorse(Fact.PublicKey present, Fact.PublicKey next) {
    KeySuccession succession = KeySuccession.parse(present.text(), next.text()).orThrow();
    return guarded(() -> {
      OwnKey key =
          held.ring()
              .find(Fact.KeyUse.LOG, present.id())
              .orElseThrow(() -> lacks(new KeyName(Fact.KeyUse.LOG, present.id())));
      return succession
          .signedBy(NoteSigner.of(succession.former(), m -> signatures.signEd25519(open(key), m)))
          .toString();
    });
  }

  @Override
  public synchronized String prepareMaster() {
    return guarded(() -> home.masters().prepare(entropy));
  }

  @Override
  public String master() {
    return home.masters().current();
  }

  /**
   * Seals the key file under the master key that wraps now, when it is sealed under another one.
   * Throws {@link KeysRefused}.
   */
  public synchronized void reseal() {
    if (home.unlock() instanceof KeyUnlock.Master
        && !KeyFile.opener(home.file()).equals(home.masters().current())) {
      KeyFile.alone(
          home.file(),
          () -> {
            KeyRing stored = KeyFile.open(home.file(), home.unlock());
            KeyRing next =
                new KeyRing(
                    home.masters().current(),
                    stored.headSeal(),
                    stored.keys(),
                    stored.current(),
                    stored.next());
            KeyFile.replace(home.file(), next, home.unlock(), entropy);
            return next;
          });
    }
  }

  /** The names of the master keys that are held, the newest first. */
  public List<String> masters() {
    return home.masters().names();
  }

  /** Until when a former key is good for what it signed. */
  public static Instant until(FormerKey former) {
    return KeyPlan.until(former);
  }

  /** Who asks for a key is told to come again; the operator reads what is wrong in the log. */
  private static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (KeysRefused e) {
      LoggerFactory.getLogger(Keys.class).error("the keys cannot be used: {}", e.getMessage());
      throw new LedgerFault.Unavailable("the keys cannot be used", e);
    }
  }

  /**
   * Signs with the keys the ledger names. The key file is read again when it lacks one of them.
   * Throws {@link KeysRefused} when it still does: this file is another ledger's, or an old copy.
   */
  public void follow(Government government) {
    if (!held.follows(government) && !government.keys().isEmpty()) {
      learn(government);
    }
  }

  private synchronized void learn(Government government) {
    KeyRing ring = held.ring();
    if (!lacking(ring, government).isEmpty()) {
      ring = KeyFile.open(home.file(), home.unlock());
    }
    List<KeyName> lacking = lacking(ring, government);
    if (!lacking.isEmpty()) {
      throw lacks(lacking.getFirst());
    }
    home.masters().use(government.master().orElse(ring.masterKey()));
    held = new Held(ring, KeyPlan.of(government), Optional.of(government));
    // A key that signs no more is not kept open.
    opened
        .keySet()
        .removeIf(id -> government.keys().values().stream().noneMatch(k -> k.id().equals(id)));
  }

  private record KeyName(Fact.KeyUse use, String id) {}

  private static List<KeyName> lacking(KeyRing ring, Government government) {
    return government.keys().values().stream()
        .filter(k -> ring.find(k.use(), k.id()).isEmpty())
        .map(k -> new KeyName(k.use(), k.id()))
        .toList();
  }

  private KeysRefused lacks(KeyName key) {
    return new KeysRefused(
        Reason.MISMATCH,
        "the ledger names key `"
            + key.id()
            + "`, which the key file `"
            + home.file()
            + "` does not hold; copy the key file of the node that rotated it");
  }

  /**
   * The public token keys as a JWK Set (RFC 7517, section 5): former ones while tokens live, the
   * one that signs, and the one that comes next. The same object as long as they are the same.
   */
  public Json.Obj jwks() {
    Held now = held;
    Instant at = time.instant();
    Optional<Published> before = published.filter(p -> p.isOf(now, at));
    if (before.isPresent()) {
      return before.get().set();
    }
    KeyPlan plan =
        now.government().isPresent()
            ? now.plan()
            : KeyPlan.of(List.of(publicKey(now.signing(Fact.KeyUse.TOKEN), "")));
    Json.Obj set = plan.jwks(prepared(Fact.KeyUse.TOKEN, ""), at);
    published = Optional.of(new Published(set, now, plan.changes(at)));
    return set;
  }

  /** Signs tokens of this issuer. */
  public TokenSigner tokenSigner(String issuer) {
    return draft -> {
      OwnKey key = held.signing(Fact.KeyUse.TOKEN);
      return TokenText.sign(issuer, draft, key.id(), m -> signatures.signEs256(open(key), m));
    };
  }

  /**
   * Signers of the log's checkpoints: the current key first, then keys it replaced less than {@link
   * KeyPlan#LOG_OVERLAP} ago, so that who knows only those has time to learn the new one.
   */
  public List<NoteSigner> logSigners(String origin) {
    Held now = held;
    List<NoteSigner> signers = new ArrayList<>();
    signers.add(noteSigner(now.signing(Fact.KeyUse.LOG), origin));
    for (FormerKey former : now.plan().former(Fact.KeyUse.LOG, time.instant())) {
      now.ring()
          .find(Fact.KeyUse.LOG, former.key().id())
          .ifPresent(key -> signers.add(noteSigner(key, origin)));
    }
    return signers;
  }

  private NoteSigner noteSigner(OwnKey key, String origin) {
    return NoteSigner.of(verifierKey(key, origin), m -> signatures.signEd25519(open(key), m));
  }

  /**
   * Signs checkpoints for the pen, with the keys of {@link #logSigners} once the ledger has been
   * followed. Without the keys the ledger names nothing is signed, and so nobody is answered.
   */
  public CheckpointSigner checkpointSigner() {
    return (checkpoint, government) -> {
      follow(government);
      return checkpoint
          .signedBy(logSigners(checkpoint.origin()).toArray(new NoteSigner[0]))
          .bytes();
    };
  }

  /** A signed statement (DSSE) of this payload type; ES256 over its pre-authentication encoding. */
  public Dsse sign(String payloadType, byte[] payload) {
    OwnKey key = held.signing(Fact.KeyUse.STATEMENT);
    return Dsse.sign(payloadType, payload, key.id(), m -> signatures.signEs256(open(key), m));
  }

  /** Seals heads with the key that the nodes of one ledger share. */
  public HeadSeal headSeal() {
    return new HmacHeadSeal(held.ring().headSeal());
  }

  /** Seals what nodes say to each other, with the key that they share. */
  public PeerSeal peerSeal() {
    return new PeerSeal(held.ring().headSeal(), entropy);
  }

  /** Gives this key file, and the master keys in that one, to nodes that join. */
  public KeyHandover handover(Path masterKeys) {
    return new KeyHandover(home.file(), masterKeys, held.ring().headSeal(), entropy);
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
