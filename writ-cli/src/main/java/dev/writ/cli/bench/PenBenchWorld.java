package dev.writ.cli.bench;

import dev.writ.base.Entropy;
import dev.writ.base.NodeId;
import dev.writ.ledger.Acknowledged;
import dev.writ.ledger.Acknowledgement;
import dev.writ.ledger.Fork;
import dev.writ.ledger.LedgerStore;
import dev.writ.ledger.PenLimits;
import dev.writ.ledger.PenPorts;
import dev.writ.ledger.PenWatch;
import dev.writ.ledger.Snapshots;
import dev.writ.server.keys.KeyHome;
import dev.writ.server.keys.KeyUnlock;
import dev.writ.server.keys.Keys;
import dev.writ.server.keys.MasterKeys;
import dev.writ.server.keys.PeerSeal;
import dev.writ.server.keys.Signatures;
import dev.writ.server.pen.PenDriver;
import dev.writ.server.postgres.EmbeddedPostgres;
import dev.writ.server.store.DatabaseAddress;
import dev.writ.server.store.PostgresLedgerStore;
import dev.writ.server.store.Schema;
import dev.writ.server.store.StoreTimeouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An embedded PostgreSQL with real keys, and nodes on fresh ledgers in it. */
final class PenBenchWorld implements AutoCloseable {
  private final Path folder;
  private final Entropy entropy;
  private final EmbeddedPostgres postgres;
  private final Keys keys;
  private final List<AutoCloseable> open = new ArrayList<>();
  private int ledgers;
  private int files;

  PenBenchWorld(Path folder, Entropy entropy) {
    this.folder = folder;
    this.entropy = entropy;
    this.postgres = EmbeddedPostgres.start(folder.resolve("postgres"), entropy);
    MasterKeys masters = MasterKeys.create(folder.resolve("master.key"), entropy);
    KeyHome home = new KeyHome(folder.resolve("keys.json"), new KeyUnlock.Master(masters), masters);
    this.keys = Keys.create(home, Signatures.best(), entropy, InstantSource.system());
  }

  String signatures() {
    return keys.signatures().description();
  }

  Entropy entropy() {
    return entropy;
  }

  /** An empty ledger in a database of its own. */
  DatabaseAddress ledger() {
    String name = "ledger" + ledgers++;
    try (Connection owner = postgres.connect(EmbeddedPostgres.DATABASE);
        Statement statement = owner.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("the database for the measurement could not be made", e);
    }
    DatabaseAddress address =
        new DatabaseAddress(postgres.url(name), postgres.user(), postgres.password());
    Schema.migrate(address);
    return address;
  }

  /** A connection for the baselines. */
  Connection connect() throws SQLException {
    return postgres.connect(EmbeddedPostgres.DATABASE);
  }

  /** What nodes seal their messages with. */
  PeerSeal peerSeal() {
    return keys.peerSeal();
  }

  /** A node and its id. */
  record Running(NodeId id, PenDriver pen) {}

  /** A running node; closed with this world, or before. */
  PenDriver node(DatabaseAddress ledger, PenWatch watch, UnaryOperator<LedgerStore> way) {
    return running(ledger, watch, way).pen();
  }

  /** The same with its id. */
  Running running(DatabaseAddress ledger, PenWatch watch, UnaryOperator<LedgerStore> way) {
    PostgresLedgerStore store = PostgresLedgerStore.open(ledger, StoreTimeouts.usual());
    PenPorts ports =
        new PenPorts(
            way.apply(store),
            keys.headSeal(),
            keys.checkpointSigner(),
            new OneFile(folder.resolve("acknowledged" + files++)),
            Snapshots.none(),
            InstantSource.system(),
            System::nanoTime,
            entropy,
            watch);
    NodeId id = NodeId.fresh(entropy);
    PenDriver driver = PenDriver.start(ports, id, PenLimits.standard());
    open.add(store);
    open.add(driver);
    return new Running(id, driver);
  }

  /** Ends every node, as between two measurements. */
  void endNodes() {
    for (AutoCloseable each : open.reversed()) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException("a node could not be ended", e);
      }
    }
    open.clear();
  }

  @Override
  public void close() {
    endNodes();
    postgres.close();
  }

  /** What a server writes for each batch, in one file. */
  private record OneFile(Path file) implements Acknowledged {
    @Override
    public Optional<Acknowledgement> load() {
      return Optional.empty();
    }

    @Override
    public void save(Acknowledgement acknowledgement) {
      try {
        Files.write(file, acknowledgement.note());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void keep(Fork fork) {
      throw new IllegalStateException("a fork in a measurement: " + fork);
    }
  }
}
