package dev.writ.policy;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * What a forbid may carry: its name and reason, and what Writ's rules read from it. A misspelt
 * annotation would turn a requirement into a plain refusal, or an observation into a denial, and
 * nobody would see why; so any other is refused when a set is published.
 */
public final class Annotations {
  /** Its name to people. */
  public static final String ID = "id";

  /** A requirement that lifts it when met, for example {@code approval:identity-owner}. */
  public static final String REQUIRES = "requires";

  /** A separation of duties that it keeps, for example {@code payments}. */
  public static final String SOD = "sod";

  /** Who may lift it for one call, for example {@code resource-owner}. */
  public static final String ASK = "ask";

  /** How it acts, for example {@code observe}. */
  public static final String MODE = "mode";

  /** The control that it serves, for example {@code PR.AA-05}. */
  public static final String CONTROL = "control";

  /** Why it is there, for people. */
  public static final String REASON = "reason";

  private static final List<String> ALLOWED =
      List.of(ID, REQUIRES, SOD, ASK, MODE, CONTROL, REASON);

  private Annotations() {}

  /** The set itself, or a problem for each annotation of a forbid that is unknown or empty. */
  public static Parsed<PolicySet> check(PolicySet set) {
    List<Problem> problems = new ArrayList<>();
    set.policies().forEach(p -> check(p.id(), p.rule(), problems));
    set.templates().forEach(t -> check(t.id(), t.rule(), problems));
    return problems.isEmpty() ? Parsed.ok(set) : Parsed.refused(problems);
  }

  private static void check(String id, Rule rule, List<Problem> problems) {
    if (rule.effect() == Effect.PERMIT) {
      return;
    }
    rule.annotations()
        .forEach((name, value) -> {
          if (!ALLOWED.contains(name)) {
            problems.add(
                new Problem(
                    id,
                    "`@" + Text.excerpt(name) + "` is not an annotation of a forbid",
                    "use one of " + String.join(", ", ALLOWED)));
          } else if (value.isBlank()) {
            problems.add(new Problem(id, "`@" + name + "` says nothing", "give it a quoted value"));
          }
        });
  }
}
