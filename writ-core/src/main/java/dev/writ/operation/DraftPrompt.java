package dev.writ.operation;

import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.WorkflowId;
import dev.writ.catalogue.Catalogue;
import dev.writ.draft.Draft;
import dev.writ.draft.Drafted;
import dev.writ.draft.Drafter;
import dev.writ.draft.Lexicon;
import dev.writ.draft.ModelOutput;
import dev.writ.draft.Prompt;
import dev.writ.draft.Verifier;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.State;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A person types what an agent should do; each workflow in it becomes a draft that says what was
 * not said. Nothing is granted. Prompt (with what models answered, when any were asked) and draft
 * are sealed under the workflow's id, which begins here.
 */
public final class DraftPrompt {
  /** Most workflows of one prompt. */
  public static final int MOST_WORKFLOWS = 8;

  private final Ledger ledger;
  private final Library library;
  private final Payloads payloads;
  private final Entropy entropy;
  private final InstantSource clock;

  public DraftPrompt(
      Ledger ledger, Library library, Payloads payloads, Entropy entropy, InstantSource clock) {
    this.ledger = ledger;
    this.library = library;
    this.payloads = payloads;
    this.entropy = entropy;
    this.clock = clock;
  }

  /**
   * @param by the authenticated requester
   * @param text the prompt, within {@link Prompt}'s bounds
   * @param drafter who drafts; what it proposes is verified whoever it is
   */
  public record Request(String by, String text, Drafter drafter) {}

  public sealed interface Reply {
    /**
     * At least one draft.
     *
     * @param whole all of them together
     */
    record Drafted(Draft whole, List<OfWorkflow> drafts) implements Reply {
      public Drafted {
        drafts = List.copyOf(drafts);
      }
    }

    /** The prompt asks for no access; nothing was recorded. */
    record NothingAsked(Draft draft) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  /** A draft of one workflow, the workflow it is for, and what can be done with it. */
  public record OfWorkflow(WorkflowId workflow, Draft draft, Guidance guidance) {}

  private record Ready(OfWorkflow of, Payloads.Sealed prompt, Payloads.Sealed draft) {}

  public Reply run(Request request) {
    State state = ledger.confirmed();
    Optional<Digest> digest = state.government().catalogue();
    if (digest.isEmpty()) {
      return new Reply.Refused(new Refusal.NotPublished("catalogue"));
    }
    Catalogue catalogue = library.catalogue(digest.get());
    if (catalogue.person(request.by()).filter(p -> p.active()).isEmpty()) {
      return new Reply.Refused(new Refusal.PersonUnknown(request.by()));
    }
    return switch (Prompt.parse(request.text(), request.by(), clock.instant())) {
      case Parsed.Refused<Prompt>(List<Problem> problems) ->
          new Reply.Refused(new Refusal.InputInvalid(problems));
      case Parsed.Ok<Prompt>(Prompt prompt) -> record(request, prompt, catalogue);
    };
  }

  private Reply record(Request request, Prompt prompt, Catalogue catalogue) {
    Lexicon lexicon = Lexicon.of(catalogue);
    Drafted drafted = request.drafter().draft(prompt, lexicon);
    Draft whole = Verifier.verify(prompt, drafted.proposal(), lexicon);
    List<Draft> drafts = whole.each();
    if (drafts.isEmpty()) {
      return new Reply.NothingAsked(whole);
    }
    if (drafts.size() > MOST_WORKFLOWS) {
      return new Reply.Refused(new Refusal.LimitReached("workflows in one prompt"));
    }
    List<Ready> ready = new ArrayList<>();
    for (Draft draft : drafts) {
      Guidance guidance = Guidance.of(draft, catalogue, ledger.published(), prompt.now());
      ready.add(ready(draft, guidance, drafted.outputs()));
    }
    return ledger.write(Command.<Reply>of((s, at) -> rule(s, request, whole, ready))).reply();
  }

  private Ready ready(Draft draft, Guidance guidance, List<ModelOutput> outputs) {
    WorkflowId workflow = WorkflowId.fresh(entropy);
    Json.Builder prompt =
        Json.object()
            .put("now", draft.prompt().now().toString())
            .put("requester", draft.prompt().requester())
            .put("text", draft.prompt().text());
    if (!outputs.isEmpty()) {
      // What models answered is evidence, and may hold the prompt's words: sealed with them.
      prompt.put("models", Json.array(outputs.stream().map(ModelOutput::canonicalForm).toList()));
    }
    return new Ready(
        new OfWorkflow(workflow, draft, guidance),
        payloads.seal(workflow, prompt.build().canonical()),
        payloads.seal(workflow, draft.canonicalForm().canonical()));
  }

  private static Ruling<Reply> rule(State state, Request request, Draft whole, List<Ready> ready) {
    if (state.workflows().size() + ready.size() > State.MOST_WORKFLOWS) {
      return Ruling.say(new Reply.Refused(new Refusal.LimitReached("workflows")));
    }
    List<FactDraft> facts = new ArrayList<>();
    List<Attachment> attachments = new ArrayList<>();
    for (Ready each : ready) {
      Actor by = new Actor.Person(request.by());
      About about = About.workflow(each.of().workflow());
      Fact made =
          new Fact.DraftMade(each.prompt().ref(), each.draft().ref(), each.of().draft().drafter());
      facts.add(FactDraft.of(by, about, made));
      facts.add(FactDraft.of(by, about, new Fact.DraftKept(each.draft().ref())));
      attachments.addAll(each.prompt().attachments());
      attachments.addAll(each.draft().attachments());
    }
    return new Ruling<>(
        facts, attachments, new Reply.Drafted(whole, ready.stream().map(Ready::of).toList()));
  }
}
