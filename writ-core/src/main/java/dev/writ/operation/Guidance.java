package dev.writ.operation;

import dev.writ.catalogue.Catalogue;
import dev.writ.draft.Draft;
import dev.writ.draft.Question;
import dev.writ.state.State;
import java.time.Instant;
import java.util.List;

/**
 * What a person can do with a draft now.
 *
 * @param questions one for each open slot
 * @param next sentences, at least one
 */
public record Guidance(List<Question> questions, List<String> next) {
  public Guidance {
    questions = List.copyOf(questions);
    next = List.copyOf(next);
  }

  static Guidance of(Draft draft, Catalogue catalogue, State state, Instant now) {
    return new Guidance(Question.of(draft, catalogue), NextSteps.of(draft, catalogue, state, now));
  }
}
