package dev.writ.admission;

import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Person;
import dev.writ.spec.Owners;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may meet a requirement. Always an active employee other than the requester (invariant I8),
 * and the owner of the product approves nothing but as that owner.
 */
final class Duties {
  private final Catalogue catalogue;
  private final Dossier dossier;

  Duties(Catalogue catalogue, Dossier dossier) {
    this.catalogue = catalogue;
    this.dossier = dossier;
  }

  /** The people who hold a role for this dossier, in catalogue order. */
  List<String> eligible(String role) {
    Owners owners = dossier.resolved().spec().owners();
    return switch (role) {
      case "product-owner" -> people(p -> p.id().equals(owners.product()), true);
      case "identity-owner" -> party(owners.identity());
      case "security-owner" -> party(owners.security());
      default ->
          people(
              p ->
                  p.roles().contains(role)
                      || p.approverFor().contains(role)
                      || p.team().equals(role),
              false);
    };
  }

  /** The people who answer for a team's resources. */
  List<String> ofTeam(String team) {
    return people(p -> p.team().equals(team), false);
  }

  private List<String> party(Optional<String> owner) {
    return people(p -> owner.map(o -> p.id().equals(o) || p.team().equals(o)).orElse(false), false);
  }

  private List<String> people(java.util.function.Predicate<Person> who, boolean asOwner) {
    String product = dossier.resolved().spec().owners().product();
    return catalogue.people().stream()
        .filter(Person::eligible)
        .filter(p -> !p.id().equals(dossier.requester()))
        .filter(p -> asOwner || !p.id().equals(product))
        .filter(who)
        .map(Person::id)
        .toList();
  }

  /**
   * One person for each requirement, as many requirements as can be met at once when those of one
   * group need different people (maximum matching by augmenting paths; earlier ones keep theirs).
   *
   * @param willing people by requirement, in the order in which they approved
   * @param groups the groups of each requirement
   */
  static Map<String, String> assign(
      Map<String, List<String>> willing, Map<String, List<String>> groups) {
    Map<String, String> assigned = new LinkedHashMap<>();
    for (String requirement : willing.keySet()) {
      place(requirement, willing, groups, assigned, new ArrayList<>());
    }
    return assigned;
  }

  private static boolean place(
      String requirement,
      Map<String, List<String>> willing,
      Map<String, List<String>> groups,
      Map<String, String> assigned,
      List<String> tried) {
    tried.add(requirement);
    for (String person : willing.getOrDefault(requirement, List.of())) {
      List<String> rivals =
          assigned.entrySet().stream()
              .filter(e -> e.getValue().equals(person))
              .map(Map.Entry::getKey)
              .filter(r -> !r.equals(requirement) && shareGroup(r, requirement, groups))
              .toList();
      if (rivals.isEmpty()) {
        assigned.put(requirement, person);
        return true;
      }
      if (rivals.size() == 1 && !tried.contains(rivals.getFirst())) {
        String rival = rivals.getFirst();
        assigned.put(requirement, person);
        assigned.remove(rival);
        if (place(rival, willing, groups, assigned, tried)) {
          return true;
        }
        assigned.remove(requirement);
        assigned.put(rival, person);
      }
    }
    return false;
  }

  static boolean shareGroup(String one, String other, Map<String, List<String>> groups) {
    List<String> others = groups.getOrDefault(other, List.of());
    return groups.getOrDefault(one, List.of()).stream().anyMatch(others::contains);
  }
}
