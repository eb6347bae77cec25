package dev.writ.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PolicyTextTest {
  private static final String HEAD = "permit(principal, action, resource)";

  @Test
  void whatIsPrintedReadsBackAsTheSameTree() {
    for (String expr :
        List.of(
            "!(!principal.a || context[\"b c\"]) && resource has x.y.z",
            "1 - (2 - 3) * -4 - -(-9223372036854775808) == (1 + 2) * 3",
            "----(1) == -(-(-(-(-(2)))))",
            "(-1).a == -1.b",
            "if a::B::\"x\\u{202e}\" in [principal] then true else (if true then false else true)",
            "(if true then 1 else 2) == 1",
            "(principal is A::B in C::\"d\") == (context.s like \"a\\*b*\\\\\")",
            "{\"if\": 1, a: [decimal(\"1.2\").lessThan(ip(\"::1\"))], \"\": {}}[\"if\"] == 1",
            "context.a.hasTag(\"k\") && context.a.getTag(\"k\").containsAny([]) || [1].isEmpty()",
            "((1 == 1) == true) == !(1 < 2)",
            "context has \"a b\" || (context has a) has b")) {
      Expr tree = PolicyParser.expression(expr).orThrow();
      assertThat(PolicyParser.expression(tree.text()).orThrow()).as(tree.text()).isEqualTo(tree);
    }
  }

  @Test
  void policiesAndTemplatesReadBack() {
    PolicySet set =
        PolicySet.parse(
                """
                @id("first") @if @control("a\\"b")
                permit(principal is U in (G::"g"), action in [Action::"a", N::Action::"b",], resource,)
                when { true } unless { false };
                // a comment
                forbid(principal == ?principal, action == Action::"x", resource is R in ?resource);
                permit(principal, action in [], resource in R::"é\\n");
                """)
            .orThrow();
    assertThat(set.policies().stream().map(Policy::id)).containsExactly("policy0", "policy2");
    assertThat(set.templates().stream().map(Template::id)).containsExactly("policy1");
    assertThat(set.policies().getFirst().name()).isEqualTo("first");
    assertThat(set.policies().getFirst().annotation("if")).contains("");
    assertThat(set.policies().getFirst().annotation("control")).contains("a\"b");
    PolicySet again = PolicySet.parse(set.text()).orThrow();
    assertThat(again.policies().stream().map(Policy::rule))
        .isEqualTo(set.policies().stream().map(Policy::rule).toList());
    assertThat(again.templates().getFirst().rule()).isEqualTo(set.templates().getFirst().rule());
  }

  @Test
  void aLinkFillsExactlyTheSlots() {
    PolicySet set =
        PolicySet.parse("@id(\"t\") permit(principal in ?principal, action, resource);").orThrow();
    EntityUid alice = EntityUid.of("User", "alice");
    PolicySet linked = set.link("policy0", "for-alice", Map.of(Slot.PRINCIPAL, alice));
    Policy policy = linked.policy("for-alice").orElseThrow();
    assertThat(policy.rule().principal()).isEqualTo(Scope.in(alice));
    assertThat(policy.annotation("id")).contains("t");
    assertThatThrownBy(() -> set.link("policy0", "x", Map.of()))
        .hasMessageContaining("has the slots");
    assertThatThrownBy(() -> set.link("policy0", "policy0", Map.of(Slot.PRINCIPAL, alice)))
        .hasMessageContaining("two policies");
  }

  @Test
  void everySyntaxErrorIsReportedWithItsPlace() {
    Parsed<PolicySet> parsed =
        PolicySet.parse(
            """
            permit(principal, action, resource) when { 1 ++ 2 };
            forbid(principal, action, resource) when { "\\q" == 9223372036854775808 };
            permit(principal, action);
            permit(principal, action, resource)
              unless { principal.if };
            """);
    assertThat(parsed.problems().stream().map(Problem::place))
        .containsExactly(
            "line 1, column 47",
            "line 2, column 44",
            "line 2, column 52",
            "line 3, column 25",
            "line 5, column 22");
  }

  @Test
  void theDigestCountsContentIdsAndOrderButNotLayout() {
    PolicySet a = PolicySet.parse(HEAD + ";" + HEAD + " when {true};").orThrow();
    PolicySet b = PolicySet.parse("//\n " + HEAD + " ;\n" + HEAD + "when{ true };").orThrow();
    PolicySet c = PolicySet.parse(HEAD + " when {true};" + HEAD + ";").orThrow();
    PolicySet d = PolicySet.of(List.of(new Policy("x", a.policies().getFirst().rule())));
    PolicySet e = PolicySet.of(List.of(a.policies().getFirst()));
    assertThat(a.digest()).isEqualTo(b.digest()).isNotEqualTo(c.digest());
    assertThat(d.digest()).isNotEqualTo(e.digest());
  }

  @Test
  void aTextMayBeExactlyAsLargeAsItsBounds() {
    PolicyBounds bounds = new PolicyBounds(200, 2, 3, 4, 5);
    assertThat(parses(" ".repeat(200), bounds)).isTrue();
    assertThat(parses(" ".repeat(201), bounds)).isFalse();
    assertThat(parses((HEAD + ";").repeat(2), bounds)).isTrue();
    assertThat(parses((HEAD + ";").repeat(3), bounds)).isFalse();
    assertThat(parses(HEAD + " when {((true))};", bounds)).isTrue();
    assertThat(parses(HEAD + " when {(((true)))};", bounds)).isFalse();
    assertThat(parses(HEAD + " when {true" + "&& true".repeat(4) + "};", bounds)).isTrue();
    assertThat(parses(HEAD + " when {true" + "&& true".repeat(5) + "};", bounds)).isFalse();
    assertThat(PolicySet.parse("#".repeat(50), bounds).problems()).hasSize(5);
  }

  @Test
  void atTheStandardBoundsNothingOverflowsTheStack() {
    PolicyBounds bounds = PolicyBounds.STANDARD;
    String nested = "(".repeat(bounds.nesting() - 1) + "true" + ")".repeat(bounds.nesting() - 1);
    String high = "true" + " && true".repeat(bounds.height());
    assertThat(PolicyParser.expression(nested).found()).isPresent();
    assertThat(PolicyParser.expression("(" + nested + ")").found()).isEmpty();
    Expr tree = PolicyParser.expression(high).orThrow();
    assertThat(PolicyParser.expression(tree.text()).orThrow().text()).isEqualTo(tree.text());
    assertThat(PolicyParser.expression(high + " && true").found()).isEmpty();
  }

  @Test
  void treesAreBuiltWithoutText() {
    Rule rule =
        Rule.of(Effect.FORBID)
            .annotated("id", "no-export")
            .action(Scope.inAny(List.of(EntityUid.of("Action", "export"))))
            .resource(Scope.ofType("Resource"))
            .when(Expr.context().has("usage", "calls").and(Expr.context().get("n").eq(Value.of(1))))
            .unless(Expr.setOf(List.of(new Value.Ip(false, 0, 1, 32))).contains(Expr.of("x")));
    assertThat(rule.text())
        .isEqualTo(
            """
            @id("no-export")
            forbid(
              principal,
              action in [Action::"export"],
              resource is Resource
            )
            when { context has usage.calls && context.n == 1 }
            unless { [ip("0.0.0.1/32")].contains("x") };\
            """);
    assertThat(PolicySet.parse(rule.text()).orThrow().policies().getFirst().rule()).isEqualTo(rule);
    assertThatThrownBy(() -> rule.action(Scope.is(EntityUid.of("User", "x"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EntityUid.of("a b", "x")).hasMessageContaining("entity type");
  }

  @Test
  void extensionValuesPrintAsTheyRead() {
    for (Value value :
        List.of(
            new Value.Decimal(Long.MIN_VALUE),
            new Value.Decimal(-1),
            new Value.Decimal(12_500),
            new Value.Ip(true, 0x20010db800000000L, -1L, 64),
            new Value.Ip(false, 0, 0xFFFFFFFFL, 0))) {
      Expr.Call call = (Expr.Call) Expr.of(value);
      String text = ((Value.Str) ((Expr.Literal) call.arguments().getFirst()).value()).value();
      assertThat(
              value instanceof Value.Ip
                  ? Extensions.ip(text).orElseThrow()
                  : Extensions.decimal(text).orElseThrow())
          .isEqualTo(value);
    }
  }

  private static boolean parses(String text, PolicyBounds bounds) {
    Parsed<PolicySet> parsed = PolicySet.parse(text, bounds);
    assertThat(parsed.problems().stream().map(Problem::what).collect(Collectors.joining()))
        .doesNotContain("Exception");
    return parsed.found().isPresent();
  }
}
