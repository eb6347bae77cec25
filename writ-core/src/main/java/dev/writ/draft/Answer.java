package dev.writ.draft;

import java.util.List;

/**
 * A named person's statement about one slot.
 *
 * @param slot the path of the slot
 * @param values in the spec's words; targets as {@code dimension=id} or the one word {@code any}
 * @param person the id of the authenticated person
 */
public record Answer(String slot, List<String> values, String person) {
  public Answer {
    values = List.copyOf(values);
  }
}
