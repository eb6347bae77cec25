package dev.writ.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A policy set ready to decide: conditions compiled to closures, policies indexed by the action,
 * resource and principal of their heads. Immutable; any number of threads may use it.
 */
public final class Engine {
  private final PolicySet set;
  private final Shelf shelf;
  private final int slots;

  private Engine(PolicySet set) {
    this.set = set;
    Compiler compiler = new Compiler();
    List<Shelf.Entry> entries = new ArrayList<>();
    for (Policy policy : set.policies()) {
      entries.add(new Shelf.Entry(entries.size(), policy, compiler.conditions(policy.rule())));
    }
    this.shelf = Shelf.of(entries);
    this.slots = compiler.slots();
  }

  /** Prepares the set; its templates decide nothing. */
  public static Engine of(PolicySet set) {
    return new Engine(set);
  }

  /** The policies that decide. */
  public PolicySet policies() {
    return set;
  }

  /**
   * Decides as Cedar does, every policy looked at, errors reported. What Writ does with it is
   * {@link Answer#verdict}.
   */
  public Answer decide(Request request, Entities entities) {
    Found found = new Found(new Env(request, entities, slots));
    shelf.visit(found.env, found);
    return found.answer();
  }

  /** What the visited policies said. */
  static final class Found {
    private static final Comparator<Hit> BY_ORDER = Comparator.comparingInt(Hit::order);

    private record Hit(int order, Policy policy) {}

    private record Miss(int order, PolicyError error) {}

    private final Env env;
    private final List<Hit> permits = new ArrayList<>(2);
    private final List<Hit> forbids = new ArrayList<>(0);
    private final List<Miss> errors = new ArrayList<>(0);

    private Found(Env env) {
      this.env = env;
    }

    /** Evaluates a policy whose head matches. */
    void evaluate(Shelf.Entry entry) {
      Policy policy = entry.policy();
      try {
        if (entry.conditions().test(env)) {
          List<Hit> hits = policy.effect() == Effect.PERMIT ? permits : forbids;
          hits.add(new Hit(entry.order(), policy));
        }
      } catch (Fault fault) {
        errors.add(new Miss(entry.order(), new PolicyError(policy, fault.kind(), fault.what())));
      }
    }

    // A policy about several actions may be visited once for each that the request's action is in.
    private Answer answer() {
      return new Answer(policies(permits), policies(forbids), errors());
    }

    private static List<Policy> policies(List<Hit> hits) {
      if (hits.isEmpty()) {
        return List.of();
      }
      if (hits.size() == 1) {
        return List.of(hits.getFirst().policy);
      }
      hits.sort(BY_ORDER);
      List<Policy> policies = new ArrayList<>(hits.size());
      int last = -1;
      for (Hit hit : hits) {
        if (hit.order != last) {
          policies.add(hit.policy);
        }
        last = hit.order;
      }
      return policies;
    }

    private List<PolicyError> errors() {
      if (errors.isEmpty()) {
        return List.of();
      }
      errors.sort(Comparator.comparingInt(Miss::order));
      List<PolicyError> sorted = new ArrayList<>(errors.size());
      int last = -1;
      for (Miss miss : errors) {
        if (miss.order != last) {
          sorted.add(miss.error);
        }
        last = miss.order;
      }
      return sorted;
    }
  }
}
