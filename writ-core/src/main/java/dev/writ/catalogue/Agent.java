package dev.writ.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * A program that acts.
 *
 * @param workload its SPIFFE id; without one it can be named in a draft but not be given a writ
 * @param pilot whether it is itself on trial
 * @param autonomous whether it runs without a person asking each time
 */
public record Agent(
    String id,
    String name,
    String team,
    List<String> aliases,
    Optional<Workload> workload,
    boolean pilot,
    boolean autonomous) {
  public Agent {
    aliases = List.copyOf(aliases);
  }
}
