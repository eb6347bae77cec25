package dev.writ.sim;

import static dev.writ.sim.Company.MATCHER;
import static dev.writ.sim.Company.SUMMARISER;
import static dev.writ.sim.Company.expect;
import static dev.writ.sim.Company.verified;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.admission.Admission;
import dev.writ.admission.Requirement;
import dev.writ.base.CallId;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.WritId;
import dev.writ.catalogue.Tool;
import dev.writ.draft.EmbeddedDrafter;
import dev.writ.fact.Actor;
import dev.writ.fact.CommandKey;
import dev.writ.fact.Fact;
import dev.writ.operation.ApproveDossier;
import dev.writ.operation.CompleteTask;
import dev.writ.operation.DecideCall;
import dev.writ.operation.DraftPrompt;
import dev.writ.operation.EndOverdue;
import dev.writ.operation.ExchangeToken;
import dev.writ.operation.ListTools;
import dev.writ.operation.OpenTask;
import dev.writ.operation.PublishPolicies;
import dev.writ.operation.RecordOutcome;
import dev.writ.operation.Refusal;
import dev.writ.operation.RenewToken;
import dev.writ.operation.Replay;
import dev.writ.operation.RevokeToken;
import dev.writ.operation.SubmitSpec;
import dev.writ.policy.PolicySet;
import dev.writ.policy.Schema;
import dev.writ.policy.Validation;
import dev.writ.token.Permission;
import dev.writ.token.SignedToken;
import dev.writ.token.Targets;
import dev.writ.token.VerifiedToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The life of a workflow over the real pen, from spec to replay, and what is refused on the way.
 */
class LifeTest {
  private final Company c = Company.founded(7);

  private DecideCall.Reply call(VerifiedToken token, String tool, Json.Obj arguments) {
    return c.decide()
        .run(new DecideCall.Request(token.task(), token.id(), tool, arguments, Optional.empty()));
  }

  private static Json.Obj supplier(String id) {
    return Json.object().put("supplier", id).build();
  }

  private static Permission invoicesOf(String supplier) {
    TreeMap<String, java.util.NavigableSet<String>> targets = new TreeMap<>();
    targets.put("supplier", new TreeSet<>(List.of(supplier)));
    return new Permission(
        new TreeSet<>(List.of("read")),
        "ap-db/invoices",
        "staging",
        new Targets.Listed(targets),
        new TreeMap<>());
  }

  private ExchangeToken.Reply exchange(VerifiedToken subject, List<Permission> wanted) {
    return c.exchange()
        .run(new ExchangeToken.Request(SUMMARISER, subject, wanted, Optional.empty(), c.key()));
  }

  private void outcome(VerifiedToken token, CallId call, RecordOutcome.Outcome outcome) {
    expect(
        RecordOutcome.Reply.Recorded.class,
        c.outcome()
            .run(
                new RecordOutcome.Request(
                    new Actor.Workload(MATCHER), token.task(), call, outcome)));
  }

  private static RecordOutcome.Outcome rows(long rows) {
    TreeMap<String, Long> used = new TreeMap<>();
    used.put("rows", rows);
    return new RecordOutcome.Outcome.Returned(
        "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8), false, used);
  }

  private static Refusal refusal(Object reply) {
    return switch (reply) {
      case SubmitSpec.Reply.Refused r -> r.refusal();
      case ApproveDossier.Reply.Refused r -> r.refusal();
      case OpenTask.Reply.Refused r -> r.refusal();
      case ExchangeToken.Reply.Refused r -> r.refusal();
      case DecideCall.Reply.Refused r -> r.refusal();
      case CompleteTask.Reply.Refused r -> r.refusal();
      case RevokeToken.Reply.Refused r -> r.refusal();
      default -> throw new AssertionError("not a refusal: " + reply);
    };
  }

  @Test
  void admissionNamesTwoRolesAndWhoCouldGiveThem() {
    SubmitSpec.Reply.Submitted submitted =
        expect(SubmitSpec.Reply.Submitted.class, c.submit("noor.haddad", c.spec()));
    Admission.Requires requires =
        expect(Admission.Requires.class, submitted.judgement().admission());
    assertThat(requires.missing().stream().map(Requirement::name))
        .containsExactly("approval:identity-owner", "approval:security-owner");
    assertThat(requires.missing().get(0).eligible()).containsExactly("ilse.varga", "tomas.lind");
    assertThat(submitted.writ()).isEmpty();
    assertThat(c.facts(Fact.WritIssued.class)).isEmpty();
  }

  @Test
  void requesterAndOutsidersCannotApproveAndTwoOthersCan() {
    Digest dossier =
        expect(SubmitSpec.Reply.Submitted.class, c.submit("noor.haddad", c.spec()))
            .dossier()
            .digest();
    assertThat(refusal(c.approve("noor.haddad", dossier))).isInstanceOf(Refusal.SelfApproval.class);
    assertThat(refusal(c.approve("dan.okafor", dossier))).isInstanceOf(Refusal.NotEligible.class);
    assertThat(refusal(c.approve("nobody.here", dossier))).isInstanceOf(Refusal.NotEligible.class);
    ApproveDossier.Reply.Approved first =
        expect(ApproveDossier.Reply.Approved.class, c.approve("ilse.varga", dossier));
    assertThat(first.writ()).isEmpty();
    assertThat(refusal(c.approve("ilse.varga", dossier)))
        .isInstanceOf(Refusal.AlreadyApproved.class);
    assertThat(refusal(c.approve("tomas.lind", dossier))).isInstanceOf(Refusal.NotEligible.class);
    ApproveDossier.Reply.Approved second =
        expect(ApproveDossier.Reply.Approved.class, c.approve("priya.nair", dossier));
    assertThat(second.writ()).isPresent();
    assertThat(refusal(c.approve("jonas.weber", dossier)))
        .isInstanceOf(Refusal.DossierUnknown.class);
    assertThat(c.facts(Fact.CommandRefused.class).stream().map(Fact.CommandRefused::problem))
        .contains("self-approval", "not-eligible", "already-approved");
  }

  @Test
  void aNewSpecVoidsApprovalsOfTheOneBefore() {
    SubmitSpec.Reply.Submitted first =
        expect(SubmitSpec.Reply.Submitted.class, c.submit("noor.haddad", c.spec()));
    c.approve("ilse.varga", first.dossier().digest());
    SubmitSpec.Reply.Submitted second =
        expect(
            SubmitSpec.Reply.Submitted.class,
            new SubmitSpec(c.ledger, c.library, c.payloads, c.entropy, c.clock)
                .run(
                    new SubmitSpec.Request(
                        "emeka.obi", Optional.of(first.dossier().workflow()), c.spec())));
    assertThat(refusal(c.approve("priya.nair", first.dossier().digest())))
        .isInstanceOf(Refusal.DossierUnknown.class);
    ApproveDossier.Reply.Approved one =
        expect(
            ApproveDossier.Reply.Approved.class,
            c.approve("priya.nair", second.dossier().digest()));
    assertThat(one.writ()).isEmpty();
  }

  @Test
  void newGuardrailsVoidADossierThatNamesTheOld() {
    Digest dossier =
        expect(SubmitSpec.Reply.Submitted.class, c.submit("noor.haddad", c.spec()))
            .dossier()
            .digest();
    publish("@id(\"nothing\") forbid (principal, action, resource);");
    assertThat(refusal(c.approve("ilse.varga", dossier))).isInstanceOf(Refusal.Moved.class);
  }

  @Test
  void aPromptBecomesADraftThatNamesWhatWasNotSaid() {
    DraftPrompt drafting = new DraftPrompt(c.ledger, c.library, c.payloads, c.entropy, c.clock);
    DraftPrompt.Reply.Drafted drafted =
        expect(
            DraftPrompt.Reply.Drafted.class,
            drafting.run(
                new DraftPrompt.Request(
                    "noor.haddad",
                    "Invoice Matcher should read supplier invoices in staging for Acorn Paper",
                    new EmbeddedDrafter())));
    assertThat(drafted.drafts()).hasSize(1);
    assertThat(drafted.drafts().getFirst().draft().workflows().getFirst().open()).contains("until");
    assertThat(c.facts(Fact.DraftMade.class)).hasSize(1);
    assertThat(c.facts(Fact.WritIssued.class)).isEmpty();
    byte[] sealed = c.payloads.open(c.facts(Fact.DraftMade.class).getFirst().prompt()).orThrow();
    assertThat(new String(sealed, UTF_8)).contains("Acorn Paper");
    expect(
        DraftPrompt.Reply.NothingAsked.class,
        drafting.run(
            new DraftPrompt.Request("noor.haddad", "thanks, all good!", new EmbeddedDrafter())));
  }

  @Test
  void theMainJob() {
    WritId writ = c.writ();
    VerifiedToken token = c.token(writ);
    assertThat(
            expect(
                    ListTools.Reply.Listed.class,
                    c.tools().run(new ListTools.Request(token.task(), token.id())))
                .tools()
                .stream()
                .map(Tool::name))
        .containsExactly("list_invoices", "get_invoice", "list_purchase_orders");

    DecideCall.Reply.Allowed read =
        expect(DecideCall.Reply.Allowed.class, call(token, "list_invoices", supplier("sup-118")));
    assertThat(read.verdict().policies()).containsExactly("grant-1");
    outcome(token, read.call(), rows(3));

    for (String tool : List.of("create_payment", "export_invoices", "no_such_tool")) {
      DecideCall.Reply.Denied denied =
          expect(DecideCall.Reply.Denied.class, call(token, tool, supplier("sup-118")));
      assertThat(denied.verdict().reason()).isEqualTo("tool-not-offered");
    }
    DecideCall.Reply.Denied foreign =
        expect(DecideCall.Reply.Denied.class, call(token, "list_invoices", supplier("sup-311")));
    assertThat(foreign.verdict().reason()).isEqualTo("outside-token");
    DecideCall.Reply.Denied untyped =
        expect(
            DecideCall.Reply.Denied.class,
            call(token, "list_invoices", Json.object().put("supplier", 7).build()));
    assertThat(untyped.verdict().reason()).isEqualTo("arguments-invalid");

    VerifiedToken child =
        verified(
            expect(
                    ExchangeToken.Reply.Issued.class,
                    exchange(token, List.of(invoicesOf("sup-118"))))
                .token());
    assertThat(refusal(exchange(token, List.of(invoicesOf("sup-311")))))
        .isInstanceOf(Refusal.Wider.class);
    assertThat(refusal(exchange(child, List.of()))).isInstanceOf(Refusal.TooDeep.class);
    DecideCall.Reply.Allowed byChild =
        expect(DecideCall.Reply.Allowed.class, call(child, "list_invoices", supplier("sup-118")));
    outcome(token, byChild.call(), new RecordOutcome.Outcome.Failed("timeout"));
    expect(DecideCall.Reply.Denied.class, call(child, "list_invoices", supplier("sup-204")));
    assertThat(c.active(token)).isTrue();
    assertThat(c.active(child)).isTrue();

    CompleteTask.Reply.Completed completed =
        expect(
            CompleteTask.Reply.Completed.class,
            c.complete()
                .run(
                    new CompleteTask.Request(
                        new Actor.Workload(MATCHER), token.task(), Fact.Cause.COMPLETED)));
    assertThat(completed.revoked()).isEqualTo(2);
    assertThat(completed.settled()).isTrue();
    assertThat(c.active(token)).isFalse();
    assertThat(c.active(child)).isFalse();
    assertThat(refusal(call(child, "list_invoices", supplier("sup-118"))))
        .isInstanceOf(Refusal.TokenNotLive.class);
    assertThat(c.facts(Fact.TaskCompleted.class)).hasSize(1);

    Replay.Report report = c.replay();
    assertThat(report.decisions()).isEqualTo(8);
    assertThat(report.identical()).isEqualTo(8);
    assertThat(report.exact()).isTrue();
  }

  @Test
  void limitsAreCountedOverTheTaskAndItsDelegates() {
    VerifiedToken token = c.token(c.writ());
    for (int i = 0; i < 5; i++) {
      outcome(
          token,
          expect(DecideCall.Reply.Allowed.class, call(token, "list_invoices", supplier("sup-118")))
              .call(),
          rows(1));
    }
    DecideCall.Reply.Denied sixth =
        expect(DecideCall.Reply.Denied.class, call(token, "list_invoices", supplier("sup-118")));
    assertThat(sixth.verdict().reason()).isEqualTo("not-permitted");
    assertThat(c.replay().exact()).isTrue();
  }

  @Test
  void rowsAreCountedWhereTheirCallWas() {
    VerifiedToken token = c.token(c.writ());
    outcome(
        token,
        expect(DecideCall.Reply.Allowed.class, call(token, "list_invoices", supplier("sup-118")))
            .call(),
        rows(5_000));
    expect(DecideCall.Reply.Denied.class, call(token, "list_invoices", supplier("sup-118")));
    expect(
        DecideCall.Reply.Allowed.class, call(token, "list_purchase_orders", supplier("sup-118")));
  }

  @Test
  void aGuardrailThatErrsDenies() {
    VerifiedToken token = c.token(c.writ());
    publish(
        """
        @id("overflows") forbid (principal, action, resource)
        when { context.arguments has limit && context.arguments.limit * 9223372036854775807 > 0 };
        """);
    expect(DecideCall.Reply.Allowed.class, call(token, "list_invoices", supplier("sup-118")));
    Json.Obj driven = Json.object().put("supplier", "sup-118").put("limit", 2).build();
    DecideCall.Reply.Denied denied =
        expect(DecideCall.Reply.Denied.class, call(token, "list_invoices", driven));
    assertThat(denied.verdict().reason()).isEqualTo("policy-erred");
    assertThat(denied.verdict().errors()).containsExactly("overflows");
    assertThat(c.replay().exact()).isTrue();
  }

  @Test
  void aGuardrailInObservationStandsAgainstNothing() {
    VerifiedToken token = c.token(c.writ());
    publish("@id(\"watch\") @mode(\"observe\") forbid (principal, action, resource);");
    expect(DecideCall.Reply.Allowed.class, call(token, "list_invoices", supplier("sup-118")));
  }

  @Test
  void aRepeatGetsTheFirstTokenAndAnotherRequestUnderItsKeyIsRefused() {
    WritId writ = c.writ();
    CommandKey key = c.key();
    OpenTask.Reply.Opened first = expect(OpenTask.Reply.Opened.class, c.open(writ, key));
    OpenTask.Reply.Opened again = expect(OpenTask.Reply.Opened.class, c.open(writ, key));
    assertThat(again.token().draft()).isEqualTo(first.token().draft());
    assertThat(c.facts(Fact.TaskOpened.class)).hasSize(1);
    CommandKey other = new CommandKey(key.key(), Digest.ofText("another"), key.until());
    assertThat(refusal(c.open(writ, other))).isInstanceOf(Refusal.KeyReused.class);
  }

  @Test
  void aRepeatedCallIsNotDecidedTwice() {
    VerifiedToken token = c.token(c.writ());
    DecideCall.Request request =
        new DecideCall.Request(
            token.task(), token.id(), "list_invoices", supplier("sup-118"), Optional.of(c.key()));
    expect(DecideCall.Reply.Allowed.class, c.decide().run(request));
    assertThat(c.decide().run(request)).isInstanceOf(DecideCall.Reply.Repeated.class);
    assertThat(c.facts(Fact.CallDecided.class)).hasSize(1);
  }

  @Test
  void anEndedTaskSettlesWithItsLastOutcomeAndNamesWhatWasLost() {
    VerifiedToken token = c.token(c.writ());
    CallId one =
        expect(DecideCall.Reply.Allowed.class, call(token, "list_invoices", supplier("sup-118")))
            .call();
    CallId two =
        expect(DecideCall.Reply.Allowed.class, call(token, "list_invoices", supplier("sup-204")))
            .call();
    CompleteTask.Reply.Completed completed =
        expect(
            CompleteTask.Reply.Completed.class,
            c.complete()
                .run(
                    new CompleteTask.Request(
                        new Actor.Person("noor.haddad"), token.task(), Fact.Cause.REVOKED)));
    assertThat(completed.settled()).isFalse();
    outcome(token, one, rows(1));
    assertThat(c.facts(Fact.TaskSettled.class)).isEmpty();
    c.now = c.now.plus(EndOverdue.LONGEST_CALL).plusSeconds(1);
    EndOverdue chore =
        new EndOverdue(
            c.ledger, c.clock, dev.writ.base.NodeId.fresh(c.entropy), EndOverdue.LONGEST_CALL);
    assertThat(chore.run()).isEqualTo(2);
    assertThat(c.facts(Fact.TaskSettled.class)).containsExactly(new Fact.TaskSettled(List.of(two)));
    assertThat(chore.run()).isZero();
  }

  @Test
  void timeEndsATaskWithoutAnybodyDoingAnything() {
    VerifiedToken token = c.token(c.writ());
    c.now = c.now.plus(Duration.ofMinutes(6));
    assertThat(c.active(token)).isFalse();
    assertThat(refusal(call(token, "list_invoices", supplier("sup-118"))))
        .isEqualTo(new Refusal.TokenNotLive(dev.writ.state.Standing.Why.TOKEN_EXPIRED));
  }

  @Test
  void whatTimeEndedIsWrittenDownTasksBeforeTheirWrit() {
    VerifiedToken token = c.token(c.writ());
    EndOverdue chore =
        new EndOverdue(
            c.ledger, c.clock, dev.writ.base.NodeId.fresh(c.entropy), EndOverdue.LONGEST_CALL);
    assertThat(chore.run()).isZero();
    c.now = java.time.Instant.parse("2026-12-20T18:00:00Z");
    assertThat(chore.run()).isEqualTo(2);
    assertThat(c.facts(token.task())).contains(new Fact.TaskCompleted(Fact.Cause.TIMEOUT, 0));
    assertThat(chore.run()).isEqualTo(1);
    assertThat(c.facts(Fact.WritEnded.class).getFirst().cause()).isEqualTo(Fact.Cause.TIMEOUT);
    assertThat(chore.run()).isZero();
    assertThat(c.ledger.published().writs()).isEmpty();
  }

  @Test
  void aTaskOutlivesItsFirstTokenByAnother() {
    VerifiedToken token = c.token(c.writ());
    c.now = c.now.plus(Duration.ofMinutes(6));
    RenewToken renew =
        new RenewToken(c.ledger, d -> new SignedToken(d, "signed"), c.entropy, Company.AUDIENCES);
    VerifiedToken next =
        verified(
            expect(
                    RenewToken.Reply.Issued.class,
                    renew.run(
                        new RenewToken.Request(
                            MATCHER, token.task(), List.of(), Optional.empty(), c.key())))
                .token());
    assertThat(next.task()).isEqualTo(token.task());
    assertThat(c.active(token)).isFalse();
    expect(DecideCall.Reply.Allowed.class, call(next, "list_invoices", supplier("sup-118")));
    expect(
        RenewToken.Reply.Refused.class,
        renew.run(
            new RenewToken.Request(
                SUMMARISER, token.task(), List.of(), Optional.empty(), c.key())));
    c.now = c.now.plus(Duration.ofMinutes(10));
    assertThat(c.active(next)).isFalse();
    expect(
        RenewToken.Reply.Refused.class,
        renew.run(
            new RenewToken.Request(MATCHER, token.task(), List.of(), Optional.empty(), c.key())));
  }

  @Test
  void revokingAnExchangedTokenLeavesItsParentAlone() {
    VerifiedToken token = c.token(c.writ());
    VerifiedToken child =
        verified(expect(ExchangeToken.Reply.Issued.class, exchange(token, List.of())).token());
    RevokeToken.Reply.Revoked revoked =
        expect(
            RevokeToken.Reply.Revoked.class,
            c.revoke().run(new RevokeToken.Request(SUMMARISER, child)));
    assertThat(revoked.tokens()).isEqualTo(1);
    assertThat(c.active(child)).isFalse();
    assertThat(c.active(token)).isTrue();
    expect(
        RevokeToken.Reply.Revoked.class, c.revoke().run(new RevokeToken.Request(MATCHER, token)));
    assertThat(c.active(token)).isFalse();
    assertThat(c.facts(Fact.TaskCompleted.class)).hasSize(1);
  }

  @Test
  void strangersToATaskCannotEndIt() {
    VerifiedToken token = c.token(c.writ());
    assertThat(refusal(c.revoke().run(new RevokeToken.Request(SUMMARISER, token))))
        .isInstanceOf(Refusal.NotOwner.class);
    assertThat(
            refusal(
                c.complete()
                    .run(
                        new CompleteTask.Request(
                            new Actor.Person("dan.okafor"), token.task(), Fact.Cause.COMPLETED))))
        .isInstanceOf(Refusal.NotOwner.class);
    assertThat(c.active(token)).isTrue();
  }

  @Test
  void anotherWorkloadCannotOpenATaskNorAnotherWorkflowTakeTheIdentity() {
    WritId writ = c.writ();
    OpenTask.Reply reply =
        new OpenTask(
                c.ledger,
                draft -> {
                  throw new AssertionError("signed");
                },
                c.entropy,
                Company.AUDIENCES)
            .run(new OpenTask.Request(SUMMARISER, writ, List.of(), Optional.empty(), c.key()));
    assertThat(refusal(reply)).isInstanceOf(Refusal.WorkloadNotNamed.class);
    assertThat(refusal(c.submit("emeka.obi", c.spec()))).isInstanceOf(Refusal.WorkloadTaken.class);
  }

  private void publish(String guardrails) {
    Validation accepting =
        new Validation() {
          @Override
          public dev.writ.base.Parsed<PolicySet> validate(PolicySet policies, Schema schema) {
            return dev.writ.base.Parsed.ok(policies);
          }
        };
    expect(
        PublishPolicies.Reply.Published.class,
        new PublishPolicies(c.ledger, c.library, accepting)
            .run(
                new PublishPolicies.Request("tomas.lind", Fact.PolicyKind.GUARDRAILS, guardrails)));
  }
}
