package dev.writ.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.audit.MerkleProof;
import dev.writ.audit.Tile;
import dev.writ.audit.TileNodes;
import dev.writ.audit.TileSource;
import dev.writ.base.Parsed;
import dev.writ.base.WorkflowId;
import dev.writ.fact.Entry;
import dev.writ.fact.Link;
import dev.writ.fact.RecordedFact;
import dev.writ.ledger.Standing;
import dev.writ.ledger.WorkflowPack;
import dev.writ.ledger.WorkflowPack.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One workflow's facts with a checkpoint: whoever drops one is found out. */
class WorkflowPackTest {
  private static MemoryLedgerStore store;
  private static Standing standing;
  private static WorkflowId workflow;
  private static List<Piece> pack;
  private static MerkleProof.Tree tree;
  private static Optional<Link> last;

  @BeforeAll
  static void live() {
    Simulation simulation = new Simulation(SimPlan.of(77, 2_500, false));
    simulation.run();
    store = simulation.store();
    standing = Standing.empty().fold(store.entries(), entry -> {});
    tree = new MerkleProof.Tree(standing.size(), standing.root());
    workflow = standing.state().workflows().firstKey();
    last = standing.state().workflow(workflow).map(w -> w.last());
    pack = pack(workflow);
    assertThat(pack).hasSizeGreaterThan(20);
  }

  private static List<Piece> pack(WorkflowId id) {
    List<Piece> pieces = new ArrayList<>();
    for (byte[] bytes : store.entries()) {
      RecordedFact fact = Entry.parse(bytes).orThrow().recorded();
      if (fact.about().workflow().equals(Optional.of(id))) {
        pieces.add(piece(fact.position(), bytes));
      }
    }
    return pieces;
  }

  private static Piece piece(long position, byte[] bytes) {
    TileSource tiles =
        path ->
            store
                .fullTiles()
                .read(path)
                .or(() ->
                    standing.edge().partialTiles().stream()
                        .filter(tile -> tile.path().path().equals(path))
                        .map(Tile::bytes)
                        .findFirst());
    return new Piece(
        position,
        bytes,
        MerkleProof.inclusion(new TileNodes(tiles, standing.size()), position, standing.size()));
  }

  private static Parsed<List<RecordedFact>> check(List<Piece> pieces) {
    return WorkflowPack.check(workflow, pieces, tree, last);
  }

  @Test
  void aWholePackIsAccepted() {
    assertThat(check(pack).orThrow()).hasSize(pack.size());
  }

  @Test
  void everyDroppedFactIsNoticed() {
    for (int i = 0; i < pack.size(); i++) {
      List<Piece> less = new ArrayList<>(pack);
      less.remove(i);
      assertThat(check(less).problems()).isNotEmpty();
    }
  }

  @Test
  void withoutTheLastLinkOnlyTheEndCanBeMissing() {
    List<Piece> less = new ArrayList<>(pack.subList(0, pack.size() - 1));
    assertThat(WorkflowPack.check(workflow, less, tree, Optional.empty()).problems()).isEmpty();
    less.remove(3);
    assertThat(WorkflowPack.check(workflow, less, tree, Optional.empty()).problems()).isNotEmpty();
  }

  @Test
  void foreignChangedMovedAndRepeatedFactsAreNoticed() {
    List<Piece> foreign = new ArrayList<>(pack);
    foreign.add(2, pack(standing.state().workflows().lastKey()).getFirst());
    assertThat(check(foreign).problems()).isNotEmpty();

    List<Piece> changed = new ArrayList<>(pack);
    Piece victim = pack.get(5);
    byte[] bytes = victim.entry().clone();
    bytes[bytes.length / 3] ^= 1;
    changed.set(5, new Piece(victim.position(), bytes, victim.proof()));
    assertThat(check(changed).problems()).isNotEmpty();

    List<Piece> moved = new ArrayList<>(pack);
    moved.set(5, new Piece(victim.position() + 1, victim.entry(), victim.proof()));
    assertThat(check(moved).problems()).isNotEmpty();

    List<Piece> repeated = new ArrayList<>(pack);
    repeated.add(5, pack.get(5));
    assertThat(check(repeated).problems()).isNotEmpty();

    List<Piece> unproved = new ArrayList<>(pack);
    unproved.set(5, new Piece(victim.position(), victim.entry(), pack.get(6).proof()));
    assertThat(check(unproved).problems()).isNotEmpty();
  }
}
