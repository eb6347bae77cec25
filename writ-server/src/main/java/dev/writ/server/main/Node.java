package dev.writ.server.main;

import dev.writ.base.Entropy;
import dev.writ.base.NodeId;
import dev.writ.ledger.CheckpointSigner;
import dev.writ.ledger.Fork;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.MonotonicClock;
import dev.writ.ledger.PenLimits;
import dev.writ.ledger.PenPorts;
import dev.writ.server.config.Config;
import dev.writ.server.keys.KeyHome;
import dev.writ.server.keys.KeyUnlock;
import dev.writ.server.keys.Keys;
import dev.writ.server.keys.KeysRefused;
import dev.writ.server.keys.MasterKeys;
import dev.writ.server.keys.Signatures;
import dev.writ.server.pen.PenDriver;
import dev.writ.server.store.PostgresLedgerStore;
import dev.writ.server.store.StoreRefused;
import dev.writ.server.store.StoreTimeouts;
import dev.writ.state.State;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node at its ledger: data folder, database, keys and pen, started in this order. */
final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final Duration LOADING = Duration.ofMinutes(2);

  /** What varies around a node. */
  record Ports(Entropy entropy, InstantSource clock, MonotonicClock nanos) {}

  private final DataHome home;
  private final Database database;
  private final Keys keys;
  private final PostgresLedgerStore store;
  private final PenDriver pen;
  private final NodeId id;
  private final AtomicReference<Consumer<State>> listener;
  private final AtomicReference<Optional<KeysRefused>> lacking =
      new AtomicReference<>(Optional.empty());

  private Node(
      DataHome home, Database database, Keys keys, PostgresLedgerStore store, Ports ports) {
    this.home = home;
    this.database = database;
    this.keys = keys;
    this.store = store;
    this.id = home.node(ports.entropy());
    this.listener = new AtomicReference<>(state -> {});
    PenPorts around =
        new PenPorts(
            store,
            keys.headSeal(),
            following(keys.checkpointSigner()),
            new AcknowledgedFile(home.acknowledged()),
            store.archive(),
            ports.clock(),
            ports.nanos(),
            ports.entropy(),
            new PenLog(listener));
    this.pen = PenDriver.start(around, id, PenLimits.standard());
  }

  /** Signs, and says so once while the key file lacks what the ledger names. */
  private CheckpointSigner following(CheckpointSigner signer) {
    return (checkpoint, government) -> {
      try {
        byte[] note = signer.sign(checkpoint, government);
        if (lacking.getAndSet(Optional.empty()).isPresent()) {
          LOG.info("the keys are the ledger's again");
        }
        return note;
      } catch (KeysRefused e) {
        if (lacking.getAndSet(Optional.of(e)).isEmpty()) {
          LOG.error("this node answers nobody until its keys are the ledger's: {}", e.getMessage());
        }
        throw e;
      }
    };
  }

  /** Opens a node on a data folder that is locked by us. Throws {@link StartRefused}. */
  static Node open(Config config, DataHome home, Ports ports) {
    Database database = Database.open(config.database(), home, ports.entropy());
    Optional<PostgresLedgerStore> store = Optional.empty();
    boolean opened = false;
    try {
      Keys keys = keys(config, home, ports);
      store = Optional.of(PostgresLedgerStore.open(database.address(), StoreTimeouts.usual()));
      Node node = new Node(home, database, keys, store.get(), ports);
      opened = true;
      return node;
    } catch (StoreRefused e) {
      throw Database.refused(e);
    } catch (KeysRefused e) {
      throw refused(e);
    } finally {
      if (!opened) {
        store.ifPresent(PostgresLedgerStore::close);
        database.close();
      }
    }
  }

  static StartRefused refused(KeysRefused e) {
    String name = "keys-" + e.reason().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    return new StartRefused(
        name, String.valueOf(e.getMessage()), "see docs/operate.md, The keys", e);
  }

  /** The keys of the folder; drawn when there are none yet. */
  private static Keys keys(Config config, DataHome home, Ports ports) {
    boolean fresh = !Files.exists(home.keyFile());
    MasterKeys masters =
        fresh && !Files.exists(home.masterKeys())
            ? MasterKeys.create(home.masterKeys(), ports.entropy())
            : MasterKeys.read(home.masterKeys());
    KeyUnlock unlock =
        config
            .keys()
            .passphraseFile()
            .<KeyUnlock>map(KeyUnlock.Passphrase::new)
            .orElseGet(() -> new KeyUnlock.Master(masters));
    KeyHome files = new KeyHome(home.keyFile(), unlock, masters);
    Signatures signatures = Signatures.best();
    return fresh
        ? Keys.create(files, signatures, ports.entropy(), ports.clock())
        : Keys.open(files, signatures, ports.entropy(), ports.clock());
  }

  /** Waits until the log has been read. Throws {@link StartRefused} when it cannot be. */
  State loaded() {
    Optional<Fork> fork = looked();
    if (fork.isPresent()) {
      throw new StartRefused(
          "ledger-forked",
          "the database is not a continuation of what this node acknowledged: " + fork.get(),
          "see docs/operate.md, A forked ledger; the proof is in fork.json of the data folder");
    }
    // Read is not yet published: the node signs and remembers a checkpoint between the two.
    try {
      State state = pen.confirmed();
      keys.follow(state.government());
      return state;
    } catch (LedgerFault.Unavailable e) {
      // Without the ledger's keys there is no checkpoint, and nothing is ever published.
      throw Objects.requireNonNull(lacking.get()).map(Node::refused).orElseThrow(() -> e);
    } catch (KeysRefused e) {
      throw refused(e);
    }
  }

  /**
   * Waits until the log has been read, or turned out to be none to go on from: then why. A new
   * epoch that another node's operator opened is taken over on the way.
   */
  Optional<Fork> looked() {
    long end = System.nanoTime() + LOADING.toNanos();
    while (!pen.loaded() || pen.fork().isPresent()) {
      Optional<String> dead = pen.dead();
      if (dead.isPresent()) {
        throw new StartRefused("pen-died", "the pen ended: " + dead.get(), "report it as a bug");
      }
      Optional<Fork> fork = pen.fork();
      if (fork.isPresent() && pen.stuck()) {
        return fork;
      }
      if (System.nanoTime() - end > 0) {
        throw new StartRefused(
            "ledger-unreadable",
            "the ledger could not be read within " + LOADING.toMinutes() + " minutes",
            "look at the database's log");
      }
      try {
        Thread.sleep(Duration.ofMillis(2));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartRefused(
            "interrupted", "interrupted while reading the ledger", "try again", e);
      }
    }
    return Optional.empty();
  }

  /** Whom to tell every published state, before anybody is answered from it. */
  void listen(Consumer<State> told) {
    listener.set(told);
  }

  DataHome home() {
    return home;
  }

  Database database() {
    return database;
  }

  Keys keys() {
    return keys;
  }

  PostgresLedgerStore store() {
    return store;
  }

  PenDriver pen() {
    return pen;
  }

  NodeId id() {
    return id;
  }

  @Override
  public void close() {
    pen.close();
    store.close();
    database.close();
  }
}
