package dev.writ.server.main;

import dev.writ.audit.Merkle;
import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.ledger.Acknowledgement;
import dev.writ.ledger.Fork;
import dev.writ.ledger.Head;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.Standing;
import dev.writ.server.config.Config;
import dev.writ.state.Government;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * An operator's order after a fork, given on the data folder of a node that remembers more than the
 * database holds, while no server runs on it: the stored log is taken as it is, and a new epoch is
 * opened on it. What was acknowledged beyond it is lost, and the first fact of the epoch says so.
 */
public final class NewEpoch implements AutoCloseable {
  private static final int CHUNK = 4_096;

  private final DataHome home;
  private final Node node;
  private final Fork fork;
  private final Standing stored;
  private final Head head;

  /**
   * What the order would come to.
   *
   * @param why what is wrong with the stored log
   * @param acknowledged how many entries this node acknowledged
   * @param root the root over them
   * @param stored how many entries there are
   * @param storedAt when the last of them was written
   * @param epoch the new epoch's number
   * @param origin its origin, unless the operator names another
   */
  public record Loss(
      String why,
      long acknowledged,
      Digest root,
      long stored,
      Instant storedAt,
      long epoch,
      String origin) {
    /** How many acknowledged entries are not there at least; others may be replaced. */
    public long missing() {
      return Math.max(0, acknowledged - stored);
    }
  }

  /**
   * An epoch that was opened.
   *
   * @param key the log's public key under the new origin
   * @param size how many entries the log has now
   */
  public record Opened(long epoch, String origin, String key, long size) {}

  private NewEpoch(DataHome home, Node node, Fork fork, Standing stored, Head head) {
    this.home = home;
    this.node = node;
    this.fork = fork;
    this.stored = stored;
    this.head = head;
  }

  /** Looks the stored log over. Throws {@link StartRefused}, also when there is no fork. */
  public static NewEpoch prepare(Config config, Entropy entropy, InstantSource clock) {
    DataHome home = DataHome.open(config.data());
    Optional<Node> node = Optional.empty();
    boolean ready = false;
    try {
      node = Optional.of(Node.open(config, home, new Node.Ports(entropy, clock, System::nanoTime)));
      NewEpoch prepared = prepare(home, node.get());
      ready = true;
      return prepared;
    } finally {
      if (!ready) {
        node.ifPresent(Node::close);
        home.close();
      }
    }
  }

  private static NewEpoch prepare(DataHome home, Node node) {
    Fork fork =
        node.looked()
            .orElseThrow(() ->
                new StartRefused(
                    "not-forked",
                    "the stored log continues what this node acknowledged: there is no fork",
                    "run `writ serve`; for another node's fork, use that node's data folder"));
    Optional<Head.Sealed> head = node.store().head();
    if (head.isEmpty()) {
      throw unusable("there is no head, so there is no log to go on from");
    }
    Standing stored = Standing.empty();
    try {
      while (stored.size() < head.get().head().size()) {
        int limit = (int) Math.min(CHUNK, head.get().head().size() - stored.size());
        List<byte[]> entries = node.store().read(stored.size(), limit);
        if (entries.isEmpty()) {
          throw unusable("entry " + stored.size() + " is not there");
        }
        stored = stored.fold(entries, entry -> {});
      }
    } catch (Standing.Broken e) {
      throw unusable(String.valueOf(e.getMessage()));
    }
    if (!stored.root().equals(head.get().head().root())
        || stored.state().government().founding().isEmpty()) {
      throw unusable("its entries are not those of its head");
    }
    return new NewEpoch(home, node, fork, stored, head.get().head());
  }

  private static StartRefused unusable(String why) {
    return new StartRefused(
        "log-unusable",
        "no epoch can be opened on the stored log: " + why,
        "restore a backup whose log is whole, then give this order again");
  }

  /** What is lost, to be shown before the order is given. */
  public Loss loss() {
    Optional<Acknowledgement> acknowledged = fork.acknowledged();
    long epoch = acknowledged.map(Acknowledgement::epoch).orElse(0L) + 1;
    return new Loss(
        fork.toString(),
        acknowledged.map(Acknowledgement::size).orElse(0L),
        acknowledged.map(Acknowledgement::root).orElse(Merkle.EMPTY_ROOT),
        stored.size(),
        head.at(),
        epoch,
        stored.state().government().founding().orElseThrow().origin() + "/" + epoch);
  }

  /**
   * Opens the epoch. Throws {@link StartRefused}.
   *
   * @param person who gives the order; holds the founder's or the operator's duty
   * @param origin the checkpoint origin of the epoch, which no earlier one had
   */
  public Opened open(String person, String origin) {
    Government government = stored.state().government();
    if (!government.holds(person, Fact.Duty.FOUNDER)
        && !government.holds(person, Fact.Duty.OPERATOR)) {
      throw new StartRefused(
          "duty-missing",
          "in the stored log `" + person + "` is neither founder nor operator",
          "have somebody give the order who is, with --as NAME");
    }
    requireNew(origin);
    try {
      long epoch = node.pen().openEpoch(origin, new Actor.Person(person));
      node.loaded();
      return new Opened(epoch, origin, key(origin), node.pen().publication().size());
    } catch (LedgerFault e) {
      throw new StartRefused(
          "epoch-not-opened",
          "the epoch was not opened: " + e.getMessage(),
          "look at the database's log and give the order again",
          e);
    }
  }

  private void requireNew(String origin) {
    boolean old =
        origin.equals(stored.state().log().origin())
            || origin.equals(stored.state().government().founding().orElseThrow().origin())
            || fork.acknowledged().filter(a -> a.origin().equals(origin)).isPresent();
    if (old || !isName(origin)) {
      throw new StartRefused(
          "origin-not-new",
          "`" + origin + "` cannot be the origin of the new epoch",
          "name one that no epoch of this ledger had, without a space or a plus");
    }
  }

  private static boolean isName(String origin) {
    return origin.length() <= 256 && origin.matches("[\\x21-\\x2a\\x2c-\\x7e]+");
  }

  private String key(String origin) {
    return node.keys().publicKeys(origin).stream()
        .filter(k -> k.use() == Fact.KeyUse.LOG)
        .findFirst()
        .orElseThrow()
        .text();
  }

  @Override
  public void close() {
    node.close();
    home.close();
  }
}
