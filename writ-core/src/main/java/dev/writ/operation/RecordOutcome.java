package dev.writ.operation;

import dev.writ.base.CallId;
import dev.writ.base.TaskId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.OpenCall;
import dev.writ.state.State;
import dev.writ.state.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of an allowed call. Every allow gets exactly one outcome (invariant I4); the last one
 * of an ended task settles it.
 */
public final class RecordOutcome {
  private static final String CALLS = "calls:";

  private final Ledger ledger;
  private final Payloads payloads;

  public RecordOutcome(Ledger ledger, Payloads payloads) {
    this.ledger = ledger;
    this.payloads = payloads;
  }

  /** The outcome as the gateway saw it. */
  public sealed interface Outcome {
    /**
     * @param result the answer's bytes, which are sealed
     * @param used what the answer held, such as {@code rows}; counted where the call was counted
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Returned(byte[] result, boolean toolError, NavigableMap<String, Long> used)
        implements Outcome {}

    /** The upstream failed; {@code cause} is from a closed list, such as {@code timeout}. */
    record Failed(String cause) implements Outcome {}

    /** Never sent, or nobody knows. */
    record Lost(Fact.Sent sent) implements Outcome {}
  }

  public record Request(Actor by, TaskId task, CallId call, Outcome outcome) {}

  public sealed interface Reply {
    record Recorded() implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  /** A fact with the attachments it needs. */
  private record Ready(Fact fact, List<Attachment> attachments) {}

  public Reply run(Request request) {
    Optional<Task> task = ledger.published().task(request.task());
    if (task.isEmpty()) {
      task = ledger.confirmed().task(request.task());
    }
    if (task.isEmpty()) {
      return new Reply.Refused(new Refusal.CallNotOpen());
    }
    Ready ready = ready(request, task.get());
    return ledger
        .write(
            Command.<Reply>of(task.get().workflow(), (state, now) -> rule(state, request, ready)))
        .reply();
  }

  private Ready ready(Request request, Task task) {
    return switch (request.outcome()) {
      case Outcome.Returned(byte[] result, boolean toolError, var used) -> {
        Payloads.Sealed sealed = payloads.seal(task.workflow(), result);
        yield new Ready(
            new Fact.CallReturned(request.call(), toolError, sealed.ref(), used),
            sealed.attachments());
      }
      case Outcome.Failed(String cause) ->
          new Ready(new Fact.CallFailed(request.call(), cause), List.of());
      case Outcome.Lost(Fact.Sent sent) ->
          new Ready(new Fact.CallLost(request.call(), sent), List.of());
    };
  }

  private static Ruling<Reply> rule(State state, Request request, Ready ready) {
    Optional<Task> task = state.task(request.task());
    if (task.isEmpty() || !task.get().calls().containsKey(request.call())) {
      return Ruling.say(new Reply.Refused(new Refusal.CallNotOpen()));
    }
    Fact fact =
        ready.fact() instanceof Fact.CallReturned returned
            ? counted(returned, task.get())
            : ready.fact();
    return new Ruling<>(
        facts(task.get(), request.by(), fact), ready.attachments(), new Reply.Recorded());
  }

  /** {@code rows} becomes {@code rows:X} for every {@code calls:X} that the call itself counted. */
  private static Fact counted(Fact.CallReturned returned, Task task) {
    OpenCall call = Optional.ofNullable(task.calls().get(returned.call())).orElseThrow();
    NavigableMap<String, Long> counts = new TreeMap<>();
    for (String counter : call.counters()) {
      if (counter.startsWith(CALLS)) {
        String where = counter.substring(CALLS.length());
        returned.used().forEach((what, count) -> counts.put(what + ":" + where, count));
      }
    }
    return new Fact.CallReturned(returned.call(), returned.toolError(), returned.result(), counts);
  }

  /** The outcome, and the settling of an ended task that waited for this call alone. */
  static List<FactDraft> facts(Task task, Actor by, Fact outcome) {
    About about = About.workflow(task.workflow()).task(task.id());
    List<FactDraft> facts = new ArrayList<>();
    facts.add(FactDraft.of(by, about, outcome));
    if (task instanceof Task.Ended ended && ended.calls().size() == 1) {
      List<CallId> lost = new ArrayList<>(ended.lost());
      if (outcome instanceof Fact.CallLost(CallId call, Fact.Sent sent)
          && sent == Fact.Sent.UNKNOWN) {
        lost.add(call);
      }
      facts.add(FactDraft.of(by, about, new Fact.TaskSettled(lost)));
    }
    return facts;
  }
}
