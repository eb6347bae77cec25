package dev.writ.draft;

import dev.writ.catalogue.Catalogue;
import java.util.List;

/** Takes a prompt for proposals, one a workflow. Rules or a model: both are strangers. */
@FunctionalInterface
public interface Drafter {
  /** The proposals; none when the prompt asks for no access. */
  List<Proposal> propose(Prompt prompt, Catalogue catalogue);
}
