package dev.writ.operation;

import dev.writ.base.Problem;
import dev.writ.fact.Fact;
import dev.writ.state.Standing;
import dev.writ.token.Permission;
import java.util.List;
import java.util.Locale;

/**
 * Writ understood and said no. Each has a stable name, a page in {@code docs/problems/}, and its
 * place in every dialect's switch. What, and what to do next, is written for the person who is
 * stuck.
 */
public sealed interface Refusal {
  /** The stable name: the record's own in lower case with hyphens. */
  default String name() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  /** What was refused and why. */
  String what();

  /** What to do next. */
  String remedy();

  /** The input has these problems. */
  record InputInvalid(List<Problem> problems) implements Refusal {
    public InputInvalid {
      problems = List.copyOf(problems);
    }

    @Override
    public String what() {
      return "The input has " + problems.size() + (problems.size() == 1 ? " problem" : " problems");
    }

    @Override
    public String remedy() {
      return "Correct what is listed and send it again";
    }
  }

  /** The ledger has not been founded. */
  record NotFounded() implements Refusal {
    @Override
    public String what() {
      return "This ledger has not been founded";
    }

    @Override
    public String remedy() {
      return "Run `writ init`";
    }
  }

  /** The ledger was founded before; its mode and founder stay for ever. */
  record AlreadyFounded() implements Refusal {
    @Override
    public String what() {
      return "This ledger was founded before";
    }

    @Override
    public String remedy() {
      return "Use it as it is, or found another in an empty database";
    }
  }

  /** The person does not hold the duty this needs. */
  record DutyMissing(Fact.Duty duty) implements Refusal {
    @Override
    public String what() {
      return "This needs the duty `" + duty.name().toLowerCase(Locale.ROOT) + "`";
    }

    @Override
    public String remedy() {
      return "Ask somebody who holds it, or a founder to appoint you";
    }
  }

  /** A founder can only appoint others. */
  record SelfAppointment() implements Refusal {
    @Override
    public String what() {
      return "Nobody appoints themselves";
    }

    @Override
    public String remedy() {
      return "Appoint somebody else";
    }
  }

  /** A production ledger needs two people for this. */
  record SecondPersonNeeded() implements Refusal {
    @Override
    public String what() {
      return "A production ledger takes this only from two people";
    }

    @Override
    public String remedy() {
      return "See docs/limits.md for what a production ledger cannot do yet";
    }
  }

  /** Something that must be published first is not. */
  record NotPublished(String missing) implements Refusal {
    @Override
    public String what() {
      return "No " + missing + " is published";
    }

    @Override
    public String remedy() {
      return "Publish one first";
    }
  }

  /** The person is not in the catalogue, or has left. */
  record PersonUnknown(String person) implements Refusal {
    @Override
    public String what() {
      return "`" + person + "` is no active person of the catalogue";
    }

    @Override
    public String remedy() {
      return "Sign in as somebody who is";
    }
  }

  /** No such workflow. */
  record WorkflowUnknown() implements Refusal {
    @Override
    public String what() {
      return "There is no such workflow";
    }

    @Override
    public String remedy() {
      return "Check its id";
    }
  }

  /** The dossier is not waiting: unknown, replaced by a newer spec, or admitted already. */
  record DossierUnknown() implements Refusal {
    @Override
    public String what() {
      return "No dossier with this digest is waiting";
    }

    @Override
    public String remedy() {
      return "Look at the workflow: a newer spec voids the approvals of the one before";
    }
  }

  /** The catalogue or the policies changed while the request was computed. */
  record Moved() implements Refusal {
    @Override
    public String what() {
      return "Catalogue or policies changed meanwhile";
    }

    @Override
    public String remedy() {
      return "Submit the spec again, so that people approve what will be in force";
    }
  }

  /** Admission policy says never. */
  record NeverAdmitted(List<String> policies) implements Refusal {
    public NeverAdmitted {
      policies = List.copyOf(policies);
    }

    @Override
    public String what() {
      return "Admission policy refuses this spec: " + String.join(", ", policies);
    }

    @Override
    public String remedy() {
      return "Change the spec, or the policy";
    }
  }

  /** Admission policy is at fault: it erred, or asks for what nobody can give. */
  record PolicyFaulty(List<String> errors) implements Refusal {
    public PolicyFaulty {
      errors = List.copyOf(errors);
    }

    @Override
    public String what() {
      return "Admission policy is at fault: " + String.join(", ", errors);
    }

    @Override
    public String remedy() {
      return "Tell the people who publish policies";
    }
  }

  /** The requester of a spec may not approve it, nor an agent for them (invariant I8). */
  record SelfApproval() implements Refusal {
    @Override
    public String what() {
      return "The requester may not approve";
    }

    @Override
    public String remedy() {
      return "Ask one of the people named in the dossier";
    }
  }

  /** This person cannot meet any requirement that is still open. */
  record NotEligible(List<String> missing) implements Refusal {
    public NotEligible {
      missing = List.copyOf(missing);
    }

    @Override
    public String what() {
      return "You can meet none of what is missing: " + String.join(", ", missing);
    }

    @Override
    public String remedy() {
      return "Ask one of the people named in the dossier";
    }
  }

  /** The person has met a requirement of this dossier already; others must meet the rest. */
  record AlreadyApproved() implements Refusal {
    @Override
    public String what() {
      return "You have approved this dossier";
    }

    @Override
    public String remedy() {
      return "The rest must come from other people";
    }
  }

  /** The writ does not exist, was ended, or is over by time. */
  record WritNotInForce() implements Refusal {
    @Override
    public String what() {
      return "No such writ is in force";
    }

    @Override
    public String remedy() {
      return "Submit the workflow's spec again and have it approved";
    }
  }

  /** The end that the spec names has passed. */
  record SpecOver() implements Refusal {
    @Override
    public String what() {
      return "The spec's end has passed";
    }

    @Override
    public String remedy() {
      return "Give `until` a later instant and submit it again";
    }
  }

  /** The workload already belongs to another workflow; identities are never shared. */
  record WorkloadTaken() implements Refusal {
    @Override
    public String what() {
      return "The workload identity belongs to another workflow";
    }

    @Override
    public String remedy() {
      return "Give this workflow an identity of its own";
    }
  }

  /** The writ names neither as its workload nor as a delegate who asks. */
  record WorkloadNotNamed() implements Refusal {
    @Override
    public String what() {
      return "The writ does not name this workload";
    }

    @Override
    public String remedy() {
      return "Use the workload that the spec names, or name this one in a new spec";
    }
  }

  /** Only an owner of the workflow or its requester may do this. */
  record NotOwner() implements Refusal {
    @Override
    public String what() {
      return "Only an owner of the workflow or its requester may do this";
    }

    @Override
    public String remedy() {
      return "Ask one of them";
    }
  }

  /** The enrolment code is wrong, used or over. */
  record EnrolmentInvalid() implements Refusal {
    @Override
    public String what() {
      return "The enrolment code is wrong, was used, or is older than ten minutes";
    }

    @Override
    public String remedy() {
      return "Ask an owner for a new one";
    }
  }

  /** The code by which a node joins is wrong, used or over. */
  record JoinInvalid() implements Refusal {
    @Override
    public String what() {
      return "The code for a node is wrong, was used, or is older than ten minutes";
    }

    @Override
    public String remedy() {
      return "Ask an operator for a new one with `writ node offer`";
    }
  }

  /** A limit of this ledger is reached. */
  record LimitReached(String limit) implements Refusal {
    @Override
    public String what() {
      return "The limit of " + limit + " is reached";
    }

    @Override
    public String remedy() {
      return "End what is not needed; docs/limits.md lists all limits";
    }
  }

  /** The token, or what it hangs on, is not live. */
  record TokenNotLive(Standing.Why why) implements Refusal {
    @Override
    public String what() {
      return switch (why) {
        case TASK_UNKNOWN, TASK_ENDED -> "The task has ended";
        case TASK_OVER -> "The task's time is over";
        case WRIT_OVER -> "The writ is no longer in force";
        case TOKEN_UNKNOWN -> "The token was revoked, or never issued";
        case TOKEN_EXPIRED -> "The token has expired";
      };
    }

    @Override
    public String remedy() {
      return switch (why) {
        case TASK_UNKNOWN, TASK_ENDED, TASK_OVER -> "Open a new task";
        case WRIT_OVER -> "Have the workflow's spec approved again";
        case TOKEN_UNKNOWN, TOKEN_EXPIRED -> "Ask for a new token";
      };
    }
  }

  /** The task is not open. */
  record TaskNotOpen() implements Refusal {
    @Override
    public String what() {
      return "No such task is open";
    }

    @Override
    public String remedy() {
      return "It may have ended; look at the workflow's tasks";
    }
  }

  /** Authority only shrinks: these wishes lie outside. */
  record Wider(List<Permission> offending) implements Refusal {
    public Wider {
      offending = List.copyOf(offending);
    }

    @Override
    public String what() {
      return offending.isEmpty()
          ? "Nothing was asked for"
          : "More was asked for than is held: "
              + String.join(
                  "; ",
                  offending.stream()
                      .map(p -> p.actions() + " on " + p.resource() + " in " + p.environment())
                      .toList());
    }

    @Override
    public String remedy() {
      return "Ask for less, or have a wider spec approved";
    }
  }

  /** The chain of delegation is as deep as the spec allows. */
  record TooDeep(int depth) implements Refusal {
    @Override
    public String what() {
      return "The spec allows delegation " + depth + " deep";
    }

    @Override
    public String remedy() {
      return "Do the work with the token at hand";
    }
  }

  /** The resource a token is wanted for is none of ours. */
  record AudienceUnknown(String audience) implements Refusal {
    @Override
    public String what() {
      return "`" + audience + "` is no resource this server issues tokens for";
    }

    @Override
    public String remedy() {
      return "Leave `resource` and `audience` out, or name the gateway";
    }
  }

  /** The key of this command was used for another request. */
  record KeyReused() implements Refusal {
    @Override
    public String what() {
      return "This idempotency key was used for another request";
    }

    @Override
    public String remedy() {
      return "Use a fresh key";
    }
  }

  /** The key that was to be replaced signs no more. */
  record KeyReplaced(String present) implements Refusal {
    @Override
    public String what() {
      return "The key was replaced already: `" + present + "` signs now";
    }

    @Override
    public String remedy() {
      return "Look with `writ keys list`, and rotate again only if that one is to go too";
    }
  }

  /** The call has an outcome, or was never allowed. */
  record CallNotOpen() implements Refusal {
    @Override
    public String what() {
      return "No such call waits for an outcome";
    }

    @Override
    public String remedy() {
      return "Record each outcome once";
    }
  }
}
