package dev.writ.draft;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One workflow as it is being read. */
final class Wanted {
  final Intent intent;

  /** The agents it may be of: none, the one, or several that a name fits. */
  final List<String> subjects;

  /** Where the agent is named. */
  final Set<Item> named = new LinkedHashSet<>();

  final List<Frame> frames = new ArrayList<>();
  final List<Proposal.Item> items = new ArrayList<>();

  /** Whether everything held now is meant. */
  boolean everything;

  Wanted(Intent intent, List<String> subjects) {
    this.intent = intent;
    this.subjects = List.copyOf(subjects);
  }

  boolean of(Item agent) {
    return subjects.equals(agent.ids());
  }
}
