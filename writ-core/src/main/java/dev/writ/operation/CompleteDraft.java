package dev.writ.operation;

import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.catalogue.Catalogue;
import dev.writ.draft.Answer;
import dev.writ.draft.Draft;
import dev.writ.draft.Drafter;
import dev.writ.draft.Prompt;
import dev.writ.ledger.Ledger;
import dev.writ.spec.Spec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A person answers what a prompt left open. The draft is made again here from the prompt and the
 * time it was written, so that no value enters a spec but by a span of the prompt or this person's
 * answer, whatever a client claims. Reads only.
 */
public final class CompleteDraft {
  /** How long after it was drafted a prompt can be completed. */
  public static final Duration LONGEST = Duration.ofDays(7);

  private final Ledger ledger;
  private final Library library;
  private final InstantSource clock;

  public CompleteDraft(Ledger ledger, Library library, InstantSource clock) {
    this.ledger = ledger;
    this.library = library;
    this.clock = clock;
  }

  /**
   * @param by the authenticated requester: the answers are this person's
   * @param now when the prompt was drafted
   * @param index which of the prompt's drafts, from 0
   * @param answers slots and values; the person is {@code by}, whoever is named
   */
  public record Request(
      String by, String text, Instant now, int index, List<Answer> answers, Drafter drafter) {
    public Request {
      answers = List.copyOf(answers);
    }
  }

  public sealed interface Reply {
    /**
     * @param draft of this workflow alone
     * @param spec present when no slot is open
     */
    record Completed(Draft draft, Optional<Spec> spec) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    Optional<Digest> digest = ledger.published().government().catalogue();
    if (digest.isEmpty()) {
      return new Reply.Refused(new Refusal.NotPublished("catalogue"));
    }
    Catalogue catalogue = library.catalogue(digest.get());
    Instant now = clock.instant();
    if (request.now().isAfter(now) || request.now().isBefore(now.minus(LONGEST))) {
      return refuse(
          List.of(
              new Problem("now", "the prompt was drafted more than a week ago", "draft it again")));
    }
    return switch (Prompt.parse(request.text(), request.by(), request.now())) {
      case Parsed.Refused<Prompt>(List<Problem> problems) -> refuse(problems);
      case Parsed.Ok<Prompt>(Prompt prompt) -> complete(request, prompt, catalogue);
    };
  }

  private static Reply complete(Request request, Prompt prompt, Catalogue catalogue) {
    List<Draft> drafts = Draft.of(prompt, request.drafter(), catalogue).each();
    if (request.index() < 0 || request.index() >= drafts.size()) {
      return refuse(
          List.of(
              new Problem("index", "the prompt has " + drafts.size() + " drafts", "count from 0")));
    }
    Draft draft = drafts.get(request.index());
    List<Problem> problems = new ArrayList<>();
    for (Answer answer : request.answers()) {
      Parsed<Draft> answered =
          draft.answer(0, new Answer(answer.slot(), answer.values(), request.by()), catalogue);
      problems.addAll(answered.problems());
      draft = answered.found().orElse(draft);
    }
    if (!problems.isEmpty()) {
      return refuse(problems);
    }
    if (!draft.workflows().getFirst().open().isEmpty()) {
      return new Reply.Completed(draft, Optional.empty());
    }
    Draft whole = draft;
    return switch (draft.toSpec(0, catalogue)) {
      case Parsed.Refused<Spec>(List<Problem> why) -> refuse(why);
      case Parsed.Ok<Spec>(Spec spec) -> new Reply.Completed(whole, Optional.of(spec));
    };
  }

  private static Reply refuse(List<Problem> problems) {
    return new Reply.Refused(new Refusal.InputInvalid(problems));
  }
}
