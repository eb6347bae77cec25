package dev.writ.admission;

import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Person;
import dev.writ.policy.Answer;
import dev.writ.policy.Engine;
import dev.writ.policy.Entities;
import dev.writ.policy.Policy;
import dev.writ.policy.PolicyError;
import dev.writ.policy.PolicySet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * An organisation's admission policies, ready to judge (DESIGN, section 6). A forbid with
 * {@code @requires} is lifted when the named requirement is met; any other that matches means
 * never; an error means never, named; and something has to permit.
 */
public final class AdmissionPolicy {
  private final PolicySet set;
  private final Engine engine;

  private AdmissionPolicy(PolicySet set) {
    this.set = set;
    this.engine = Engine.of(set);
  }

  /** A set whose annotations are those of admission policies, or every problem with them. */
  public static Parsed<AdmissionPolicy> of(PolicySet set) {
    List<Problem> problems = Annotations.check(set, Annotations.Use.ADMISSION);
    return problems.isEmpty() ? Parsed.ok(new AdmissionPolicy(set)) : Parsed.refused(problems);
  }

  public PolicySet policies() {
    return set;
  }

  /** The digest that dossiers name. */
  public Digest digest() {
    return set.digest();
  }

  /**
   * Judges a dossier. The dossier has to name this set.
   *
   * @param catalogue the one in force now: it says who may approve
   */
  public Judgement judge(Dossier dossier, Catalogue catalogue, Approvals approvals, Instant now) {
    if (!dossier.admission().equals(digest())) {
      throw new IllegalArgumentException("the dossier names another set of admission policies");
    }
    Optional<Person> requester = catalogue.person(dossier.requester()).filter(Person::active);
    if (requester.isEmpty()) {
      return never("the requester `" + dossier.requester() + "` is not an active person");
    }
    if (!now.isBefore(dossier.resolved().spec().until())) {
      return never("its end has passed");
    }
    Questions questions = new Questions(dossier, catalogue, now);
    Entities entities = questions.entities(requester.get());
    Case found = new Case();
    for (Questions.Question question : questions.all()) {
      found.add(question, engine.decide(question.request(), entities));
    }
    return found.judge(new Duties(catalogue, dossier), approvals);
  }

  private static Judgement never(String reason) {
    return new Judgement(new Admission.Never(List.of(reason)), List.of(), List.of());
  }

  /** What the policies said to all questions about one dossier. */
  private final class Case {
    private final SequencedSet<Policy> standing = new LinkedHashSet<>();
    private final SequencedSet<String> permits = new LinkedHashSet<>();
    private final SequencedSet<String> observed = new LinkedHashSet<>();
    private final SequencedSet<String> errors = new LinkedHashSet<>();
    private final SequencedSet<String> unpermitted = new LinkedHashSet<>();
    private final Map<String, Wish> wishes = new LinkedHashMap<>();

    /** A requirement with the policies that ask for it and the groups these are in. */
    private record Wish(
        String role,
        Optional<String> team,
        SequencedSet<String> policies,
        SequencedSet<String> groups) {}

    void add(Questions.Question question, Answer answer) {
      for (PolicyError error : answer.errors()) {
        if (Annotations.observes(error.policy())) {
          observed.add(error.policy().name());
        } else {
          errors.add("`" + error.policy().name() + "` erred: " + error.message());
        }
      }
      answer.permits().forEach(p -> permits.add(p.name()));
      if (answer.permits().isEmpty()) {
        unpermitted.add(question.request().resource().id());
      }
      for (Policy forbid : answer.forbids()) {
        if (Annotations.observes(forbid)) {
          observed.add(forbid.name());
        } else {
          standing.add(forbid);
          forbid.annotation("requires").ifPresent(r -> wish(r, forbid, question.teams()));
        }
      }
    }

    private void wish(String requires, Policy policy, List<String> teams) {
      String role = Annotations.role(requires).orElseThrow();
      if (!role.equals("resource-owner")) {
        wish(requires, role, Optional.empty(), policy);
        return;
      }
      // Each owner speaks for their own resources, so each is a requirement of its own.
      teams.forEach(t -> wish(requires + "/" + t, role, Optional.of(t), policy));
    }

    private void wish(String name, String role, Optional<String> team, Policy policy) {
      Wish wish =
          wishes.computeIfAbsent(
              name, n -> new Wish(role, team, new LinkedHashSet<>(), new LinkedHashSet<>()));
      wish.policies().add(policy.name());
      policy.annotation("sod").ifPresent(wish.groups()::add);
    }

    Judgement judge(Duties duties, Approvals approvals) {
      if (!errors.isEmpty()) {
        return answer(new Admission.Faulty(List.copyOf(errors)));
      }
      List<String> reasons = new ArrayList<>();
      for (Policy forbid : standing) {
        if (forbid.annotation("requires").isEmpty()) {
          reasons.add("`" + forbid.name() + "` forbids it");
        }
      }
      unpermitted.forEach(what -> reasons.add("no policy permits it for `" + what + "`"));
      return reasons.isEmpty()
          ? requirements(duties, approvals)
          : answer(new Admission.Never(reasons));
    }

    private Judgement requirements(Duties duties, Approvals approvals) {
      Map<String, List<String>> able = new LinkedHashMap<>();
      Map<String, List<String>> willing = new LinkedHashMap<>();
      Map<String, List<String>> groups = new LinkedHashMap<>();
      wishes.forEach((name, wish) -> {
        List<String> eligible =
            wish.team().map(duties::ofTeam).orElseGet(() -> duties.eligible(wish.role()));
        able.put(name, eligible);
        willing.put(name, approvals.of(name).stream().filter(eligible::contains).toList());
        groups.put(name, List.copyOf(wish.groups()));
      });
      Map<String, String> met = Duties.assign(willing, groups);
      List<Requirement> missing = new ArrayList<>();
      List<String> faults = new ArrayList<>();
      wishes.forEach((name, wish) -> {
        if (!met.containsKey(name)) {
          List<String> free = free(name, able.getOrDefault(name, List.of()), met, groups);
          missing.add(new Requirement(name, wish.role(), free, List.copyOf(wish.policies())));
          if (free.isEmpty()) {
            faults.add("`" + name + "` is required and nobody could give it");
          }
        }
      });
      if (!faults.isEmpty()) {
        return answer(new Admission.Faulty(faults));
      }
      if (!missing.isEmpty()) {
        return answer(new Admission.Requires(missing));
      }
      List<Admission.Met> all = new ArrayList<>();
      wishes.keySet().forEach(name -> all.add(new Admission.Met(name, met.getOrDefault(name, ""))));
      return answer(new Admission.Admitted(all));
    }

    /** Those who could meet it without meeting another requirement of its groups. */
    private static List<String> free(
        String name,
        List<String> eligible,
        Map<String, String> met,
        Map<String, List<String>> groups) {
      return eligible.stream()
          .filter(person ->
              met.entrySet().stream()
                  .noneMatch(m ->
                      m.getValue().equals(person) && Duties.shareGroup(m.getKey(), name, groups)))
          .toList();
    }

    private Judgement answer(Admission admission) {
      List<String> names = new ArrayList<>();
      for (Policy policy : set.policies()) {
        boolean made =
            standing.contains(policy) || (standing.isEmpty() && permits.contains(policy.name()));
        if (made) {
          names.add(policy.name());
        }
      }
      return new Judgement(admission, names, List.copyOf(observed));
    }
  }
}
