package dev.writ.draft;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * What is known of one workflow that a prompt asks for, lengthens, changes or ends.
 *
 * @param intent one of those a workflow can have
 * @param slots by the path of the spec's line, in the spec's order, then remarks
 * @param conflicts rules of the catalogue that the request breaks, in words for people
 * @param unstated which of approvals, delegation and revocation nothing was said about, each with
 *     what policy would apply; not slots, and never open
 */
public record Workflow(
    Intent intent, Map<String, State> slots, List<String> conflicts, Map<String, String> unstated) {
  public Workflow {
    if (!intent.ofWorkflow()) {
      throw new IllegalArgumentException("no workflow's intent: " + intent);
    }
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    conflicts = List.copyOf(conflicts);
    unstated = Collections.unmodifiableMap(new LinkedHashMap<>(unstated));
  }

  /** The slots somebody still has to speak of, in order. */
  public List<String> open() {
    return slots.entrySet().stream()
        .filter(e -> e.getValue().open())
        .map(Map.Entry::getKey)
        .toList();
  }

  public Optional<State> slot(String path) {
    return Optional.ofNullable(slots.get(path));
  }

  /** The values of a slot; none while it is open or when there is no such slot. */
  public List<String> values(String path) {
    return slot(path).map(State::values).orElse(List.of());
  }

  /** The lines of a section, {@code grants} or {@code prohibited}, in order. */
  public SequencedSet<String> lines(String section) {
    SequencedSet<String> lines = new LinkedHashSet<>();
    for (String path : slots.keySet()) {
      if (path.startsWith(section + "[")) {
        lines.add(path.substring(0, path.indexOf(']') + 1));
      }
    }
    return lines;
  }

  Workflow with(Map<String, State> changed) {
    return new Workflow(intent, changed, conflicts, unstated);
  }
}
