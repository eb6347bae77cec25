package dev.writ.admission;

import dev.writ.base.Problem;
import dev.writ.base.Text;
import dev.writ.form.Names;
import dev.writ.form.Suggestion;
import dev.writ.policy.Effect;
import dev.writ.policy.Policy;
import dev.writ.policy.PolicySet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What annotations a published policy may carry. Any other is a publishing error. */
public final class Annotations {
  /** What a set of policies is for. */
  public enum Use {
    /** Before a dossier is in force: {@code @requires} lifts, {@code @ask} means nothing. */
    ADMISSION,
    /** At each call: {@code @ask} lifts, {@code @requires} means nothing. */
    GUARDRAILS
  }

  private static final List<String> OF_FORBIDS =
      List.of("id", "requires", "sod", "ask", "mode", "control");
  private static final List<String> OF_PERMITS = List.of("id");

  private Annotations() {}

  /** Every problem of a set's annotations; empty when it may be published. */
  public static List<Problem> check(PolicySet set, Use use) {
    List<Problem> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Policy policy : set.policies()) {
      Map<String, String> annotations = policy.rule().annotations();
      List<String> known = policy.effect() == Effect.FORBID ? OF_FORBIDS : OF_PERMITS;
      annotations.forEach((name, value) -> one(policy, name, value, known, problems));
      if (policy.annotation("id").filter(id -> !id.isEmpty()).isEmpty()) {
        problems.add(problem(policy, "it has no name", "add @id(\"...\")"));
      } else if (!names.add(policy.name())) {
        problems.add(problem(policy, "another policy has this name", "rename one"));
      }
      String foreign = use == Use.ADMISSION ? "ask" : "requires";
      if (annotations.containsKey(foreign)) {
        problems.add(problem(policy, "`@" + foreign + "` means nothing here", "remove it"));
      }
    }
    if (!set.templates().isEmpty()) {
      problems.add(new Problem("", "a template decides nothing by itself", "write it out"));
    }
    return problems;
  }

  private static void one(
      Policy policy, String name, String value, List<String> known, List<Problem> problems) {
    if (!known.contains(name)) {
      problems.add(
          problem(
              policy,
              "`@" + Text.excerpt(name) + "` is not known",
              Suggestion.remedy(name, known)));
      return;
    }
    boolean fine =
        switch (name) {
          case "requires" -> role(value).isPresent();
          case "mode" -> value.equals("observe");
          default -> Names.wellFormed(value);
        };
    if (!fine) {
      problems.add(
          problem(
              policy,
              "`@" + name + "` says `" + Text.excerpt(value) + "`",
              switch (name) {
                case "requires" -> "write approval:ROLE or waiver:ROLE";
                case "mode" -> "write observe, or leave it out";
                default -> Names.RULE;
              }));
    }
  }

  /** The role in {@code approval:ROLE} or {@code waiver:ROLE}. */
  static Optional<String> role(String requires) {
    int colon = requires.indexOf(':');
    String kind = colon < 0 ? "" : requires.substring(0, colon);
    String role = requires.substring(colon + 1);
    boolean fine =
        (kind.equals("approval") || kind.equals("waiver"))
            && Names.wellFormed(role)
            && !role.contains("/");
    return fine ? Optional.of(role) : Optional.empty();
  }

  /** Policies in observation stand against nothing; they are only told of. */
  static boolean observes(Policy policy) {
    return policy.annotation("mode").equals(Optional.of("observe"));
  }

  private static Problem problem(Policy policy, String what, String remedy) {
    return new Problem("policy " + Text.excerpt(policy.name()), what, remedy);
  }
}
