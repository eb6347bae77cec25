package dev.writ.state;

import java.util.Map;

/**
 * The limits of the state's maps, checked where facts are written. Rules check those they may meet
 * and say so to their callers; this is the last line, behind all rules. A stored log is folded
 * without it: what was within the limits when it was written stays readable.
 */
public final class Limits {
  private Limits() {}

  /** A map would grow beyond its limit. */
  public static final class Reached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Reached(String what, int most) {
      super("there are already " + most + " " + what + ", the most this ledger keeps");
    }
  }

  /** Throws {@link Reached} when a map grew beyond its limit. */
  public static void check(State before, State after) {
    grown("workflows", State.MOST_WORKFLOWS, before.workflows().size(), after.workflows().size());
    grown("tasks", State.MOST_TASKS, before.tasks().size(), after.tasks().size());
    grown("enrolments", State.MOST_OFFERS, before.offers().size(), after.offers().size());
    grown(
        "remembered keys",
        Answered.MOST,
        before.answered().byKey().size(),
        after.answered().byKey().size());
    grown(
        "nodes",
        Government.MOST_NODES,
        before.government().nodes().size(),
        after.government().nodes().size());
    grown(
        "former keys",
        Government.MOST_FORMER,
        before.government().former().size(),
        after.government().former().size());
  }

  /** Throws {@link Reached} when one task holds more than it may. */
  public static void check(Task task) {
    grown("calls of " + task.id() + " without an outcome", Task.MOST_OPEN_CALLS, task.calls());
    switch (task) {
      case Task.Open open -> grown("tokens of " + task.id(), Task.MOST_TOKENS, open.tokens());
      case Task.Ended ended -> {}
    }
  }

  private static void grown(String what, int most, Map<?, ?> after) {
    if (after.size() > most) {
      throw new Reached(what, most);
    }
  }

  private static void grown(String what, int most, int before, int after) {
    if (after > most && after > before) {
      throw new Reached(what, most);
    }
  }
}
