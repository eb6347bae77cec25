package dev.writ.operation;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.WorkflowId;
import dev.writ.catalogue.Catalogue;
import dev.writ.draft.Answer;
import dev.writ.draft.Draft;
import dev.writ.draft.TermAnswer;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.fact.PayloadRef;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.spec.Spec;
import dev.writ.state.State;
import dev.writ.state.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The requester of a prompt answers what it left open, or only looks. The draft is the recorded
 * one, so that no value enters a spec but by a verified span of the prompt or this person's answer,
 * whatever a client claims. Answers make a new draft, recorded too; that somebody looked is a fact.
 */
public final class CompleteDraft {
  /** How long after it was written a prompt can be completed. */
  public static final Duration LONGEST = Duration.ofDays(7);

  private static final int TRIES = 4;

  private final Ledger ledger;
  private final Library library;
  private final Payloads payloads;
  private final InstantSource clock;

  public CompleteDraft(Ledger ledger, Library library, Payloads payloads, InstantSource clock) {
    this.ledger = ledger;
    this.library = library;
    this.payloads = payloads;
    this.clock = clock;
  }

  /**
   * @param by the authenticated requester: the answers are this person's, whoever is named in them
   * @param answers slots and values, in the order in which they are given
   * @param without lines that are no longer asked for, such as {@code grants[1]}
   */
  public record Request(
      String by, WorkflowId workflow, List<Answer> answers, List<String> without) {
    public Request {
      answers = List.copyOf(answers);
      without = List.copyOf(without);
    }

    /** Only looks. */
    public Request(String by, WorkflowId workflow) {
      this(by, workflow, List.of(), List.of());
    }
  }

  public sealed interface Reply {
    /**
     * @param draft of this workflow alone, with every answer so far
     * @param spec present when no slot is open and the workflow is a grant
     * @param guidance what is asked, and what to do next
     */
    record Completed(WorkflowId workflow, Draft draft, Optional<Spec> spec, Guidance guidance)
        implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  private sealed interface Ruled {
    record Say(Reply reply) implements Ruled {}

    record Stale() implements Ruled {}
  }

  /** A draft as it was found, where, and in which state. */
  private record Found(Draft draft, PayloadRef at, State state) {}

  public Reply run(Request request) {
    for (int i = 0; i < TRIES; i++) {
      State state = ledger.confirmed();
      Optional<Digest> digest = state.government().catalogue();
      if (digest.isEmpty()) {
        return new Reply.Refused(new Refusal.NotPublished("catalogue"));
      }
      Optional<PayloadRef> at =
          state.workflow(request.workflow()).flatMap(Workflow::draft).map(d -> d.draft());
      if (at.isEmpty()) {
        return new Reply.Refused(new Refusal.WorkflowUnknown());
      }
      Catalogue catalogue = library.catalogue(digest.get());
      Parsed<Draft> draft =
          payloads
              .open(at.get())
              .then(b -> Json.parseObject(b, Library.DOCUMENT))
              .then(Draft::parse);
      Ruled ruled =
          switch (draft) {
            case Parsed.Refused<Draft> gone ->
                new Ruled.Say(refuse("", "the draft was erased", "draft it again"));
            case Parsed.Ok<Draft>(Draft found) ->
                complete(request, new Found(found, at.get(), state), catalogue);
          };
      if (ruled instanceof Ruled.Say(Reply reply)) {
        return reply;
      }
    }
    return new Reply.Refused(new Refusal.Moved());
  }

  private Ruled complete(Request request, Found found, Catalogue catalogue) {
    if (!found.draft().prompt().requester().equals(request.by())) {
      return write(request, found, new Reply.Refused(new Refusal.NotOwner()));
    }
    Instant now = clock.instant();
    if (found.draft().prompt().now().isBefore(now.minus(LONGEST))) {
      return new Ruled.Say(refuse("", "the prompt is more than a week old", "draft it again"));
    }
    Draft draft = found.draft();
    List<Problem> problems = new ArrayList<>();
    for (String line : request.without()) {
      Parsed<Draft> less = draft.without(0, line);
      problems.addAll(less.problems());
      draft = less.found().orElse(draft);
    }
    for (Answer answer : request.answers()) {
      Answer own = new Answer(answer.slot(), answer.values(), request.by());
      Parsed<Draft> answered =
          draft.answer(0, TermAnswer.read(own, catalogue.calendar(), now), catalogue);
      problems.addAll(answered.problems());
      draft = answered.found().orElse(draft);
    }
    if (!problems.isEmpty()) {
      return new Ruled.Say(refuse(problems));
    }
    return switch (spec(draft, catalogue)) {
      case Parsed.Refused<Optional<Spec>>(List<Problem> why) -> new Ruled.Say(refuse(why));
      case Parsed.Ok<Optional<Spec>>(Optional<Spec> spec) ->
          write(
              request,
              found,
              new Reply.Completed(
                  request.workflow(),
                  draft,
                  spec,
                  Guidance.of(draft, catalogue, found.state(), now)));
    };
  }

  private static Parsed<Optional<Spec>> spec(Draft draft, Catalogue catalogue) {
    boolean grant = draft.workflows().getFirst().intent() == dev.writ.draft.Intent.GRANT;
    return grant && draft.workflows().getFirst().open().isEmpty()
        ? draft.toSpec(0, catalogue).map(Optional::of)
        : Parsed.ok(Optional.empty());
  }

  /** Records that the draft was opened, and what became of it. */
  private Ruled write(Request request, Found found, Reply reply) {
    List<Payloads.Sealed> next = new ArrayList<>();
    boolean changed = !request.answers().isEmpty() || !request.without().isEmpty();
    if (changed
        && reply instanceof Reply.Completed(WorkflowId id, Draft draft, var spec, var guidance)) {
      next.add(payloads.seal(id, draft.canonicalForm().canonical()));
    }
    return ledger
        .write(Command.of((s, at) -> rule(s, request, found, new Outcome(reply, next))))
        .reply();
  }

  private record Outcome(Reply reply, List<Payloads.Sealed> next) {}

  private static Ruling<Ruled> rule(State state, Request request, Found found, Outcome outcome) {
    Actor by = new Actor.Person(request.by());
    About about = About.workflow(request.workflow());
    boolean same =
        state
            .workflow(request.workflow())
            .flatMap(Workflow::draft)
            .map(d -> d.draft().equals(found.at()))
            .orElse(false);
    if (!same) {
      return Ruling.say(new Ruled.Stale());
    }
    if (outcome.reply() instanceof Reply.Refused(Refusal why)) {
      return Refusals.recorded(
          new Refusals.Who("CompleteDraft", by, about), why, new Ruled.Say(outcome.reply()));
    }
    List<FactDraft> facts = new ArrayList<>();
    List<Attachment> attachments = new ArrayList<>();
    Fact opened = new Fact.PayloadOpened(found.at().id(), "completing the draft");
    facts.add(FactDraft.of(by, about, opened));
    for (Payloads.Sealed sealed : outcome.next()) {
      facts.add(FactDraft.of(by, about, new Fact.DraftKept(sealed.ref())));
      attachments.addAll(sealed.attachments());
    }
    return new Ruling<>(facts, attachments, new Ruled.Say(outcome.reply()));
  }

  private static Reply refuse(String place, String what, String remedy) {
    return refuse(List.of(new Problem(place, what, remedy)));
  }

  private static Reply refuse(List<Problem> problems) {
    return new Reply.Refused(new Refusal.InputInvalid(problems));
  }
}
