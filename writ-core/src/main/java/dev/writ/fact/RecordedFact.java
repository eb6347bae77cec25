package dev.writ.fact;

import java.time.Instant;

/**
 * A fact with its place: what one entry of the log says.
 *
 * @param position index of the entry, from 0
 * @param at the database's clock when its batch was written, to the microsecond
 */
public record RecordedFact(long position, Instant at, Previous previous, FactDraft draft) {
  public Fact fact() {
    return draft.fact();
  }

  public About about() {
    return draft.about();
  }

  public Actor by() {
    return draft.by();
  }
}
