package dev.writ.spec;

import dev.writ.base.Json;
import java.util.List;
import java.util.Optional;

/**
 * What changes in access when one spec takes the place of another, decided on the two specs alone.
 * It errs on one side: when nothing in it {@linkplain #widens widens}, every call that the policies
 * generated from the second allow is one that those of the first allow, with the same catalogue.
 *
 * @param changes terms of the whole workflow first, then by resource, environment and action
 */
public record Difference(List<Change> changes) {
  public Difference {
    changes = List.copyOf(changes);
  }

  /** What changes from one spec to the other. */
  public static Difference between(Spec before, Spec after) {
    return new Comparison(before, after).difference();
  }

  /** What a spec brings where nothing was: every entitlement is added. */
  public static Difference ofNew(Spec spec) {
    return new Difference(
        Entitlement.of(spec).stream()
            .map(e ->
                new Change(
                    Change.Kind.ADDED,
                    Optional.of(e.where()),
                    "grant",
                    List.of(),
                    Comparison.words(e)))
            .toList());
  }

  /** Whether no access changes and nothing is said otherwise. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Whether anything was added or widened. */
  public boolean widens() {
    return changes.stream().anyMatch(Change::widens);
  }

  /** The changes of one kind, in order. */
  public List<Change> of(Change.Kind kind) {
    return changes.stream().filter(c -> c.kind() == kind).toList();
  }

  /** The difference as JSON. */
  public Json.Obj toJson() {
    return Json.object()
        .put("widens", widens())
        .put("changes", Json.array(changes.stream().map(Change::toJson).toList()))
        .build();
  }
}
