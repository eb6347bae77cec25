package dev.writ.server.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.policy.EntityUid;
import dev.writ.policy.PolicySet;
import dev.writ.policy.Schema;
import dev.writ.policy.Slot;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CedarValidationTest {
  private static final Schema SCHEMA =
      Schema.parse(
              """
              entity Team;
              entity Workload in [Team] = { risk: Long, owner?: String };
              entity Table;
              action read appliesTo {
                principal: [Workload],
                resource: [Table],
                context: { rows: Long, from: __cedar::ipaddr },
              };
              """)
          .orThrow();

  @Test
  void aSetThatKeepsToTheSchemaPasses() {
    PolicySet set =
        policies(
                """
                permit(principal is Workload, action == Action::"read", resource)
                when { context.rows < 10 && principal.risk < 3 && principal has owner };
                permit(principal in ?principal, action, resource is Table);
                """)
            .link("policy1", "link", Map.of(Slot.PRINCIPAL, EntityUid.of("Team", "a")));
    assertThat(new CedarValidation().validate(set, SCHEMA)).isEqualTo(Parsed.ok(set));
  }

  @Test
  void everyPolicyThatDoesNotIsNamed() {
    PolicySet set =
        policies(
            """
            permit(principal, action == Action::"read", resource) when { context.row < 10 };
            permit(principal, action, resource);
            forbid(principal, action == Action::"read", resource) when { principal.risk == "x" };
            forbid(principal is Nobody, action, resource);
            permit(principal in ?principal, action == Action::"raed", resource);
            """);
    Parsed<PolicySet> answer = new CedarValidation().validate(set, SCHEMA);
    assertThat(answer.problems().stream().map(Problem::place))
        .contains("policy0", "policy2", "policy3", "policy4")
        .doesNotContain("policy1");
    assertThat(answer.problems().toString()).contains("row");
  }

  @Test
  void whereTheLibraryDoesNotLoadNothingPasses() {
    CedarValidation absent =
        new CedarValidation(() -> {
          throw new UnsatisfiedLinkError("no cedar_java_ffi");
        });
    Parsed<PolicySet> answer = absent.validate(PolicySet.EMPTY, SCHEMA);
    assertThat(answer.problems()).hasSize(1);
    assertThat(answer.problems().getFirst().what()).contains("does not load");
  }

  private static PolicySet policies(String text) {
    return PolicySet.parse(text).orThrow();
  }
}
