package dev.writ.sim;

import static dev.writ.sim.LogAuditor.require;

import dev.writ.base.CallId;
import dev.writ.base.Json;
import dev.writ.base.WritId;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.operation.CompleteTask;
import dev.writ.operation.DecideCall;
import dev.writ.operation.EndOverdue;
import dev.writ.operation.ExchangeToken;
import dev.writ.operation.IntrospectToken;
import dev.writ.operation.OpenTask;
import dev.writ.operation.RecordOutcome;
import dev.writ.operation.Refusal;
import dev.writ.operation.RenewToken;
import dev.writ.operation.RevokeToken;
import dev.writ.sim.LifeScene.Asked;
import dev.writ.sim.LifeScene.Job;
import dev.writ.token.Permission;
import dev.writ.token.SignedToken;
import dev.writ.token.Targets;
import dev.writ.token.VerifiedToken;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Workloads that open tasks, hand tokens on, call and stop, and a chore, rightly and wrongly; each
 * answer is held against the log.
 */
final class LifeWorkloads {
  private static final int MOST_TASKS = 10;

  private final LifeScene scene;
  private final List<Run> runs = new ArrayList<>();

  /** What a task's workload and its delegate know. */
  record Run(String workload, List<VerifiedToken> tokens, List<CallId> calls) {
    VerifiedToken first() {
      return tokens.getFirst();
    }
  }

  LifeWorkloads(LifeScene scene) {
    this.scene = scene;
  }

  List<Run> runs() {
    return runs;
  }

  private static VerifiedToken verified(SignedToken token) {
    return new VerifiedToken(
        token.draft().id(),
        token.draft().task(),
        token.draft().client(),
        token.draft().audience(),
        token.draft().until(),
        token.draft().thumbprint());
  }

  /** A token somebody was given. */
  private VerifiedToken given(SignedToken token, Asked asked) {
    Optional<LifeAuditor.Held> held = scene.auditor().token(token.draft().id());
    require(held.isPresent(), "I4: a token given and not recorded");
    if (held.orElseThrow().at() < asked.size()) {
      scene.mark(LifeMark.REPEATED_TOKEN);
    }
    return verified(token);
  }

  Job<OpenTask.Reply> open(LifePeople.Workflow workflow, WritId writ) {
    String workload = workflow.matcher() ? LifeWorld.MATCHER : LifeWorld.SUMMARISER;
    OpenTask.Request request =
        new OpenTask.Request(
            scene.chance().oneIn(8) ? LifeWorld.SUMMARISER : workload,
            writ,
            List.of(),
            Optional.empty(),
            scene.key());
    return new Job<>(
        "open",
        p ->
            new OpenTask(p.ledger(), LifeWorld::sign, p.entropy(), LifeWorld.AUDIENCES)
                .run(request),
        (reply, asked) -> {
          switch (reply) {
            case OpenTask.Reply.Opened(SignedToken token) -> {
              VerifiedToken first = given(token, asked);
              scene.mark(LifeMark.TASK_OPENED);
              boolean known = runs.stream().anyMatch(r -> r.first().id().equals(first.id()));
              if (!known) {
                runs.add(new Run(request.workload(), new ArrayList<>(List.of(first)), list()));
              }
              if (runs.size() > MOST_TASKS) {
                runs.removeFirst();
              }
            }
            case OpenTask.Reply.Refused(Refusal why) -> {
              scene.strange(why);
              if (why instanceof Refusal.WritNotInForce) {
                workflow.without(writ);
              }
            }
          }
        });
  }

  /** Most look no further once a token was refused; some go on asking. */
  private void forget(Run run) {
    if (!scene.chance().oneIn(5)) {
      runs.remove(run);
    }
  }

  private static List<CallId> list() {
    return new ArrayList<>();
  }

  Job<ExchangeToken.Reply> exchange(Run run) {
    List<Permission> wanted =
        switch (scene.chance().below(4)) {
          case 0 -> List.of();
          case 1 -> List.of(permission("read", "sup-311", 5));
          case 2 -> List.of(permission("read", "sup-118", 500));
          default -> List.of(permission("read", "sup-118", 3));
        };
    ExchangeToken.Request request =
        new ExchangeToken.Request(
            scene.chance().oneIn(6) ? LifeWorld.MATCHER : LifeWorld.SUMMARISER,
            scene.chance().of(run.tokens()),
            wanted,
            Optional.empty(),
            scene.key());
    return new Job<>(
        "exchange",
        p ->
            new ExchangeToken(p.ledger(), LifeWorld::sign, p.entropy(), LifeWorld.AUDIENCES)
                .run(request),
        (reply, asked) -> {
          switch (reply) {
            case ExchangeToken.Reply.Issued(SignedToken token) -> {
              run.tokens().add(given(token, asked));
              scene.mark(LifeMark.EXCHANGED);
            }
            case ExchangeToken.Reply.Refused(Refusal why) -> {
              LifeScene.explained(why);
              if (why instanceof Refusal.Wider) {
                scene.mark(LifeMark.WIDER_REFUSED);
              }
            }
          }
        });
  }

  private static Permission permission(String action, String supplier, long calls) {
    TreeMap<String, NavigableSet<String>> targets = new TreeMap<>();
    targets.put("supplier", new TreeSet<>(List.of(supplier)));
    TreeMap<String, Long> limits = new TreeMap<>();
    limits.put("calls", calls);
    return new Permission(
        new TreeSet<>(List.of(action)),
        "ap-db/invoices",
        "staging",
        new Targets.Listed(targets),
        limits);
  }

  Job<RenewToken.Reply> renew(Run run) {
    RenewToken.Request request =
        new RenewToken.Request(
            run.workload(), run.first().task(), List.of(), Optional.empty(), scene.key());
    return new Job<>(
        "renew",
        p ->
            new RenewToken(p.ledger(), LifeWorld::sign, p.entropy(), LifeWorld.AUDIENCES)
                .run(request),
        (reply, asked) -> {
          switch (reply) {
            case RenewToken.Reply.Issued(SignedToken token) -> {
              run.tokens().add(given(token, asked));
              scene.mark(LifeMark.RENEWED);
            }
            case RenewToken.Reply.Refused(Refusal why) -> LifeScene.explained(why);
          }
        });
  }

  Job<IntrospectToken.Reply> introspect(Run run) {
    VerifiedToken token = scene.chance().of(run.tokens());
    return new Job<>(
        "introspect",
        p -> new IntrospectToken(p.ledger(), p.clock()).run(new IntrospectToken.Request(token)),
        (reply, asked) -> {
          if (reply instanceof IntrospectToken.Reply.Active) {
            scene.mark(LifeMark.FOUND_ACTIVE);
            require(
                scene.auditor().ended(token.id()).filter(at -> at < asked.size()).isEmpty(),
                "I5: active after its end was recorded");
            require(
                asked.at().isBefore(scene.auditor().until(token.id())),
                "I3: active when the record was past its end");
          } else {
            scene.mark(LifeMark.FOUND_INACTIVE);
            forget(run);
          }
        });
  }

  Job<CompleteTask.Reply> complete(Run run) {
    Actor by =
        scene.chance().oneIn(3)
            ? new Actor.Person(LifeWorld.STRANGER)
            : new Actor.Workload(run.workload());
    CompleteTask.Request request =
        new CompleteTask.Request(by, run.first().task(), Fact.Cause.COMPLETED);
    return new Job<>(
        "complete",
        p -> new CompleteTask(p.ledger()).run(request),
        (reply, asked) -> {
          switch (reply) {
            case CompleteTask.Reply.Completed completed -> {
              require(
                  scene.auditor().run(completed.task()).flatMap(LifeAuditor.Run::ended).isPresent(),
                  "I5: a task's end was acknowledged and is not in force");
              scene.mark(LifeMark.TASK_COMPLETED);
            }
            case CompleteTask.Reply.Refused(Refusal why) -> scene.strange(why);
          }
        });
  }

  Job<RevokeToken.Reply> revoke(Run run) {
    VerifiedToken token = scene.chance().of(run.tokens());
    String by =
        scene.chance().oneIn(4) ? "spiffe://brightwater.example/nobody/at-all" : token.client();
    RevokeToken.Request request = new RevokeToken.Request(by, token);
    return new Job<>(
        "revoke",
        p -> new RevokeToken(p.ledger()).run(request),
        (reply, asked) -> {
          switch (reply) {
            case RevokeToken.Reply.Revoked(long count) -> {
              if (count > 0) {
                require(
                    scene.auditor().ended(token.id()).isPresent(),
                    "I5: a token's end was acknowledged and is not in force");
                scene.mark(LifeMark.TOKEN_REVOKED);
              }
            }
            case RevokeToken.Reply.Refused(Refusal why) -> scene.strange(why);
          }
        });
  }

  // --- Calls ---

  Job<DecideCall.Reply> decide(Run run) {
    VerifiedToken token = scene.chance().of(run.tokens());
    String tool =
        scene
            .chance()
            .of(List.of("list_invoices", "list_invoices", "update_invoice", "create_payment"));
    String supplier = scene.chance().of(List.of("sup-118", "sup-118", "sup-204", "sup-311"));
    Json.Builder arguments = Json.object().put("supplier", supplier);
    if (tool.equals("update_invoice")) {
      arguments.put("invoice", "inv-7001").put("status", "matched");
    } else if (scene.chance().oneIn(3)) {
      arguments.put("limit", 1 + scene.chance().below(2));
    }
    DecideCall.Request request =
        new DecideCall.Request(
            token.task(), token.id(), tool, arguments.build(), Optional.of(scene.key()));
    return new Job<>(
        "decide",
        p ->
            new DecideCall(
                    p.ledger(),
                    scene.world().library(),
                    scene.world().payloads(p.entropy()),
                    p.entropy())
                .run(request),
        (reply, asked) -> decided(run, reply));
  }

  private void decided(Run run, DecideCall.Reply reply) {
    switch (reply) {
      case DecideCall.Reply.Allowed allowed -> {
        require(
            scene.auditor().calls().knows(allowed.call()), "I4: an allow told of and not recorded");
        scene.mark(LifeMark.ALLOWED);
        run.calls().add(allowed.call());
      }
      case DecideCall.Reply.Denied denied -> {
        require(
            scene.auditor().calls().knows(denied.call()), "I4: a denial told of and not recorded");
        require(!denied.why().isEmpty(), "I10: a denial without a reason");
        scene.mark(LifeMark.DENIED);
        if (!denied.verdict().errors().isEmpty()) {
          scene.mark(LifeMark.GUARDRAIL_ERRED);
        }
      }
      case DecideCall.Reply.Repeated(CallId call) ->
          require(scene.auditor().calls().knows(call), "I4: a repeat of what was not recorded");
      case DecideCall.Reply.Refused(Refusal why) -> {
        LifeScene.explained(why);
        forget(run);
      }
    }
  }

  Job<RecordOutcome.Reply> outcome(Run run) {
    CallId call = run.calls().removeFirst();
    TreeMap<String, Long> used = new TreeMap<>();
    used.put("rows", scene.chance().between(0, 12));
    RecordOutcome.Outcome outcome =
        switch (scene.chance().below(4)) {
          case 0 -> new RecordOutcome.Outcome.Failed("timeout");
          case 1 -> new RecordOutcome.Outcome.Lost(Fact.Sent.NEVER);
          default -> new RecordOutcome.Outcome.Returned(new byte[] {'{', '}'}, false, used);
        };
    RecordOutcome.Request request =
        new RecordOutcome.Request(
            new Actor.Workload(run.workload()), run.first().task(), call, outcome);
    return new Job<>(
        "outcome",
        p -> new RecordOutcome(p.ledger(), scene.world().payloads(p.entropy())).run(request),
        (reply, asked) -> {
          switch (reply) {
            case RecordOutcome.Reply.Recorded recorded -> {
              require(
                  !scene.auditor().calls().open().contains(call),
                  "I4: an outcome told of and not recorded");
              scene.mark(LifeMark.OUTCOME_RECORDED);
            }
            case RecordOutcome.Reply.Refused(Refusal why) -> LifeScene.explained(why);
          }
        });
  }

  /** The chore, at the node that is asked. */
  Job<Integer> endOverdue(SimNode node) {
    return new Job<>(
        "end overdue",
        p -> new EndOverdue(p.ledger(), p.clock(), node.id(), EndOverdue.LONGEST_CALL).run(),
        (facts, asked) -> {
          if (facts > 0) {
            scene.mark(LifeMark.ENDED_BY_TIME);
          }
        });
  }
}
