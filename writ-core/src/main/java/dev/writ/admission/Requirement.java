package dev.writ.admission;

import java.util.List;

/**
 * Something a named kind of person has to do before a dossier is in force.
 *
 * @param name as facts record it, such as {@code approval:identity-owner} or {@code
 *     approval:resource-owner/finance-systems}
 * @param role whose it is
 * @param eligible the people who could meet it now, in catalogue order
 * @param policies the policies that ask for it
 */
public record Requirement(String name, String role, List<String> eligible, List<String> policies) {
  public Requirement {
    eligible = List.copyOf(eligible);
    policies = List.copyOf(policies);
  }
}
