package dev.writ.sim;

import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.token.Permission;
import dev.writ.token.Scope;
import dev.writ.token.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Deliberate faults of operations, one for each invariant. Each must be found by a run. */
enum LifeCanaries implements LifePlan.Spoil {
  /** A writ comes into force, and its last approval was never given. */
  I1("I1: a writ without its approvals") {
    @Override
    public List<FactDraft> facts(List<FactDraft> facts) {
      return issued(facts).isPresent()
          ? facts.stream().filter(d -> !(d.fact() instanceof Fact.ApprovalGiven)).toList()
          : facts;
    }
  },
  /** An exchanged token reaches further than the one it was exchanged for. */
  I2("I2: a token may do more than its parent") {
    @Override
    public List<FactDraft> facts(List<FactDraft> facts) {
      return each(
          facts,
          fact ->
              fact instanceof Fact.TokenIssued f && f.parent().isPresent()
                  ? new Fact.TokenIssued(
                      f.token(),
                      f.parent(),
                      f.workload(),
                      f.audience(),
                      f.until(),
                      Optional.of(everything()),
                      f.thumbprint())
                  : fact);
    }
  },
  /** A token lives longer than its task. */
  I3("I3: a token outlives its task") {
    @Override
    public List<FactDraft> facts(List<FactDraft> facts) {
      return each(
          facts,
          fact ->
              fact instanceof Fact.TokenIssued f
                  ? new Fact.TokenIssued(
                      f.token(),
                      f.parent(),
                      f.workload(),
                      f.audience(),
                      f.until().plus(Duration.ofHours(1)),
                      f.narrowed(),
                      f.thumbprint())
                  : fact);
    }
  },
  /** An allow is told to its caller and not written down. */
  I4("I4: an allow told of and not recorded") {
    @Override
    public List<FactDraft> facts(List<FactDraft> facts) {
      return facts.stream().filter(d -> !allows(d.fact())).toList();
    }
  },
  /** A task's end is acknowledged and nothing ends. */
  I5("end was acknowledged and is not in force") {
    @Override
    public List<FactDraft> facts(List<FactDraft> facts) {
      boolean ends = facts.stream().anyMatch(d -> d.fact() instanceof Fact.TaskCompleted);
      return ends ? List.of() : facts;
    }
  },
  /** A call is attributed to somebody else. */
  I6("I6: a call by another workload") {
    @Override
    public List<FactDraft> facts(List<FactDraft> facts) {
      return facts.stream()
          .map(d ->
              d.fact() instanceof Fact.CallDecided
                  ? new FactDraft(
                      new Actor.Workload("spiffe://brightwater.example/somebody/else"),
                      d.about(),
                      d.command(),
                      d.fact())
                  : d)
          .toList();
    }
  },
  /** A writ grants what nobody wrote. */
  I7("I7: a writ wider than its spec") {
    @Override
    public List<FactDraft> facts(List<FactDraft> facts) {
      return each(
          facts,
          fact ->
              fact instanceof Fact.WritIssued f
                  ? new Fact.WritIssued(
                      f.writ(),
                      f.dossier(),
                      f.spec(),
                      f.requester(),
                      f.workload(),
                      everything(),
                      f.terms())
                  : fact);
    }
  },
  /** The last approval is the requester's own. */
  I8("I8: the requester is an approver") {
    @Override
    public List<FactDraft> facts(List<FactDraft> facts) {
      Optional<String> requester = issued(facts).map(Fact.WritIssued::requester);
      if (requester.isEmpty()) {
        return facts;
      }
      List<FactDraft> out = new ArrayList<>();
      for (FactDraft draft : facts) {
        out.add(
            draft.fact() instanceof Fact.ApprovalGiven f
                ? new FactDraft(
                    new Actor.Person(requester.get()),
                    draft.about(),
                    draft.command(),
                    new Fact.ApprovalGiven(
                        f.dossier(), f.requirement(), requester.get(), f.assurance()))
                : draft);
      }
      return out;
    }
  },
  /** A decision names a policy that did not determine it. */
  I9("I9: a decision made again came out otherwise") {
    @Override
    public List<FactDraft> facts(List<FactDraft> facts) {
      return each(
          facts,
          fact ->
              fact instanceof Fact.CallDecided f && allows(f)
                  ? decided(
                      f,
                      new Fact.Verdict(
                          Fact.Decision.ALLOW, List.of("grant-9"), List.of(), "permitted"))
                  : fact);
    }
  },
  /** A guardrail that fails is as if it were not there. */
  I10("I10: a guardrail's error allowed") {
    @Override
    public List<FactDraft> facts(List<FactDraft> facts) {
      return each(
          facts,
          fact ->
              fact instanceof Fact.CallDecided f && !f.verdict().errors().isEmpty()
                  ? decided(
                      f,
                      new Fact.Verdict(
                          Fact.Decision.ALLOW, List.of("grant-1"), List.of(), "permitted"))
                  : fact);
    }
  };

  private final String found;

  LifeCanaries(String found) {
    this.found = found;
  }

  /** What a run has to say about it. */
  String found() {
    return found;
  }

  private static boolean allows(Fact fact) {
    return fact instanceof Fact.CallDecided f && f.verdict().decision() == Fact.Decision.ALLOW;
  }

  private static Optional<Fact.WritIssued> issued(List<FactDraft> facts) {
    return facts.stream()
        .map(FactDraft::fact)
        .filter(Fact.WritIssued.class::isInstance)
        .map(Fact.WritIssued.class::cast)
        .findFirst();
  }

  private static List<FactDraft> each(List<FactDraft> facts, UnaryOperator<Fact> change) {
    return facts.stream()
        .map(d -> new FactDraft(d.by(), d.about(), d.command(), change.apply(d.fact())))
        .toList();
  }

  private static Fact.CallDecided decided(Fact.CallDecided f, Fact.Verdict verdict) {
    return new Fact.CallDecided(
        f.call(), f.token(), f.tool(), verdict, f.basis(), f.sendUntil(), f.counts());
  }

  /** Far more than any spec of the simulated company asks for. */
  private static Scope everything() {
    return new Scope(
        List.of(
            new Permission(
                new TreeSet<>(List.of("read", "update", "export")),
                "ap-db/invoices",
                "staging",
                new Targets.Any(),
                new TreeMap<>())));
  }
}
