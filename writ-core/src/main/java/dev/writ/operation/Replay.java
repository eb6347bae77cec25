package dev.writ.operation;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import dev.writ.fact.RecordedFact;
import dev.writ.state.Fold;
import dev.writ.state.Standing;
import dev.writ.state.State;
import dev.writ.state.Writ;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Folds a ledger from its first entry and makes every decision again from what was recorded: same
 * answer, same policies (invariant I9). Needs no server; erased payloads are counted apart.
 */
public final class Replay {
  private final Library library;
  private final Payloads payloads;
  private State state = State.empty();
  private long decisions;
  private long identical;
  private long erased;
  private final List<Difference> differences = new ArrayList<>();

  /** Most differences that are kept with their details; the rest is counted. */
  private static final int MOST_DIFFERENCES = 100;

  public Replay(Library library, Payloads payloads) {
    this.library = library;
    this.payloads = payloads;
  }

  /** A decision that came out otherwise. */
  public record Difference(long position, Fact.Verdict recorded, Optional<Fact.Verdict> replayed) {}

  /**
   * @param decisions how many decisions the ledger holds
   * @param identical how many came out the same
   * @param erased how many could not be made again because their inputs were erased
   */
  public record Report(
      long entries, long decisions, long identical, long erased, List<Difference> differences) {
    public Report {
      differences = List.copyOf(differences);
    }

    /** Whether every decision that could be made again came out the same. */
    public boolean exact() {
      return decisions == identical + erased;
    }
  }

  /** Takes the next entry. Throws {@link Fold.BrokenChain} when it does not continue the last. */
  public void accept(Entry entry) {
    if (entry.recorded().fact() instanceof Fact.CallDecided decided) {
      decide(entry.recorded(), decided);
    }
    state = Fold.apply(state, entry);
  }

  /** The state so far. */
  public State state() {
    return state;
  }

  public Report report() {
    return new Report(state.size(), decisions, identical, erased, differences);
  }

  private void decide(RecordedFact recorded, Fact.CallDecided decided) {
    decisions++;
    Parsed<Judge.Question> question =
        payloads
            .open(decided.basis().request())
            .then(bytes -> Json.parse(bytes, Library.DOCUMENT))
            .then(Judge.Question::parse);
    if (question.found().isEmpty()) {
      erased++;
      return;
    }
    Optional<Judge.Judgement> again = judge(recorded, decided, question.found().get());
    boolean same =
        again
            .filter(j -> j.verdict().equals(decided.verdict()))
            .filter(j -> j.counts().equals(decided.counts()))
            .filter(j -> j.entities().digest().equals(decided.basis().entities()))
            .isPresent();
    if (same) {
      identical++;
    } else if (differences.size() < MOST_DIFFERENCES) {
      differences.add(
          new Difference(
              recorded.position(), decided.verdict(), again.map(Judge.Judgement::verdict)));
    }
  }

  /**
   * Decides as the state before the fact says; empty when that state had nothing live to decide.
   */
  private Optional<Judge.Judgement> judge(
      RecordedFact recorded, Fact.CallDecided decided, Judge.Question question) {
    Standing standing =
        recorded
            .about()
            .task()
            .map(t -> Standing.of(state, t, decided.token(), recorded.at()))
            .orElse(new Standing.Dead(Standing.Why.TASK_UNKNOWN));
    if (!(standing instanceof Standing.Live live)) {
      return Optional.empty();
    }
    Writ writ = live.writ();
    boolean asRecorded =
        writ.issued().terms().generated().equals(decided.basis().generated())
            && state.government().guardrails().equals(Optional.of(decided.basis().guardrails()))
            && live.task().used().equals(decided.basis().used())
            && decided.basis().language().equals(Judge.LANGUAGE);
    if (!asRecorded || state.government().catalogue().isEmpty()) {
      return Optional.empty();
    }
    Judge.Documents documents =
        new Judge.Documents(
            library.writ(writ.issued()),
            library.policies(decided.basis().guardrails()),
            library.catalogue(state.government().catalogue().get()));
    return Optional.of(Judge.judge(documents, live, question, recorded.at()));
  }
}
