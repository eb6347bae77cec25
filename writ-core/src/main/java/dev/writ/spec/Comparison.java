package dev.writ.spec;

import dev.writ.spec.Change.Kind;
import dev.writ.spec.Change.Where;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares two specs: their terms, their entitlements, their prohibitions. */
final class Comparison {
  private static final Comparator<Where> PLACES =
      Comparator.comparing(Where::resource)
          .thenComparing(w -> w.environment().orElse(""))
          .thenComparing(Where::action);

  private final Spec before;
  private final Spec after;
  private final List<Change> changes = new ArrayList<>();

  Comparison(Spec before, Spec after) {
    this.before = before;
    this.after = after;
  }

  Difference difference() {
    new TermChanges(before, after, changes).compare();
    Map<Where, List<Entitlement>> old = byPlace(before);
    Map<Where, List<Entitlement>> now = byPlace(after);
    Set<Where> places = new LinkedHashSet<>(old.keySet());
    places.addAll(now.keySet());
    places.stream()
        .sorted(PLACES)
        .forEach(p -> entitlements(old.getOrDefault(p, List.of()), now.getOrDefault(p, List.of())));
    prohibitions();
    return new Difference(changes);
  }

  private static Map<Where, List<Entitlement>> byPlace(Spec spec) {
    Map<Where, List<Entitlement>> out = new TreeMap<>(PLACES);
    for (Entitlement each : Entitlement.of(spec)) {
      out.computeIfAbsent(each.where(), w -> new ArrayList<>()).add(each);
    }
    return out;
  }

  /**
   * Entitlements of one action, resource and environment. A call lies within one entitlement or in
   * none, so the new access is exactly the new ones that no single old one covers.
   */
  private void entitlements(List<Entitlement> old, List<Entitlement> now) {
    List<Entitlement> gained = new ArrayList<>(notCovered(now, old));
    List<Entitlement> lost = new ArrayList<>(notCovered(old, now));
    for (Entitlement g : List.copyOf(gained)) {
      nearest(g, old.stream().filter(g::covers).toList())
          .ifPresent(o -> {
            parts(o, g, changes);
            gained.remove(g);
          });
    }
    for (Entitlement l : List.copyOf(lost)) {
      nearest(l, now.stream().filter(l::covers).toList())
          .ifPresent(n -> {
            parts(l, n, changes);
            lost.remove(l);
          });
    }
    for (Entitlement g : List.copyOf(gained)) {
      nearest(g, lost)
          .ifPresent(l -> {
            parts(l, g, changes);
            gained.remove(g);
            lost.remove(l);
          });
    }
    gained.forEach(g -> whole(Kind.ADDED, g, List.of(), words(g)));
    lost.forEach(l -> whole(Kind.REMOVED, l, words(l), List.of()));
  }

  private static List<Entitlement> notCovered(List<Entitlement> these, List<Entitlement> by) {
    return these.stream().filter(e -> by.stream().noneMatch(b -> b.covers(e))).toList();
  }

  /** The one that differs in the fewest parts, the first of equals. */
  private static Optional<Entitlement> nearest(Entitlement to, List<Entitlement> of) {
    return of.stream()
        .min(
            Comparator.comparingInt(o -> {
              List<Change> differing = new ArrayList<>();
              parts(o, to, differing);
              return differing.size();
            }));
  }

  private void whole(Kind kind, Entitlement e, List<String> was, List<String> is) {
    changes.add(new Change(kind, Optional.of(e.where()), "grant", was, is));
  }

  /** Targets and limits in words; {@code unlimited} when there are none. */
  static List<String> words(Entitlement e) {
    List<String> out = new ArrayList<>();
    switch (e.targets()) {
      case Targets.Unstated u -> {}
      case Targets.Any a -> out.add("targets any");
      case Targets.Named(Map<String, List<String>> named) ->
          named.forEach((dimension, ids) -> out.add(dimension + " " + String.join(", ", ids)));
    }
    e.limits().rows().ifPresent(n -> out.add("rows " + n));
    e.limits().calls().ifPresent(n -> out.add("calls " + n));
    e.limits().amount().ifPresent(n -> out.add("amount " + n.toPlainString()));
    return out.isEmpty() ? List.of("unlimited") : out;
  }

  private static void parts(Entitlement old, Entitlement now, List<Change> into) {
    Optional<Where> where = Optional.of(now.where());
    Map<String, List<String>> was = dimensions(old.targets());
    Map<String, List<String>> is = dimensions(now.targets());
    Set<String> all = new TreeSet<>(was.keySet());
    all.addAll(is.keySet());
    for (String dimension : all) {
      Values values =
          new Values(
              Optional.ofNullable(was.get(dimension)), Optional.ofNullable(is.get(dimension)));
      values.changes(where, "targets." + dimension, into);
    }
    Limits l = old.limits();
    Limits n = now.limits();
    bound(new Bound<>(where, "limits.rows"), l.rows(), n.rows(), into);
    bound(new Bound<>(where, "limits.calls"), l.calls(), n.calls(), into);
    bound(new Bound<>(where, "limits.amount"), l.amount(), n.amount(), into);
  }

  private static Map<String, List<String>> dimensions(Targets targets) {
    return targets instanceof Targets.Named(Map<String, List<String>> named) ? named : Map.of();
  }

  /** Named targets of one dimension; empty where any may be named. */
  private record Values(Optional<List<String>> was, Optional<List<String>> is) {
    void changes(Optional<Where> where, String part, List<Change> into) {
      boolean wider = was.isPresent() && (is.isEmpty() || !was.get().containsAll(is.get()));
      boolean narrower = is.isPresent() && (was.isEmpty() || !is.get().containsAll(was.get()));
      List<String> before = was.orElse(List.of("any"));
      List<String> after = is.orElse(List.of("any"));
      if (wider) {
        into.add(new Change(Kind.WIDENED, where, part, before, after));
      }
      if (narrower) {
        into.add(new Change(Kind.NARROWED, where, part, before, after));
      }
    }
  }

  private record Bound<T extends Comparable<T>>(Optional<Where> where, String part) {}

  private static <T extends Comparable<T>> void bound(
      Bound<T> bound, Optional<T> was, Optional<T> is, List<Change> into) {
    List<String> before = List.of(was.map(Comparison::plain).orElse("none"));
    List<String> after = List.of(is.map(Comparison::plain).orElse("none"));
    if (!Limits.atLeast(was, is)) {
      into.add(new Change(Kind.WIDENED, bound.where(), bound.part(), before, after));
    } else if (!Limits.atLeast(is, was)) {
      into.add(new Change(Kind.NARROWED, bound.where(), bound.part(), before, after));
    }
  }

  private static String plain(Object bound) {
    return bound instanceof BigDecimal n ? n.toPlainString() : bound.toString();
  }

  /** What is prohibited no more is counted as wider: it held whatever else would allow it. */
  private void prohibitions() {
    Set<Where> old = prohibited(before);
    Set<Where> now = prohibited(after);
    old.stream()
        .filter(w -> now.stream().noneMatch(n -> forbids(n, w)))
        .forEach(w ->
            changes.add(
                new Change(
                    Kind.WIDENED, Optional.of(w), "prohibited", List.of("prohibited"), List.of())));
    now.stream()
        .filter(w -> old.stream().noneMatch(o -> forbids(o, w)))
        .forEach(w ->
            changes.add(
                new Change(
                    Kind.NARROWED,
                    Optional.of(w),
                    "prohibited",
                    List.of(),
                    List.of("prohibited"))));
  }

  private static Set<Where> prohibited(Spec spec) {
    Set<Where> out = new TreeSet<>(PLACES);
    for (Prohibition p : spec.prohibited()) {
      p.actions().forEach(a -> out.add(new Where(a, p.resource(), p.environment())));
    }
    return out;
  }

  private static boolean forbids(Where one, Where other) {
    return one.action().equals(other.action())
        && one.resource().equals(other.resource())
        && (one.environment().isEmpty() || one.environment().equals(other.environment()));
  }
}
