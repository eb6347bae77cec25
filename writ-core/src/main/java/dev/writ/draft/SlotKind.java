package dev.writ.draft;

import java.util.Optional;

/**
 * What a slot holds. Slots are named by the path of the spec's line they become; those that no line
 * of a spec takes up are remarks for the people who review it.
 */
public enum SlotKind {
  NAME,
  SUBJECT,
  MODE,
  OWNER,
  IDENTITY_OWNER,
  SECURITY_OWNER,
  PROCESS,
  PURPOSE,
  STAGE,
  INITIATORS,
  RESOURCE,
  ACTIONS,
  ENVIRONMENT,
  TARGETS,
  ROWS,
  CALLS,
  UNTIL,
  TASK_LIFE,
  DELEGATES,
  REVOKE,
  /** People who are to approve. */
  APPROVALS,
  /** How deep it may hand on: a number, or {@code unbounded}. */
  DEPTH,
  /** What it may hand on, in the prompt's words. */
  DELEGATED,
  /** {@code scheduled-autonomous} or {@code on-behalf-of}. */
  RUNS,
  /** {@code static_requested}, {@code shared_human_credential} or {@code shared_account}. */
  CREDENTIAL,
  /** What ends the access early, in the prompt's words. */
  EVENT,
  /** Limits and conditions, in the prompt's words. */
  CONDITIONS,
  /** {@code all-current}: everything that is held now. */
  SCOPE;

  /** The kind of the slot at a path. */
  public static Optional<SlotKind> of(String path) {
    int dot = path.indexOf("].");
    if (path.startsWith("grants[") || path.startsWith("prohibited[")) {
      return dot < 0 ? Optional.empty() : ofLine(path.substring(dot + 2));
    }
    return switch (path) {
      case "name" -> Optional.of(NAME);
      case "identity.workload" -> Optional.of(SUBJECT);
      case "identity.mode" -> Optional.of(MODE);
      case "owners.product" -> Optional.of(OWNER);
      case "owners.identity" -> Optional.of(IDENTITY_OWNER);
      case "owners.security" -> Optional.of(SECURITY_OWNER);
      case "process" -> Optional.of(PROCESS);
      case "purpose" -> Optional.of(PURPOSE);
      case "stage" -> Optional.of(STAGE);
      case "initiators" -> Optional.of(INITIATORS);
      case "until" -> Optional.of(UNTIL);
      case "task.life" -> Optional.of(TASK_LIFE);
      case "task.delegation" -> Optional.of(DELEGATES);
      case "revoke" -> Optional.of(REVOKE);
      case "approvals" -> Optional.of(APPROVALS);
      case "delegation.depth" -> Optional.of(DEPTH);
      case "delegation.scope" -> Optional.of(DELEGATED);
      case "delegation.mode" -> Optional.of(RUNS);
      case "credential" -> Optional.of(CREDENTIAL);
      case "revocation.event" -> Optional.of(EVENT);
      case "conditions" -> Optional.of(CONDITIONS);
      case "scope" -> Optional.of(SCOPE);
      default -> Optional.empty();
    };
  }

  private static Optional<SlotKind> ofLine(String rest) {
    return switch (rest) {
      case "resource" -> Optional.of(RESOURCE);
      case "actions" -> Optional.of(ACTIONS);
      case "environment" -> Optional.of(ENVIRONMENT);
      case "targets" -> Optional.of(TARGETS);
      case "limits.rows" -> Optional.of(ROWS);
      case "limits.calls" -> Optional.of(CALLS);
      default -> Optional.empty();
    };
  }

  /** Which of the seven slots of a request this is; none for what policy or people add. */
  public Optional<Slot> slot() {
    return switch (this) {
      case SUBJECT -> Optional.of(Slot.SUBJECT);
      case OWNER -> Optional.of(Slot.OWNER);
      case PROCESS, PURPOSE -> Optional.of(Slot.PURPOSE);
      case RESOURCE -> Optional.of(Slot.RESOURCE);
      case ACTIONS -> Optional.of(Slot.ACTION);
      case ENVIRONMENT -> Optional.of(Slot.ENVIRONMENT);
      case UNTIL -> Optional.of(Slot.DURATION);
      case NAME,
          MODE,
          IDENTITY_OWNER,
          SECURITY_OWNER,
          STAGE,
          INITIATORS,
          TARGETS,
          ROWS,
          CALLS,
          TASK_LIFE,
          DELEGATES,
          REVOKE,
          APPROVALS,
          DEPTH,
          DELEGATED,
          RUNS,
          CREDENTIAL,
          EVENT,
          CONDITIONS,
          SCOPE ->
          Optional.empty();
    };
  }

  /** Whether a spec has no line for it. */
  public boolean remark() {
    return compareTo(APPROVALS) >= 0;
  }
}
