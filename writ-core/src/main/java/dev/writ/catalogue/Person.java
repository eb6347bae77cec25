package dev.writ.catalogue;

import java.util.List;

/**
 * Somebody who may ask, own or approve.
 *
 * @param role the job, for people to read
 * @param active false when the person has left
 * @param employee false for a contractor
 * @param approverFor what the person approves, as the catalogue words it
 * @param roles the duties policies name in {@code @requires("approval:ROLE")}
 */
public record Person(
    String id,
    String name,
    String role,
    String team,
    boolean active,
    boolean employee,
    List<String> approverFor,
    List<String> roles) {
  public Person {
    approverFor = List.copyOf(approverFor);
    roles = List.copyOf(roles);
  }

  /** Whether the person can answer for something: active and employed. */
  public boolean eligible() {
    return active && employee;
  }
}
