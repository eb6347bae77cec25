package dev.writ.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Digest;
import dev.writ.base.NodeId;
import dev.writ.base.TaskId;
import dev.writ.base.WorkflowId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.fact.Previous;
import dev.writ.fact.RecordedFact;
import dev.writ.ledger.LedgerStore;
import dev.writ.ledger.LedgerStore.StoreFault;
import dev.writ.server.store.EntryProjection.Of;
import dev.writ.server.store.EntryProjection.Page;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The projection follows the log, once for each entry, and says what the entries say. */
class EntryProjectionTest {
  private static final WorkflowId WORKFLOW = new WorkflowId("wf_" + "1".repeat(26));
  private static final TaskId TASK = new TaskId("tsk_" + "3".repeat(26));
  private static final Instant START = Instant.parse("2026-11-20T12:00:00.123456Z");
  private static final Actor ANN = new Actor.Person("ann");
  private static final Actor NODE = new Actor.Node(new NodeId("nod_" + "4".repeat(26)));

  @Test
  void findsEntriesByWhatTheyAreAbout() throws Exception {
    List<RecordedFact> facts = facts();
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      append(store, facts);
      EntryProjection projection = store.projection();
      assertThat(projection.find(Page.newest(new Of.Everything(), 10))).isEmpty();
      assertThat(projection.step(3)).isEqualTo(3);
      assertThat(projection.step(3)).isEqualTo(3);
      assertThat(projection.step(4)).isEqualTo(4);
      assertThat(projection.next()).isEqualTo(4);
      assertThat(projection.find(Page.newest(new Of.Everything(), 10)))
          .containsExactly(3L, 2L, 1L, 0L);
      assertThat(projection.find(new Page(new Of.Everything(), 3, 2))).containsExactly(2L, 1L);
      assertThat(projection.find(Page.newest(new Of.Workflow(WORKFLOW), 10)))
          .containsExactly(3L, 1L);
      assertThat(projection.find(Page.newest(new Of.Task(TASK), 10))).containsExactly(3L);
      assertThat(projection.find(Page.newest(new Of.Actor("ann"), 10))).containsExactly(2L, 1L, 0L);
      assertThat(projection.find(Page.newest(new Of.Type("CommandRefused"), 10)))
          .containsExactly(2L, 1L);
      assertThat(projection.firstSince(START.plusSeconds(1))).isEqualTo(1);
      assertThat(projection.firstSince(START.plusSeconds(60))).isEqualTo(4);
      assertThat(facts).allMatch(projection::matches);
    }
  }

  @Test
  void aColumnThatSaysOtherThanItsEntryIsFound() throws Exception {
    List<RecordedFact> facts = facts();
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      append(store, facts);
      store.projection().step(4);
      database.asSuperuser("update projection_entry set actor = 'bob' where position = 1");
      assertThat(facts.stream().filter(f -> !store.projection().matches(f)))
          .containsExactly(facts.get(1));
    }
  }

  @Test
  void anEntryThatDoesNotParseStopsTheProjectionBeforeIt() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      Batches.write(store, "b1", "not a fact");
      assertThatThrownBy(() -> store.projection().step(1))
          .isInstanceOf(StoreFault.class)
          .hasMessageContaining("entry 0 does not parse");
      assertThat(store.projection().next()).isZero();
    }
  }

  @Test
  void aChoreIsClaimedByOneNodeUntilItsDeadline() throws Exception {
    NodeId first = new NodeId("nod_" + "4".repeat(26));
    NodeId second = new NodeId("nod_" + "5".repeat(26));
    Duration hour = Duration.ofHours(1);
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      ChoreClaims chores = store.chores();
      chores.enter("project");
      chores.enter("project");
      assertThat(chores.due(10)).containsExactly("project");
      ChoreClaims.Claim claim = chores.claim("project", first, hour).orElseThrow();
      assertThat(chores.due(10)).isEmpty();
      assertThat(chores.claim("project", second, hour)).isEmpty();
      database.asSuperuser("update chore set deadline = now()");
      ChoreClaims.Claim later = chores.claim("project", second, hour).orElseThrow();
      assertThat(later.fence()).isGreaterThan(claim.fence());
      assertThat(chores.finish(claim, Duration.ZERO)).as("a straggler").isFalse();
      assertThat(chores.finish(later, hour)).isTrue();
      assertThat(chores.finish(later, hour)).as("once").isFalse();
      assertThat(chores.claim("project", first, hour)).as("not due").isEmpty();
      chores.hurry("project");
      ChoreClaims.Claim last = chores.claim("project", first, hour).orElseThrow();
      assertThat(chores.drop(later)).isFalse();
      assertThat(chores.drop(last)).isTrue();
      assertThat(chores.claim("project", first, hour)).isEmpty();
    }
  }

  private static List<RecordedFact> facts() {
    Fact refused = new Fact.CommandRefused("spec submit", "not-an-approver");
    Fact published = new Fact.CataloguePublished(Digest.ofText("catalogue"));
    List<FactDraft> drafts =
        List.of(
            FactDraft.of(ANN, About.ledger(), published),
            FactDraft.of(ANN, About.workflow(WORKFLOW), refused),
            FactDraft.of(ANN, About.ledger(), refused),
            FactDraft.of(NODE, About.workflow(WORKFLOW).task(TASK), published));
    List<RecordedFact> facts = new ArrayList<>();
    for (FactDraft draft : drafts) {
      int at = facts.size();
      facts.add(new RecordedFact(at, START.plusSeconds(at), Previous.none(), draft));
    }
    return facts;
  }

  private static void append(LedgerStore store, List<RecordedFact> facts) {
    String[] texts =
        facts.stream()
            .map(f -> new String(Entry.of(f).bytes(), StandardCharsets.UTF_8))
            .toArray(String[]::new);
    Batches.write(store, "facts", texts);
  }
}
