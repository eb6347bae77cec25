package dev.writ.fact;

import java.util.Optional;

/**
 * A fact before it has its place in the log: what a rule returns.
 *
 * @param command the caller's key, when the command that led to the fact carried one
 */
public record FactDraft(Actor by, About about, Optional<CommandKey> command, Fact fact) {
  public static FactDraft of(Actor by, About about, Fact fact) {
    return new FactDraft(by, about, Optional.empty(), fact);
  }

  /** The same draft under a caller's key: a repeat is answered from this fact. */
  public FactDraft under(CommandKey key) {
    return new FactDraft(by, about, Optional.of(key), fact);
  }
}
