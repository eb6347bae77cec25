package dev.writ.draft;

import java.util.ArrayList;
import java.util.List;

/**
 * The drafter that needs no model: a catalogue's names and the rules of everyday English, always
 * the same answer. What it does not surely read it leaves open.
 */
public final class EmbeddedDrafter implements Drafter {
  /** Its name and the version of its rules. */
  public static final String NAME = "embedded/2";

  @Override
  public Proposal propose(Prompt prompt, Lexicon lexicon) {
    return propose(new Reading(prompt, lexicon));
  }

  /** What a reading comes to. */
  static Proposal propose(Reading reading) {
    List<Proposal.Part> parts = new ArrayList<>();
    for (Wanted w : reading.wanted) {
      if (parts.size() < Proposal.MOST_PARTS) {
        List<Proposal.Item> items = w.items;
        parts.add(
            new Proposal.Part(
                w.intent, items.size() > Proposal.MOST ? items.subList(0, Proposal.MOST) : items));
      }
    }
    return new Proposal(NAME, reading.intent, List.copyOf(reading.flags), parts);
  }
}
