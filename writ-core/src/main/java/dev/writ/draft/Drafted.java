package dev.writ.draft;

import java.util.List;

/**
 * A proposal with what has to be kept of how it came about.
 *
 * @param outputs of each model that was asked, used or not, in the order asked
 */
public record Drafted(Proposal proposal, List<ModelOutput> outputs) {
  public Drafted {
    outputs = List.copyOf(outputs);
  }
}
