package dev.writ.admission;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Approvals given for one dossier and still good: who met which requirement, in the order given.
 * Whether they may is judged with the dossier, every time.
 *
 * @param byRequirement people by the requirement's name
 */
public record Approvals(Map<String, List<String>> byRequirement) {
  /** Nobody has approved anything. */
  public static final Approvals NONE = new Approvals(Map.of());

  public Approvals {
    Map<String, List<String>> copy = new TreeMap<>();
    byRequirement.forEach((name, people) -> copy.put(name, List.copyOf(people)));
    byRequirement = Collections.unmodifiableMap(copy);
  }

  List<String> of(String requirement) {
    return byRequirement.getOrDefault(requirement, List.of());
  }

  /** These and one more. */
  public Approvals plus(String requirement, String person) {
    Map<String, List<String>> more = new TreeMap<>(byRequirement);
    List<String> people = new java.util.ArrayList<>(of(requirement));
    people.add(person);
    more.put(requirement, people);
    return new Approvals(more);
  }
}
