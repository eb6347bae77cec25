package dev.writ.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.CallId;
import dev.writ.base.Digest;
import dev.writ.base.PayloadId;
import dev.writ.base.Problem;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.fact.PayloadRef;
import dev.writ.fact.Previous;
import dev.writ.fact.RecordedFact;
import dev.writ.ledger.FoldingVisitor;
import dev.writ.state.Fold;
import dev.writ.state.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Verifying logs that are well made and mean nothing. */
class FoldingVisitorTest {
  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
  private static final long MOST = (1L << 53) - 1;

  private final Chance chance = new Chance(3);
  private final SimWorld world = SimWorld.of(1, chance);
  private final FoldingVisitor visitor = new FoldingVisitor();
  private State state = State.empty();

  /** The forger has no state that breaks: the links are what they have to be. */
  private Optional<Problem> visit(FactDraft draft, Previous previous) {
    Entry entry = Entry.of(new RecordedFact(state.size(), AT, previous, draft));
    Optional<Problem> problem = visitor.visit(state.size(), entry.bytes(), entry.leaf());
    if (problem.isEmpty()) {
      state = Fold.apply(state, entry);
    }
    return problem;
  }

  private Optional<Problem> visit(FactDraft draft) {
    return visit(draft, state.previous(draft.about()));
  }

  @Test
  void aCounterDrivenPastItsRangeIsNoLogOfOurs() {
    Actor workload = new Actor.Workload(SimWorld.WORKLOAD);
    About about = About.workflow(world.workflows().getFirst());
    assertThat(visit(SimWorld.founding())).isEmpty();
    world.issuing(0, AT).forEach(d -> assertThat(visit(d)).isEmpty());
    About task = about.task(TaskId.fresh(chance));
    Fact opened =
        new Fact.TaskOpened(
            world.writs().getFirst(),
            SimWorld.WORKLOAD,
            "noor.haddad",
            Fact.Initiator.HUMAN,
            AT.plusSeconds(60));
    assertThat(visit(FactDraft.of(workload, task, opened))).isEmpty();
    // A count may be as large as a number of our JSON; a thousand of them are too many for a sum.
    for (int i = 0; i < 1_024; i++) {
      assertThat(visit(FactDraft.of(workload, task, allowed()))).isEmpty();
    }
    Optional<Problem> found = visit(FactDraft.of(workload, task, allowed()));
    assertThat(found).hasValueSatisfying(p -> assertThat(p.what()).contains("overflow"));
    assertThat(found.orElseThrow().place()).isEqualTo("entry " + state.size());
  }

  @Test
  void aFactThatDoesNotNameTheOneBeforeIsFound() {
    assertThat(visit(SimWorld.founding())).isEmpty();
    world.issuing(0, AT).forEach(d -> assertThat(visit(d)).isEmpty());
    FactDraft draft =
        FactDraft.of(
            SimWorld.FOUNDER,
            About.workflow(world.workflows().getFirst()),
            new Fact.CommandRefused("OpenTask", "writ-not-in-force"));
    assertThat(visit(draft, new Previous(Optional.empty(), Optional.empty()))).isPresent();
  }

  private Fact allowed() {
    Digest any = Digest.ofText("");
    TreeMap<String, Long> counts = new TreeMap<>();
    counts.put("calls", MOST);
    return new Fact.CallDecided(
        CallId.fresh(chance),
        TokenId.fresh(chance),
        "list_invoices",
        new Fact.Verdict(Fact.Decision.ALLOW, List.of(), List.of(), "permitted"),
        new Fact.Basis(
            new PayloadRef(PayloadId.fresh(chance), any),
            any,
            any,
            any,
            state.size(),
            new TreeMap<>(),
            "cedar-4/writ-1"),
        AT.plusSeconds(2),
        counts);
  }
}
