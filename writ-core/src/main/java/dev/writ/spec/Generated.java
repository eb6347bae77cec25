package dev.writ.spec;

import dev.writ.base.WorkflowId;
import dev.writ.catalogue.Workload;
import dev.writ.policy.Effect;
import dev.writ.policy.EntityUid;
import dev.writ.policy.Expr;
import dev.writ.policy.Function;
import dev.writ.policy.Operator;
import dev.writ.policy.Policy;
import dev.writ.policy.PolicySet;
import dev.writ.policy.Rule;
import dev.writ.policy.Scope;
import dev.writ.vocabulary.Uids;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The policies a spec comes to: a permit for each grant with its limits as conditions, a forbid for
 * each prohibition, each under the id of its line ({@code grant-1}, {@code prohibited-1}) and
 * scoped to the workflow. What people review.
 */
public final class Generated {
  private final ResolvedSpec resolved;
  private final EntityUid workflow;

  private Generated(ResolvedSpec resolved, EntityUid workflow) {
    this.resolved = resolved;
    this.workflow = workflow;
  }

  /** The policies of a resolved spec for its workflow; none but forbids when it is retired. */
  public static PolicySet policies(ResolvedSpec resolved, WorkflowId workflow) {
    return new Generated(resolved, Uids.workflow(workflow)).policies();
  }

  private PolicySet policies() {
    List<Policy> policies = new ArrayList<>();
    List<Grant> grants = resolved.spec().grants();
    for (int i = 0; i < grants.size(); i++) {
      policies.add(policy("grant-" + (i + 1), permit(grants.get(i))));
    }
    List<Prohibition> prohibited = resolved.spec().prohibited();
    for (int i = 0; i < prohibited.size(); i++) {
      policies.add(policy("prohibited-" + (i + 1), forbid(prohibited.get(i))));
    }
    return PolicySet.of(policies);
  }

  private static Policy policy(String id, Rule rule) {
    return new Policy(id, rule.annotated("id", id));
  }

  private Rule permit(Grant grant) {
    Rule rule =
        Rule.of(Effect.PERMIT)
            .principal(Scope.in(workflow))
            .action(actions(grant.actions()))
            .resource(Scope.is(Uids.resource(grant.environment(), grant.resource())))
            .when(holder())
            .when(circumstances());
    for (Expr limit : targets(grant.targets())) {
      rule = rule.when(limit);
    }
    for (Expr limit : limits(grant.limits())) {
      rule = rule.when(limit);
    }
    return rule;
  }

  /** Never looks at the context: a forbid that cannot err cannot be made to. */
  private Rule forbid(Prohibition prohibition) {
    Rule rule =
        Rule.of(Effect.FORBID)
            .principal(Scope.in(workflow))
            .action(actions(prohibition.actions()))
            .resource(Scope.in(Uids.asset(prohibition.resource())));
    return prohibition
        .environment()
        .map(e -> rule.when(Expr.resource().in(Uids.environment(e))))
        .orElse(rule);
  }

  private static Scope actions(List<String> actions) {
    return actions.size() == 1
        ? Scope.is(Uids.action(actions.getFirst()))
        : Scope.inAny(actions.stream().map(Uids::action).toList());
  }

  private static Expr context(String first, String... rest) {
    Expr at = Expr.context().get(first);
    for (String name : rest) {
      at = at.get(name);
    }
    return at;
  }

  /**
   * The workload itself, or a delegate no deeper than agreed; always in the workload's own task.
   */
  private Expr holder() {
    EntityUid own = Uids.workload(resolved.spec().identity().workload());
    Expr depth = context("task", "delegationDepth");
    Expr itself = Expr.principal().eq(own).and(depth.op(Operator.EQUAL, Expr.of(0)));
    Expr ownTask = context("task", "workload").eq(own);
    List<Workload> delegates = resolved.delegateWorkloads();
    if (delegates.isEmpty()) {
      return ownTask.and(itself);
    }
    Expr delegate =
        Expr.setOf(delegates.stream().map(Uids::workload).toList())
            .contains(Expr.principal())
            .and(depth.op(Operator.GREATER_OR_EQUAL, Expr.of(1)))
            .and(depth.op(Operator.LESS_OR_EQUAL, Expr.of(resolved.spec().task().depth())));
    return ownTask.and(itself.or(delegate));
  }

  private Expr circumstances() {
    Spec spec = resolved.spec();
    Expr stage = context("stage").op(Operator.EQUAL, Expr.of(spec.stage().word()));
    Expr initiator =
        Expr.strings(spec.initiators().stream().map(Initiator::word).toList())
            .contains(context("task", "initiator"));
    Expr inTime =
        context("now")
            .op(Operator.LESS, Expr.call(Function.DATETIME, Expr.of(spec.until().toString())));
    Expr all = stage.and(initiator).and(inTime);
    return spec.purpose()
        .process()
        .map(p ->
            Expr.context()
                .has("process")
                .and(context("process").op(Operator.EQUAL, Expr.of(p)))
                .and(all))
        .orElse(all);
  }

  /** A call that names no target of a dimension would reach all of them, so it is outside. */
  private static List<Expr> targets(Targets targets) {
    List<Expr> out = new ArrayList<>();
    switch (targets) {
      case Targets.Unstated() -> {}
      case Targets.Any() -> {}
      case Targets.Named(Map<String, List<String>> byDimension) ->
          byDimension.forEach((dimension, ids) -> {
            Expr named = context("targets", dimension);
            out.add(
                context("targets")
                    .has(dimension)
                    .and(new Expr.IsEmpty(named).not())
                    .and(Expr.strings(ids).op(Operator.CONTAINS_ALL, named)));
          });
    }
    return out;
  }

  private static List<Expr> limits(Limits limits) {
    List<Expr> out = new ArrayList<>();
    limits.calls().ifPresent(n -> out.add(context("usage", "calls").op(Operator.LESS, Expr.of(n))));
    limits.rows().ifPresent(n -> out.add(context("usage", "rows").op(Operator.LESS, Expr.of(n))));
    limits
        .amount()
        .ifPresent(most ->
            out.add(
                context("arguments")
                    .has("amount")
                    .and(
                        Expr.call(
                            Function.LESS_THAN_OR_EQUAL,
                            context("arguments", "amount"),
                            decimal(most)))
                    .and(
                        Expr.call(
                            Function.GREATER_THAN_OR_EQUAL,
                            context("arguments", "amount"),
                            decimal(BigDecimal.ZERO)))));
    return out;
  }

  private static Expr decimal(BigDecimal amount) {
    return Expr.call(
        Function.DECIMAL, Expr.of(amount.setScale(Math.max(1, amount.scale())).toPlainString()));
  }
}
