package dev.writ.catalogue;

import java.util.List;

/** A rule of separation of duties. */
public sealed interface SodRule {
  String id();

  /** Nobody may hold an action of each side. */
  record Toxic(String id, Side one, Side other) implements SodRule {}

  /** A rule in words, which policies and the approval step keep. */
  record Words(String id, String conflict) implements SodRule {}

  /** Actions on a resource. */
  record Side(String resource, List<String> actions) {
    public Side {
      actions = List.copyOf(actions);
    }
  }
}
