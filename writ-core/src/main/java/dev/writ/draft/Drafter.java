package dev.writ.draft;

import java.util.List;

/** Takes a prompt for a proposal. Rules or a model: both are strangers. */
@FunctionalInterface
public interface Drafter {
  /** What the prompt is taken to say; a proposal without parts when it asks for nothing. */
  Proposal propose(Prompt prompt, Lexicon lexicon);

  /** The proposal, with the raw outputs of the models that were asked; rules ask none. */
  default Drafted draft(Prompt prompt, Lexicon lexicon) {
    return new Drafted(propose(prompt, lexicon), List.of());
  }
}
