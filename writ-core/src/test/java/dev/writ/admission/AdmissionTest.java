package dev.writ.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Digest;
import dev.writ.call.Calls;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Example;
import dev.writ.policy.PolicySet;
import dev.writ.spec.Generated;
import dev.writ.spec.ResolvedSpec;
import dev.writ.vocabulary.Oracle;
import dev.writ.vocabulary.Schema;
import dev.writ.vocabulary.Shipped;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final String BASELINE = Shipped.text(Shipped.BASELINE_ADMISSION);
  private static final String IDENTITY = "approval:identity-owner";
  private static final String SECURITY = "approval:security-owner";
  private static final Catalogue CATALOGUE = Calls.CATALOGUE;

  private static AdmissionPolicy policy(String text) {
    return AdmissionPolicy.of(PolicySet.parse(text).orThrow()).orThrow();
  }

  private static Dossier dossier(String yaml, AdmissionPolicy policy, String requester) {
    return Dossier.of(
        Calls.WORKFLOW,
        Calls.resolved(yaml),
        requester,
        new Dossier.Rules(policy.digest(), PolicySet.EMPTY.digest()));
  }

  private static Admission judge(String yaml, String policies, Approvals approvals) {
    AdmissionPolicy policy = policy(policies);
    return policy
        .judge(dossier(yaml, policy, "noor.haddad"), CATALOGUE, approvals, Calls.NOW)
        .admission();
  }

  private static List<Requirement> missing(Admission admission) {
    assertThat(admission).isInstanceOf(Admission.Requires.class);
    return ((Admission.Requires) admission).missing();
  }

  @Test
  void outsideTheSandboxTwoRolesAgreeAndNeitherIsTheRequester() {
    List<Requirement> missing = missing(judge(Calls.SPEC, BASELINE, Approvals.NONE));
    assertThat(missing).extracting(Requirement::name).containsExactly(IDENTITY, SECURITY);
    assertThat(missing.get(0).eligible()).containsExactly("ilse.varga", "tomas.lind");
    assertThat(missing.get(1).eligible()).containsExactly("priya.nair", "jonas.weber");
    Approvals self = Approvals.NONE.plus(IDENTITY, "noor.haddad");
    assertThat(missing(judge(Calls.SPEC, BASELINE, self))).isEqualTo(missing);
    Approvals stranger = Approvals.NONE.plus(IDENTITY, "priya.nair").plus(SECURITY, "sam.reyes");
    assertThat(missing(judge(Calls.SPEC, BASELINE, stranger))).isEqualTo(missing);
    Approvals one = Approvals.NONE.plus(IDENTITY, "ilse.varga");
    assertThat(missing(judge(Calls.SPEC, BASELINE, one)))
        .extracting(Requirement::name)
        .containsExactly(SECURITY);
    assertThat(judge(Calls.SPEC, BASELINE, one.plus(SECURITY, "priya.nair")))
        .isEqualTo(
            new Admission.Admitted(
                List.of(
                    new Admission.Met(IDENTITY, "ilse.varga"),
                    new Admission.Met(SECURITY, "priya.nair"))));
  }

  @Test
  void theRequesterOfAnOwningTeamDoesNotApproveEither() {
    AdmissionPolicy policy = policy(BASELINE);
    Judgement judgement =
        policy.judge(
            dossier(Calls.SPEC, policy, "ilse.varga"),
            CATALOGUE,
            Approvals.NONE.plus(IDENTITY, "ilse.varga").plus(SECURITY, "priya.nair"),
            Calls.NOW);
    assertThat(missing(judgement.admission()))
        .singleElement()
        .satisfies(r -> assertThat(r.eligible()).containsExactly("tomas.lind"));
  }

  @Test
  void peopleOfOneGroupAreDistinctAndTheBestAssignmentIsFound() {
    String both =
        Calls.SPEC.replace(
            "identity: iam-team, security: secops", "identity: secops, security: secops");
    Approvals one = Approvals.NONE.plus(IDENTITY, "priya.nair").plus(SECURITY, "priya.nair");
    assertThat(missing(judge(both, BASELINE, one)))
        .singleElement()
        .satisfies(r -> {
          assertThat(r.name()).isEqualTo(SECURITY);
          assertThat(r.eligible()).containsExactly("jonas.weber");
        });
    // Priya came first for both; Jonas can only take the first, so it is his.
    Approvals two = one.plus(IDENTITY, "jonas.weber");
    assertThat(judge(both, BASELINE, two))
        .isEqualTo(
            new Admission.Admitted(
                List.of(
                    new Admission.Met(IDENTITY, "jonas.weber"),
                    new Admission.Met(SECURITY, "priya.nair"))));
    String apart = BASELINE.replace("@sod(\"approvers\")\n", "");
    assertThat(judge(both, apart, one)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void restrictedDataNeedsItsOwnerOneForEachTeam() {
    String production =
        Calls.SPEC
            .replace("actions: [create]", "actions: [read]")
            .replace("limits: { amount: \"1000.50\" }", "")
            .replaceFirst("(payments\n +environment: )staging", "$1production");
    List<Requirement> missing = missing(judge(production, BASELINE, Approvals.NONE));
    assertThat(missing)
        .extracting(Requirement::name)
        .containsExactly(IDENTITY, SECURITY, "approval:resource-owner/finance-systems");
    // The contractor and the leaver of that team are not asked.
    assertThat(missing.getLast().eligible()).containsExactly("marta.silva");
  }

  @Test
  void aForbidWithoutRequirementMeansNeverWhateverWasApproved() {
    Approvals all = Approvals.NONE.plus(IDENTITY, "ilse.varga").plus(SECURITY, "priya.nair");
    String toxic = Calls.SPEC.replace("actions: [create]", "actions: [create, approve]");
    assertThat(judge(toxic, BASELINE, all))
        .isEqualTo(new Admission.Never(List.of("`one-hand-does-not-do-both` forbids it")));
    String tooLong = Calls.SPEC.replace("2026-03-20T18", "2026-06-20T18");
    assertThat(judge(tooLong, BASELINE, all)).isInstanceOf(Admission.Never.class);
    assertThat(judge(Calls.SPEC.replace("2026-03-20T18", "2026-03-12T09"), BASELINE, all))
        .isEqualTo(new Admission.Never(List.of("its end has passed")));
    assertThat(judge(Calls.SPEC.replace("stage: pilot", "stage: sandbox"), BASELINE, all))
        .isInstanceOf(Admission.Never.class);
  }

  @Test
  void withoutAPermitNothingIsAdmitted() {
    assertThat(judge(Calls.SPEC, "", Approvals.NONE)).isInstanceOf(Admission.Never.class);
    String workflowOnly =
        "@id(\"p\") permit(principal, action == Action::\"admit:workflow\", resource);";
    assertThat(judge(Calls.SPEC, workflowOnly, Approvals.NONE)).isInstanceOf(Admission.Never.class);
    String all = "@id(\"p\") permit(principal, action, resource);";
    assertThat(judge(Calls.SPEC, all, Approvals.NONE)).isEqualTo(new Admission.Admitted(List.of()));
  }

  @Test
  void errorsAreNamedAndAdmitNothing() {
    String erring =
        BASELINE
            + "@id(\"e\") @requires(\"approval:identity-owner\") forbid(principal, action,"
            + " resource) when { context.hours * 9223372036854775807 > 1 };";
    assertThat(judge(Calls.SPEC, erring, Approvals.NONE))
        .isInstanceOfSatisfying(
            Admission.Faulty.class,
            f -> assertThat(f.errors()).anyMatch(e -> e.startsWith("`e` erred")));
    String nobody = BASELINE.replace("approval:security-owner", "approval:chief-astrologer");
    assertThat(judge(Calls.SPEC, nobody, Approvals.NONE))
        .isEqualTo(
            new Admission.Faulty(
                List.of("`approval:chief-astrologer` is required and nobody could give it")));
  }

  @Test
  void whatIsObservedStandsAgainstNothing() {
    String observed =
        BASELINE.replace("@id(\"access-has-a-ceiling\")", "@id(\"ceiling\") @mode(\"observe\")");
    AdmissionPolicy policy = policy(observed);
    Judgement judgement =
        policy.judge(
            dossier(Calls.SPEC.replace("2026-03-20T18", "2026-09-20T18"), policy, "noor.haddad"),
            CATALOGUE,
            Approvals.NONE,
            Calls.NOW);
    assertThat(judgement.admission()).isInstanceOf(Admission.Requires.class);
    assertThat(judgement.observed()).containsExactly("ceiling");
    assertThat(judgement.policies())
        .containsExactly("identity-owner-agrees", "security-owner-agrees");
  }

  @Test
  void unknownAnnotationsAreNotPublished() {
    for (String bad :
        List.of(
            "@id(\"a\") @require(\"approval:x\") forbid(principal, action, resource);",
            "@id(\"a\") @requires(\"identity-owner\") forbid(principal, action, resource);",
            "@id(\"a\") @mode(\"off\") forbid(principal, action, resource);",
            "@id(\"a\") @ask(\"x\") forbid(principal, action, resource);",
            "@id(\"a\") @requires(\"approval:x\") permit(principal, action, resource);",
            "forbid(principal, action, resource);",
            "@id(\"a\") permit(principal == ?principal, action, resource);")) {
      assertThat(AdmissionPolicy.of(PolicySet.parse(bad).orThrow()).problems())
          .as(bad)
          .isNotEmpty();
    }
  }

  @Test
  void theBaselineFitsTheSchemaAndMayBePublished() {
    assertThat(Oracle.complaints(Schema.admission().text(), PolicySet.parse(BASELINE).orThrow()))
        .isEmpty();
    PolicySet guardrails = PolicySet.parse(Shipped.text(Shipped.BASELINE_GUARDRAILS)).orThrow();
    assertThat(Oracle.complaints(Calls.SCHEMA, guardrails)).isEmpty();
    assertThat(Annotations.check(guardrails, Annotations.Use.GUARDRAILS)).isEmpty();
  }

  @Test
  void everyByteOfADossierCounts() {
    AdmissionPolicy policy = policy(BASELINE);
    Dossier dossier = dossier(Calls.SPEC, policy, "noor.haddad");
    Digest digest = dossier.digest();
    assertThat(dossier(Calls.SPEC, policy, "noor.haddad").digest()).isEqualTo(digest);
    assertThat(dossier(Calls.SPEC, policy, "emeka.obi").digest()).isNotEqualTo(digest);
    assertThat(
            dossier(Calls.SPEC.replace("calls: 200", "calls: 20"), policy, "noor.haddad").digest())
        .isNotEqualTo(digest);
    assertThat(
            new Dossier(
                    dossier.workflow(),
                    dossier.resolved(),
                    dossier.generated(),
                    dossier.requester(),
                    dossier.admission(),
                    Digest.ofText("other"))
                .digest())
        .isNotEqualTo(digest);
    Catalogue other =
        Catalogue.parse(
                Example.brightwaterText()
                    .replace("call_timeout: PT20S", "call_timeout: PT21S")
                    .getBytes(UTF_8))
            .orThrow();
    ResolvedSpec moved = ResolvedSpec.resolve(dossier.resolved().spec(), other).orThrow();
    assertThat(
            Dossier.of(
                    Calls.WORKFLOW,
                    moved,
                    "noor.haddad",
                    new Dossier.Rules(policy.digest(), PolicySet.EMPTY.digest()))
                .digest())
        .isNotEqualTo(digest);
    assertThatThrownBy(() ->
            new Dossier(
                dossier.workflow(),
                dossier.resolved(),
                Generated.policies(moved, Calls.WORKFLOW)
                    .plus(
                        new dev.writ.policy.Policy(
                            "x", dossier.generated().policies().getFirst().rule())),
                dossier.requester(),
                dossier.admission(),
                dossier.guardrails()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRequesterWhoLeftAsksForNothing() {
    AdmissionPolicy policy = policy(BASELINE);
    assertThat(
            policy
                .judge(
                    dossier(Calls.SPEC, policy, "sam.reyes"),
                    CATALOGUE,
                    Approvals.NONE,
                    Instant.parse("2026-03-12T09:00:00Z"))
                .admission())
        .isInstanceOf(Admission.Never.class);
  }
}
