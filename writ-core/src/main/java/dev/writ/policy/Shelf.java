package dev.writ.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The index: policies sorted by what their heads ask of the action, then the resource, then the
 * principal. Heads cannot err, so leaving out what does not match changes no answer.
 */
abstract class Shelf {
  /** So few policies are quicker tested than looked up. */
  private static final int SMALL = 2;

  /** A policy and its place in the set. */
  record Entry(int order, Policy policy, Code conditions) {}

  /** Shows every policy whose head matches the request to {@code found}. */
  abstract void visit(Env env, Engine.Found found);

  static Shelf of(List<Entry> entries) {
    return build(entries, Axis.ACTION);
  }

  private enum Axis {
    ACTION,
    RESOURCE,
    PRINCIPAL,
    DONE;

    Axis next() {
      return switch (this) {
        case ACTION -> RESOURCE;
        case RESOURCE -> PRINCIPAL;
        case PRINCIPAL, DONE -> DONE;
      };
    }

    Scope scope(Rule rule) {
      return switch (this) {
        case ACTION -> rule.action();
        case RESOURCE -> rule.resource();
        case PRINCIPAL -> rule.principal();
        case DONE -> Scope.any();
      };
    }

    Env.Place place(Env env) {
      return switch (this) {
        case ACTION -> env.action();
        case RESOURCE -> env.resource();
        case PRINCIPAL, DONE -> env.principal();
      };
    }
  }

  private static Shelf build(List<Entry> entries, Axis axis) {
    if (axis == Axis.DONE) {
      return new Open(entries.toArray(Entry[]::new));
    }
    boolean plain =
        entries.stream().allMatch(e -> axis.scope(e.policy().rule()) instanceof Scope.Any);
    if (plain) {
      return build(entries, axis.next());
    }
    return entries.size() <= SMALL
        ? new Tested(entries.toArray(Entry[]::new), axis)
        : new Sorted(entries, axis);
  }

  /** Policies whose heads match for certain. */
  private static final class Open extends Shelf {
    private final Entry[] entries;

    Open(Entry[] entries) {
      this.entries = entries;
    }

    @Override
    void visit(Env env, Engine.Found found) {
      for (Entry entry : entries) {
        found.evaluate(entry);
      }
    }
  }

  /** Few policies whose heads are tested one by one from an axis on. */
  private static final class Tested extends Shelf {
    private final Entry[] entries;
    private final Axis from;

    Tested(Entry[] entries, Axis from) {
      this.entries = entries;
      this.from = from;
    }

    @Override
    void visit(Env env, Engine.Found found) {
      for (Entry entry : entries) {
        if (matches(entry.policy().rule(), env)) {
          found.evaluate(entry);
        }
      }
    }

    private boolean matches(Rule rule, Env env) {
      return switch (from) {
        case ACTION ->
            matches(rule.action(), env.action())
                && matches(rule.resource(), env.resource())
                && matches(rule.principal(), env.principal());
        case RESOURCE ->
            matches(rule.resource(), env.resource()) && matches(rule.principal(), env.principal());
        case PRINCIPAL -> matches(rule.principal(), env.principal());
        case DONE -> true;
      };
    }

    private static boolean matches(Scope scope, Env.Place place) {
      return switch (scope) {
        case Scope.Any any -> true;
        case Scope.Is(Scope.EntityTarget target) -> place.uid().equals(uid(target));
        case Scope.In(Scope.EntityTarget target) -> place.isIn(uid(target));
        case Scope.InAny(List<EntityUid> uids) -> {
          boolean found = false;
          for (int i = 0; i < uids.size() && !found; i++) {
            found = place.isIn(uids.get(i));
          }
          yield found;
        }
        case Scope.OfType(String type) -> place.uid().type().equals(type);
        case Scope.OfTypeIn(String type, Scope.EntityTarget target) ->
            place.uid().type().equals(type) && place.isIn(uid(target));
      };
    }
  }

  /** Policies found by the entity or type that their heads name on one axis. */
  private static final class Sorted extends Shelf {
    private final Axis axis;
    private final @Nullable Shelf any;
    private final Map<EntityUid, Shelf> exact;
    private final Map<EntityUid, Shelf> below;
    private final Map<String, Shelf> types;
    // "is T in X": under X, then by type.
    private final Map<EntityUid, Map<String, Shelf>> typesBelow;

    Sorted(List<Entry> entries, Axis axis) {
      this.axis = axis;
      List<Entry> rest = new ArrayList<>();
      Map<EntityUid, List<Entry>> exacts = new LinkedHashMap<>();
      Map<EntityUid, List<Entry>> belows = new LinkedHashMap<>();
      Map<String, List<Entry>> ofTypes = new LinkedHashMap<>();
      Map<EntityUid, Map<String, List<Entry>>> both = new LinkedHashMap<>();
      for (Entry entry : entries) {
        switch (axis.scope(entry.policy().rule())) {
          case Scope.Any any -> rest.add(entry);
          case Scope.Is(Scope.EntityTarget target) -> put(exacts, uid(target), entry);
          case Scope.In(Scope.EntityTarget target) -> put(belows, uid(target), entry);
          case Scope.InAny(List<EntityUid> uids) ->
              uids.stream().distinct().forEach(uid -> put(belows, uid, entry));
          case Scope.OfType(String type) -> put(ofTypes, type, entry);
          case Scope.OfTypeIn(String type, Scope.EntityTarget target) ->
              put(both.computeIfAbsent(uid(target), u -> new LinkedHashMap<>()), type, entry);
        }
      }
      this.any = rest.isEmpty() ? null : build(rest, axis.next());
      this.exact = shelves(exacts);
      this.below = shelves(belows);
      this.types = shelves(ofTypes);
      this.typesBelow = new HashMap<>();
      both.forEach((uid, byType) -> typesBelow.put(uid, shelves(byType)));
    }

    private static <K> void put(Map<K, List<Entry>> map, K key, Entry entry) {
      map.computeIfAbsent(key, k -> new ArrayList<>()).add(entry);
    }

    private <K> Map<K, Shelf> shelves(Map<K, List<Entry>> lists) {
      Map<K, Shelf> shelves = new HashMap<>();
      lists.forEach((key, entries) -> shelves.put(key, build(entries, axis.next())));
      return shelves;
    }

    @Override
    void visit(Env env, Engine.Found found) {
      Env.Place place = axis.place(env);
      visit(any, env, found);
      if (!exact.isEmpty()) {
        visit(exact.get(place.uid()), env, found);
      }
      if (!types.isEmpty()) {
        visit(types.get(place.uid().type()), env, found);
      }
      if (!below.isEmpty()) {
        for (EntityUid uid : place.line()) {
          visit(below.get(uid), env, found);
        }
      }
      if (!typesBelow.isEmpty()) {
        for (EntityUid uid : place.line()) {
          Map<String, Shelf> byType = typesBelow.get(uid);
          if (byType != null) {
            visit(byType.get(place.uid().type()), env, found);
          }
        }
      }
    }

    private static void visit(@Nullable Shelf shelf, Env env, Engine.Found found) {
      if (shelf != null) {
        shelf.visit(env, found);
      }
    }
  }

  private static EntityUid uid(Scope.EntityTarget target) {
    return switch (target) {
      case Scope.Named(EntityUid uid) -> uid;
      case Scope.Open(Slot slot) ->
          throw new IllegalStateException("a policy has no open slot: " + slot.word());
    };
  }
}
