package dev.writ.draft;

import java.util.Optional;

/** What a slot holds. Slots are named by the path of the spec's line they become. */
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
  REVOKE;

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
}
