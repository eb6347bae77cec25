package dev.writ.sim;

import static dev.writ.sim.Company.expect;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.WorkflowId;
import dev.writ.draft.Answer;
import dev.writ.draft.Draft;
import dev.writ.draft.Drafted;
import dev.writ.draft.Drafter;
import dev.writ.draft.EmbeddedDrafter;
import dev.writ.draft.Intent;
import dev.writ.draft.Lexicon;
import dev.writ.draft.ModelOutput;
import dev.writ.draft.Prompt;
import dev.writ.draft.Proposal;
import dev.writ.draft.Question;
import dev.writ.draft.Quote;
import dev.writ.fact.CommandKey;
import dev.writ.fact.Fact;
import dev.writ.operation.CompleteDraft;
import dev.writ.operation.DraftPrompt;
import dev.writ.operation.ReadSpec;
import dev.writ.operation.Refusal;
import dev.writ.operation.SubmitSpec;
import dev.writ.spec.Entitlement;
import dev.writ.spec.Source;
import dev.writ.spec.Spec;
import dev.writ.state.State;
import dev.writ.state.StateLines;
import dev.writ.state.StateReader;
import dev.writ.state.Submission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From a prompt to a submitted spec, over the real pen: what is recorded, and who may. */
class DraftLifeTest {
  private static final String PROMPT =
      "Let the invoice matcher read supplier invoices of Acorn Paper in staging for 2 weeks."
          + " It is for accounts payable.";

  private final Company c = Company.founded(77);

  private WorkflowId drafted() {
    DraftPrompt.Reply.Drafted drafted =
        expect(
            DraftPrompt.Reply.Drafted.class,
            new DraftPrompt(c.ledger, c.library, c.payloads, c.entropy, c.clock)
                .run(new DraftPrompt.Request("noor.haddad", PROMPT, new EmbeddedDrafter())));
    assertThat(drafted.drafts()).hasSize(1);
    assertThat(drafted.drafts().getFirst().guidance().questions())
        .extracting(Question::slot)
        .containsExactly("owners.product");
    return drafted.drafts().getFirst().workflow();
  }

  private CompleteDraft.Reply complete(String by, WorkflowId workflow, Answer... answers) {
    return new CompleteDraft(c.ledger, c.library, c.payloads, c.clock)
        .run(new CompleteDraft.Request(by, workflow, List.of(answers), List.of()));
  }

  private static Answer owner(String person) {
    return new Answer("owners.product", List.of(person), "somebody.else");
  }

  private Refusal refused(CompleteDraft.Reply reply) {
    return expect(CompleteDraft.Reply.Refused.class, reply).refusal();
  }

  @Test
  void answersAreRecordedAndAreTheCallersOwn() {
    WorkflowId workflow = drafted();
    CompleteDraft.Reply.Completed done =
        expect(
            CompleteDraft.Reply.Completed.class,
            complete("noor.haddad", workflow, owner("emeka.obi")));
    Spec spec = done.spec().orElseThrow();
    assertThat(spec.from().lines())
        .containsEntry("owners.product", new Source.Answer("noor.haddad"));
    assertThat(done.guidance().questions()).isEmpty();
    List<Fact.DraftKept> answered = c.facts(Fact.DraftKept.class);
    assertThat(answered).hasSize(2);
    Draft stored =
        Draft.parse(
                Json.parseObject(
                        c.payloads.open(answered.getLast().draft()).orThrow(), Json.Bounds.REQUEST)
                    .orThrow())
            .orThrow();
    assertThat(stored).isEqualTo(done.draft());
    // What was answered stays answered: looking again finds it.
    assertThat(
            expect(CompleteDraft.Reply.Completed.class, complete("noor.haddad", workflow)).spec())
        .contains(spec);
    assertThat(c.facts(Fact.DraftKept.class)).hasSize(2);
    assertThat(c.facts(Fact.PayloadOpened.class)).hasSize(2);
  }

  @Test
  void whatModelsAnsweredIsSealedWithThePrompt() {
    ModelOutput output = new ModelOutput("ollama/m", "m-1", "it answered HTTP 500", "{\"x\":1}");
    EmbeddedDrafter rules = new EmbeddedDrafter();
    Drafter asking =
        new Drafter() {
          @Override
          public Proposal propose(Prompt prompt, Lexicon lexicon) {
            return rules.propose(prompt, lexicon);
          }

          @Override
          public Drafted draft(Prompt prompt, Lexicon lexicon) {
            return new Drafted(propose(prompt, lexicon), List.of(output));
          }
        };
    expect(
        DraftPrompt.Reply.Drafted.class,
        new DraftPrompt(c.ledger, c.library, c.payloads, c.entropy, c.clock)
            .run(new DraftPrompt.Request("noor.haddad", PROMPT, asking)));
    Fact.DraftMade made = c.facts(Fact.DraftMade.class).getLast();
    Json.Obj sealed =
        Json.parseObject(c.payloads.open(made.prompt()).orThrow(), Json.Bounds.REQUEST).orThrow();
    assertThat(sealed.text("text")).contains(PROMPT);
    assertThat(sealed.array("models").orElseThrow()).containsExactly(output.canonicalForm());
    drafted();
    Fact.DraftMade plain = c.facts(Fact.DraftMade.class).getLast();
    assertThat(new String(c.payloads.open(plain.prompt()).orThrow(), UTF_8))
        .doesNotContain("models");
  }

  @Test
  void onlyTheRequesterCompletesADraftAndOnlyWithWhatFits() {
    WorkflowId workflow = drafted();
    assertThat(refused(complete("emeka.obi", workflow, owner("emeka.obi"))))
        .isInstanceOf(Refusal.NotOwner.class);
    assertThat(refused(complete("noor.haddad", workflow, owner("sam.reyes.nobody"))))
        .isInstanceOf(Refusal.InputInvalid.class);
    assertThat(refused(complete("noor.haddad", WorkflowId.fresh(c.entropy))))
        .isInstanceOf(Refusal.WorkflowUnknown.class);
    assertThat(c.facts(Fact.DraftKept.class)).hasSize(1);
    c.now = c.now.plus(CompleteDraft.LONGEST).plus(Duration.ofSeconds(1));
    assertThat(refused(complete("noor.haddad", workflow, owner("emeka.obi"))))
        .isInstanceOf(Refusal.InputInvalid.class);
  }

  @Test
  void aSubmittedSpecHasItsEntitlementsInTheSameChain() {
    WorkflowId workflow = drafted();
    Spec spec =
        expect(
                CompleteDraft.Reply.Completed.class,
                complete("noor.haddad", workflow, owner("emeka.obi")))
            .spec()
            .orElseThrow();
    SubmitSpec submit = new SubmitSpec(c.ledger, c.library, c.payloads, c.entropy, c.clock);
    expect(
        SubmitSpec.Reply.Submitted.class,
        submit.run(new SubmitSpec.Request("noor.haddad", Optional.of(workflow), spec)));
    Fact.EntitlementsListed listed = c.facts(Fact.EntitlementsListed.class).getFirst();
    assertThat(listed.workload()).isEqualTo(Company.MATCHER);
    byte[] blob = c.store.blob(listed.entitlements()).orElseThrow().bytes();
    assertThat(new String(blob, UTF_8))
        .isEqualTo(new String(Entitlement.list(Entitlement.of(spec)).canonical(), UTF_8))
        .contains("sup-118");
    assertThat(
            c.entries().stream()
                .filter(e -> e.recorded().about().workflow().equals(Optional.of(workflow)))
                .map(e -> e.recorded().fact().getClass().getSimpleName()))
        .containsExactly(
            "DraftMade",
            "DraftKept",
            "PayloadOpened",
            "DraftKept",
            "SpecSubmitted",
            "EntitlementsListed",
            "AdmissionJudged");
    State state = c.ledger.published();
    assertThat(state.workflow(workflow).flatMap(w -> w.submission()).flatMap(Submission::workload))
        .contains(Company.MATCHER);
    assertThat(StateReader.parse(StateLines.of(state)).orThrow()).isEqualTo(state);
  }

  @Test
  void aRepeatUnderTheSameKeySubmitsNothingAgain() {
    SubmitSpec submit = new SubmitSpec(c.ledger, c.library, c.payloads, c.entropy, c.clock);
    CommandKey key = key("one", "request");
    SubmitSpec.Request request =
        new SubmitSpec.Request("noor.haddad", Optional.empty(), c.spec(), Optional.of(key));
    SubmitSpec.Reply.Submitted first =
        expect(SubmitSpec.Reply.Submitted.class, submit.run(request));
    SubmitSpec.Reply.Repeated again = expect(SubmitSpec.Reply.Repeated.class, submit.run(request));
    assertThat(again.workflow()).isEqualTo(first.dossier().workflow());
    assertThat(again.submitted().dossier()).isEqualTo(first.dossier().digest());
    assertThat(again.judged()).isPresent();
    assertThat(c.facts(Fact.SpecSubmitted.class)).hasSize(1);
    SubmitSpec.Request other =
        new SubmitSpec.Request(
            "noor.haddad", Optional.empty(), c.spec(), Optional.of(key("one", "another")));
    assertThat(expect(SubmitSpec.Reply.Refused.class, submit.run(other)).refusal())
        .isInstanceOf(Refusal.KeyReused.class);
    c.now = c.now.plus(Duration.ofHours(2));
    c.submit("emeka.obi", c.spec());
    expect(SubmitSpec.Reply.Submitted.class, submit.run(request));
  }

  private CommandKey key(String key, String request) {
    return new CommandKey(
        Digest.ofText(key), Digest.ofText(request), c.now.plus(Duration.ofHours(1)));
  }

  private List<String> next(String prompt) {
    return expect(
            DraftPrompt.Reply.Drafted.class,
            new DraftPrompt(c.ledger, c.library, c.payloads, c.entropy, c.clock)
                .run(new DraftPrompt.Request("noor.haddad", prompt, new EmbeddedDrafter())))
        .drafts()
        .getFirst()
        .guidance()
        .next();
  }

  @Test
  void aDraftAboutAccessThereIsSaysWhichWritItMeansAndDoesNothing() {
    String revoke = "Revoke all access of the invoice matcher.";
    assertThat(next(revoke))
        .containsExactly("nothing is in force for this agent, so there is nothing to revoke");
    var writ = c.writ();
    WorkflowId workflow = c.ledger.published().writ(writ, c.now).orElseThrow().workflow();
    assertThat(next(revoke))
        .containsExactly("end " + writ.value() + ", which is all that is in force for this agent");
    String extend =
        "Extend the invoice matcher's read access to supplier invoices in staging by two weeks.";
    assertThat(next(extend))
        .singleElement()
        .asString()
        .contains(workflow.value(), writ.value(), "with a later end");
    assertThat(c.facts(Fact.WritEnded.class)).isEmpty();
    assertThat(c.ledger.published().writ(writ, c.now)).isPresent();
  }

  @Test
  void whatADrafterClaimsWithoutTheRequestersWordsIsNotInTheDraft() {
    Drafter lying =
        (prompt, lexicon) -> {
          Quote nowhere = new Quote(0, 9, "export it");
          return new Proposal(
              "lying 1",
              Intent.GRANT,
              List.of(),
              List.of(
                  new Proposal.Part(
                      Intent.GRANT,
                      List.of(
                          new Proposal.Says(
                              "grants[0].resource", List.of("ap-db/payments"), List.of(nowhere)),
                          new Proposal.Says(
                              "grants[0].actions", List.of("approve"), List.of(nowhere)),
                          new Proposal.Says(
                              "owners.product", List.of("emeka.obi"), List.of(nowhere))))));
        };
    DraftPrompt.Reply.Drafted drafted =
        expect(
            DraftPrompt.Reply.Drafted.class,
            new DraftPrompt(c.ledger, c.library, c.payloads, c.entropy, c.clock)
                .run(new DraftPrompt.Request("noor.haddad", "read the invoices", lying)));
    assertThat(drafted.drafts().getFirst().draft().workflows().getFirst().open())
        .contains("grants[0].resource", "grants[0].actions", "owners.product");
    assertThat(c.facts(Fact.DraftMade.class))
        .extracting(Fact.DraftMade::drafter)
        .contains("lying 1");
  }

  @Test
  void theSpecInForceIsReadByPeopleOfTheCatalogueAndThatIsRecorded() {
    ReadSpec read = new ReadSpec(c.ledger, c.library);
    var writ = c.writ();
    WorkflowId workflow = c.ledger.published().writ(writ, c.now).orElseThrow().workflow();
    long opened = c.facts(Fact.PayloadOpened.class).size();
    ReadSpec.Reply.Read of =
        expect(
            ReadSpec.Reply.Read.class,
            read.run(new ReadSpec.Request("dan.okafor", new ReadSpec.Which.OfWorkflow(workflow))));
    assertThat(of.spec().digest()).isEqualTo(of.writ().issued().spec());
    expect(
        ReadSpec.Reply.Read.class,
        read.run(new ReadSpec.Request("dan.okafor", new ReadSpec.Which.OfWrit(writ))));
    assertThat(c.facts(Fact.PayloadOpened.class)).hasSize((int) opened + 2);
    assertThat(
            expect(
                    ReadSpec.Reply.Refused.class,
                    read.run(new ReadSpec.Request("a.stranger", new ReadSpec.Which.OfWrit(writ))))
                .refusal())
        .isInstanceOf(Refusal.PersonUnknown.class);
    c.now = c.now.plus(Duration.ofDays(60));
    assertThat(
            expect(
                    ReadSpec.Reply.Refused.class,
                    read.run(new ReadSpec.Request("dan.okafor", new ReadSpec.Which.OfWrit(writ))))
                .refusal())
        .isInstanceOf(Refusal.WritNotInForce.class);
  }
}
