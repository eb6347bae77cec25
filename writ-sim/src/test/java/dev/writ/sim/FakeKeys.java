package dev.writ.sim;

import dev.writ.audit.Ed25519Key;
import dev.writ.audit.KeySuccession;
import dev.writ.audit.NoteSigner;
import dev.writ.fact.Fact;
import dev.writ.operation.OwnKeys;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Own keys in memory: real log keys from numbered seeds, names alone for the others. */
final class FakeKeys implements OwnKeys {
  static final String ORIGIN = "writ.example/log";

  private final Map<String, Ed25519Key> logKeys = new HashMap<>();
  private final Map<Fact.KeyUse, Fact.PublicKey> next = new EnumMap<>(Fact.KeyUse.class);
  private Optional<String> nextMaster = Optional.empty();
  private String master = "mk_0";
  int drawn;

  /** The keys a ledger is founded with. */
  List<Fact.PublicKey> first() {
    return Arrays.stream(Fact.KeyUse.values()).map(this::draw).toList();
  }

  private Fact.PublicKey draw(Fact.KeyUse use) {
    drawn++;
    String id = use + "-" + drawn;
    if (use != Fact.KeyUse.LOG) {
      return new Fact.PublicKey(use, id, "{}");
    }
    byte[] seed = new byte[Ed25519Key.SEED];
    Arrays.fill(seed, (byte) drawn);
    Ed25519Key key = Ed25519Key.fromSeed(seed);
    logKeys.put(id, key);
    return new Fact.PublicKey(use, id, key.named(ORIGIN).toString());
  }

  /** What signs the log's checkpoints with a key of this name. */
  NoteSigner signer(String id) {
    Ed25519Key key = Optional.ofNullable(logKeys.get(id)).orElseThrow();
    return NoteSigner.of(key.named(ORIGIN), key);
  }

  /** As after a fact has named the prepared key. */
  void follow() {
    next.clear();
    nextMaster.ifPresent(name -> master = name);
    nextMaster = Optional.empty();
  }

  @Override
  public Fact.PublicKey prepare(Fact.KeyUse use, String origin) {
    return next.computeIfAbsent(use, this::draw);
  }

  @Override
  public Optional<Fact.PublicKey> prepared(Fact.KeyUse use, String origin) {
    return Optional.ofNullable(next.get(use));
  }

  @Override
  public String endorse(Fact.PublicKey present, Fact.PublicKey coming) {
    return KeySuccession.parse(present.text(), coming.text())
        .orThrow()
        .signedBy(signer(present.id()))
        .toString();
  }

  @Override
  public String prepareMaster() {
    if (nextMaster.isEmpty()) {
      drawn++;
      nextMaster = Optional.of("mk_" + drawn);
    }
    return nextMaster.get();
  }

  @Override
  public String master() {
    return master;
  }
}
