package dev.writ.draft;

/** Takes a prompt for a proposal. Rules or a model: both are strangers. */
@FunctionalInterface
public interface Drafter {
  /** What the prompt is taken to say; a proposal without parts when it asks for nothing. */
  Proposal propose(Prompt prompt, Lexicon lexicon);
}
