package dev.writ.server.validate;

import com.cedarpolicy.AuthorizationEngine;
import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.DetailedError;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.ValidationResponse;
import com.cedarpolicy.model.exception.AuthException;
import com.google.common.collect.ImmutableList;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.policy.PolicySet;
import dev.writ.policy.Schema;
import dev.writ.policy.Validation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Cedar's own strict validation, by its official binding. Where the binding's native library does
 * not load, every set is refused and the reason named: nothing is published unchecked.
 */
public final class CedarValidation implements Validation {
  private final Supplier<AuthorizationEngine> binding;

  /** Validation by the binding on the class path. */
  public CedarValidation() {
    this(BasicAuthorizationEngine::new);
  }

  CedarValidation(Supplier<AuthorizationEngine> binding) {
    this.binding = binding;
  }

  @Override
  public Parsed<PolicySet> validate(PolicySet policies, Schema schema) {
    try {
      ValidationResponse response =
          binding.get().validate(new ValidationRequest(parsed(schema), translated(policies)));
      List<Problem> problems = problems(response);
      return problems.isEmpty() ? Parsed.ok(policies) : Parsed.refused(problems);
    } catch (LinkageError e) {
      return Parsed.refused(
          "",
          "policies cannot be validated here: Cedar's native library does not load on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch"),
          "publish from Linux, macOS or Windows on x86-64, or Linux or macOS on ARM64");
    } catch (AuthException e) {
      return Parsed.refused(
          "",
          "the policies could not be validated: " + e.getMessage(),
          "correct the schema or the policies");
    }
  }

  private static com.cedarpolicy.model.schema.Schema parsed(Schema schema) throws AuthException {
    return com.cedarpolicy.model.schema.Schema.parse(
        com.cedarpolicy.model.schema.Schema.JsonOrCedar.Cedar, schema.text());
  }

  /** Linked policies are validated as what they are: policies without slots. */
  private static com.cedarpolicy.model.policy.PolicySet translated(PolicySet set) {
    Set<com.cedarpolicy.model.policy.Policy> policies = new LinkedHashSet<>();
    set.policies()
        .forEach(p -> policies.add(new com.cedarpolicy.model.policy.Policy(p.text(), p.id())));
    Set<com.cedarpolicy.model.policy.Policy> templates = new LinkedHashSet<>();
    set.templates()
        .forEach(t -> templates.add(new com.cedarpolicy.model.policy.Policy(t.text(), t.id())));
    return new com.cedarpolicy.model.policy.PolicySet(policies, templates);
  }

  private static List<Problem> problems(ValidationResponse response) {
    List<Problem> problems = new ArrayList<>();
    response.errors.ifPresent(
        errors -> errors.forEach(e -> problems.add(problem(Optional.empty(), e))));
    ImmutableList<ValidationResponse.ValidationError> found =
        response.success.map(s -> s.validationErrors).orElse(ImmutableList.of());
    found.forEach(e -> problems.add(problem(Optional.of(e.getPolicyId()), e.getError())));
    if (problems.isEmpty() && !response.validationPassed()) {
      problems.add(
          new Problem("", "the policies were not validated", "correct the schema or the policies"));
    }
    return problems;
  }

  private static Problem problem(Optional<String> policy, DetailedError error) {
    return new Problem(
        policy.orElse(""), error.message, error.help.orElse("see the policy and the schema"));
  }
}
