package dev.writ.spec;

import dev.writ.base.Json;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing in which two specs differ.
 *
 * @param where the entitlement or prohibition it is about; empty for terms of the whole workflow
 * @param part which part of it: {@code grant}, {@code prohibited}, {@code targets.DIMENSION},
 *     {@code limits.rows}, or the path of a term such as {@code until}
 * @param before its values before, in the spec's words; empty when there were none
 * @param after its values after; empty when there are none
 */
public record Change(
    Kind kind, Optional<Where> where, String part, List<String> before, List<String> after) {
  public Change {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(where);
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** What a change does to access. Something that moved is both widened and narrowed. */
  public enum Kind {
    /** An entitlement there was nothing of. */
    ADDED,
    /** Something lets more through than it did. */
    WIDENED,
    /** Something lets less through than it did. */
    NARROWED,
    /** An entitlement of which nothing is left. */
    REMOVED,
    /** Said otherwise; no access changes. */
    RESTATED;

    /** As it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a change is about.
   *
   * @param environment every environment when empty, which only a prohibition can say
   */
  public record Where(String action, String resource, Optional<String> environment) {
    /** In words: {@code read ap-db/invoices in staging}. */
    public String text() {
      return action + " " + resource + environment.map(e -> " in " + e).orElse(" everywhere");
    }
  }

  /** Whether there is access after it that there was not before. */
  public boolean widens() {
    return switch (kind) {
      case ADDED, WIDENED -> true;
      case NARROWED, REMOVED, RESTATED -> false;
    };
  }

  /** The change as JSON. */
  public Json.Obj toJson() {
    Json.Builder out = Json.object().put("change", kind.word());
    where.ifPresent(w -> {
      out.put("action", w.action()).put("resource", w.resource());
      w.environment().ifPresent(e -> out.put("environment", e));
    });
    return out.put("part", part)
        .put("before", Json.strings(before))
        .put("after", Json.strings(after))
        .build();
  }
}
