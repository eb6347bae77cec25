package dev.writ.ledger;

import dev.writ.fact.FactDraft;
import java.util.List;

/**
 * What a rule said.
 *
 * @param facts at most {@link #MOST_FACTS}; none for a plain answer
 * @param attachments bytes the facts refer to, stored in the same commit
 * @param reply the answer to the caller, given only after the facts are durable
 */
public record Ruling<R>(List<FactDraft> facts, List<Attachment> attachments, R reply) {
  /** Most facts of one rule: a wide effect is one fact plus the fold. */
  public static final int MOST_FACTS = 64;

  public Ruling {
    facts = List.copyOf(facts);
    attachments = List.copyOf(attachments);
    if (facts.size() > MOST_FACTS) {
      throw new IllegalArgumentException("a rule writes at most " + MOST_FACTS + " facts");
    }
  }

  /** An answer without facts. */
  public static <R> Ruling<R> say(R reply) {
    return new Ruling<>(List.of(), List.of(), reply);
  }

  /** Facts and an answer. */
  public static <R> Ruling<R> of(List<FactDraft> facts, R reply) {
    return new Ruling<>(facts, List.of(), reply);
  }
}
