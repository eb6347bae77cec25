package dev.writ.token;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a token may do: permissions in order. The only way from one scope to another is {@link
 * #narrow}; nothing widens.
 */
public record Scope(List<Permission> permissions) {
  /** Most permissions in one scope. */
  public static final int MOST = 64;

  /** The {@code type} of our authorization details (RFC 9396, section 2). */
  public static final String DETAILS_TYPE = "urn:writ:task";

  public Scope {
    permissions = List.copyOf(permissions);
    if (permissions.isEmpty() || permissions.size() > MOST) {
      throw new IllegalArgumentException("a scope has 1 to " + MOST + " permissions");
    }
  }

  /** What became of a wish to narrow. */
  public sealed interface Narrowing {
    /** The wish lies within; limits it left out are taken from the covering permission. */
    record Narrowed(Scope scope) implements Narrowing {}

    /** These wanted permissions lie in no permission of the outer scope. */
    record Wider(List<Permission> offending) implements Narrowing {
      public Wider {
        offending = List.copyOf(offending);
      }
    }
  }

  /**
   * The part of this scope that is wanted. Every wanted permission, completed with the limits it is
   * silent on, must lie in a single permission of this scope; two that together would cover it do
   * not count, so that each limit stays bound to its own line.
   */
  public Narrowing narrow(List<Permission> wanted) {
    List<Permission> inside = new ArrayList<>();
    List<Permission> offending = new ArrayList<>();
    for (Permission wish : wanted) {
      Optional<Permission> completed =
          permissions.stream()
              .filter(outer -> outer.covers(wish.limitedBy(outer)))
              .map(wish::limitedBy)
              .findFirst();
      completed.ifPresentOrElse(inside::add, () -> offending.add(wish));
    }
    return offending.isEmpty() && !inside.isEmpty() && inside.size() <= MOST
        ? new Narrowing.Narrowed(new Scope(inside))
        : new Narrowing.Wider(offending);
  }

  /** Whether everything {@code inner} permits is permitted here (invariant I2). */
  public boolean covers(Scope inner) {
    return inner.permissions.stream()
        .allMatch(p -> permissions.stream().anyMatch(o -> o.covers(p)));
  }

  /** The first permission that reaches this action on these targets, limits apart. */
  public Optional<Permission> reaching(
      String action, String resource, String environment, Targets targets) {
    return permissions.stream()
        .filter(p -> p.resource().equals(resource) && p.environment().equals(environment))
        .filter(p -> p.actions().contains(action) && p.targets().covers(targets))
        .findFirst();
  }

  /** The permissions as an array. */
  public Json.Arr toJson() {
    return Json.array(permissions.stream().map(Permission::toJson).toList());
  }

  /** Reads what {@link #toJson} writes. */
  public static Parsed<Scope> parse(Json json) {
    if (!(json instanceof Json.Arr(List<Json> items)) || items.isEmpty() || items.size() > MOST) {
      return Parsed.refused("", "not an array of 1 to " + MOST + " permissions", "list them");
    }
    List<Permission> permissions = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String place = "[" + i + "]";
      switch (Permission.parse(items.get(i))) {
        case Parsed.Ok<Permission>(Permission p) -> permissions.add(p);
        case Parsed.Refused<Permission>(List<Problem> why) ->
            why.forEach(p -> problems.add(p.within(place)));
      }
    }
    return problems.isEmpty() ? Parsed.ok(new Scope(permissions)) : Parsed.refused(problems);
  }
}
