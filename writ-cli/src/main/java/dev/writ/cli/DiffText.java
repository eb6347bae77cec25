package dev.writ.cli;

import dev.writ.spec.Change;
import dev.writ.spec.Change.Kind;
import dev.writ.spec.Change.Where;
import dev.writ.spec.Difference;
import dev.writ.terminal.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A difference in words for people: what is wider first. */
final class DiffText {
  private DiffText() {}

  static void print(Output out, Difference difference) {
    if (difference.isEmpty()) {
      out.say("no difference in access");
      return;
    }
    for (Kind kind : Kind.values()) {
      List<Change> changes = difference.of(kind);
      if (!changes.isEmpty()) {
        out.say(kind.word());
        terms(out, changes);
        lines(changes)
            .forEach((where, parts) -> {
              out.say("  " + where);
              parts.forEach(p -> out.say("    " + p));
            });
      }
    }
    out.say(difference.widens() ? "wider than before" : "nothing added, nothing wider");
  }

  private static void terms(Output out, List<Change> changes) {
    for (Change change : changes) {
      if (change.where().isEmpty()) {
        out.say("  " + part(change));
      }
    }
  }

  /** Actions that change alike on one resource are one line. */
  private static Map<String, List<String>> lines(List<Change> changes) {
    Map<Where, List<String>> byWhere = new LinkedHashMap<>();
    for (Change change : changes) {
      change
          .where()
          .ifPresent(w -> byWhere.computeIfAbsent(w, k -> new ArrayList<>()).add(part(change)));
    }
    Map<List<Object>, List<String>> actions = new LinkedHashMap<>();
    byWhere.forEach((w, parts) ->
        actions
            .computeIfAbsent(List.of(w.resource(), w.environment(), parts), k -> new ArrayList<>())
            .add(w.action()));
    Map<String, List<String>> out = new LinkedHashMap<>();
    byWhere.forEach((w, parts) -> {
      List<String> alike = actions.get(List.of(w.resource(), w.environment(), parts));
      if (alike != null && alike.getFirst().equals(w.action())) {
        Where all = new Where(String.join(", ", alike), w.resource(), w.environment());
        out.put(all.text(), parts);
      }
    });
    return out;
  }

  private static String part(Change c) {
    boolean whole = c.part().equals("grant");
    if (whole) {
      return String.join("; ", c.before().isEmpty() ? c.after() : c.before());
    }
    if (c.part().equals("prohibited")) {
      return c.after().isEmpty() ? "prohibited no more" : "prohibited";
    }
    boolean listed = c.part().startsWith("targets.") || c.before().size() + c.after().size() > 2;
    Optional<String> by = listed ? listed(c) : Optional.empty();
    return c.part() + ": " + by.orElseGet(() -> text(c.before()) + " -> " + text(c.after()));
  }

  /** What came to a list, or went from it. */
  private static Optional<String> listed(Change c) {
    if (c.before().contains("any") || c.after().contains("any")) {
      return Optional.empty();
    }
    boolean bounding = c.part().equals("revoke");
    boolean gained = c.kind() == Kind.RESTATED || c.widens() != bounding;
    List<String> moved = new ArrayList<>(gained ? c.after() : c.before());
    moved.removeAll(gained ? c.before() : c.after());
    return moved.isEmpty()
        ? Optional.empty()
        : Optional.of((gained ? "+ " : "- ") + String.join(", ", moved));
  }

  private static String text(List<String> values) {
    return values.isEmpty() ? "none" : String.join(", ", values);
  }
}
