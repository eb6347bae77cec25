package dev.writ.server.main;

import dev.writ.base.Entropy;
import dev.writ.draft.Drafter;
import dev.writ.ledger.Ledger;
import dev.writ.operation.AppointDuty;
import dev.writ.operation.ApproveDossier;
import dev.writ.operation.Audiences;
import dev.writ.operation.Blobs;
import dev.writ.operation.CheckSpec;
import dev.writ.operation.CompleteDraft;
import dev.writ.operation.CompleteTask;
import dev.writ.operation.DecideCall;
import dev.writ.operation.DraftPrompt;
import dev.writ.operation.EndWrit;
import dev.writ.operation.EnrolKey;
import dev.writ.operation.ExchangeToken;
import dev.writ.operation.IntrospectToken;
import dev.writ.operation.JoinCodes;
import dev.writ.operation.Library;
import dev.writ.operation.ListTools;
import dev.writ.operation.OfferEnrolment;
import dev.writ.operation.OfferNode;
import dev.writ.operation.OpenTask;
import dev.writ.operation.OwnKeys;
import dev.writ.operation.PayloadRows;
import dev.writ.operation.Payloads;
import dev.writ.operation.PublishCatalogue;
import dev.writ.operation.PublishPolicies;
import dev.writ.operation.ReadSpec;
import dev.writ.operation.RecordOutcome;
import dev.writ.operation.RenewToken;
import dev.writ.operation.RevokeToken;
import dev.writ.operation.RotateKey;
import dev.writ.operation.RotateMasterKey;
import dev.writ.operation.ShowDossier;
import dev.writ.operation.SubmitSpec;
import dev.writ.operation.TokenSigner;
import dev.writ.operation.WrappedKeys;
import dev.writ.policy.Validation;
import dev.writ.server.api.ApiDoor;
import dev.writ.server.api.CatalogueResource;
import dev.writ.server.api.DossierResource;
import dev.writ.server.api.DraftResource;
import dev.writ.server.api.DraftingDoor;
import dev.writ.server.api.DraftingTools;
import dev.writ.server.api.DutyResource;
import dev.writ.server.api.EvidenceResource;
import dev.writ.server.api.KeyResource;
import dev.writ.server.api.LedgerResource;
import dev.writ.server.api.LogPages;
import dev.writ.server.api.LogResource;
import dev.writ.server.api.NodeResource;
import dev.writ.server.api.OpenApiResource;
import dev.writ.server.api.People;
import dev.writ.server.api.PolicyResource;
import dev.writ.server.api.SessionResource;
import dev.writ.server.api.Sessions;
import dev.writ.server.api.SpecResource;
import dev.writ.server.api.TaskResource;
import dev.writ.server.api.WorkflowResource;
import dev.writ.server.api.WritResource;
import dev.writ.server.gateway.OperationAuthority;
import dev.writ.server.mcp.McpDoor;
import dev.writ.server.mcp.McpSessions;
import dev.writ.server.oauth.OauthDoor;
import java.time.InstantSource;
import java.util.List;

/** Every operation, constructed once over its ports, and handed to the doors. */
final class Operations {
  /**
   * What operations stand on.
   *
   * @param validation checks policies before they are published
   */
  record Ports(
      Ledger ledger,
      Library library,
      Payloads payloads,
      TokenSigner signer,
      OwnKeys keys,
      JoinCodes codes,
      Audiences audiences,
      Validation validation,
      Entropy entropy,
      InstantSource clock) {}

  private final Ports ports;
  private final Drafter drafter;

  Operations(Ports ports, Drafter drafter) {
    this.ports = ports;
    this.drafter = drafter;
  }

  /** What workloads ask for. */
  OauthDoor.Operations oauth() {
    Ledger ledger = ports.ledger();
    return new OauthDoor.Operations(
        new OpenTask(ledger, ports.signer(), ports.entropy(), ports.audiences()),
        new RenewToken(ledger, ports.signer(), ports.entropy(), ports.audiences()),
        new ExchangeToken(ledger, ports.signer(), ports.entropy(), ports.audiences()),
        new IntrospectToken(ledger, ports.clock()),
        new RevokeToken(ledger),
        new EnrolKey(ledger, ports.entropy()));
  }

  /** What gateways ask for. */
  OperationAuthority.Operations calls() {
    return new OperationAuthority.Operations(
        new DecideCall(ports.ledger(), ports.library(), ports.payloads(), ports.entropy()),
        new RecordOutcome(ports.ledger(), ports.payloads()),
        new ListTools(ports.ledger(), ports.library(), ports.clock()));
  }

  /** What outsiders take away: the log's pages, and what facts refer to. */
  record Evidence(
      LogPages pages,
      LedgerResource.Witnessed witnesses,
      Blobs blobs,
      PayloadRows payloads,
      WrappedKeys wrapped) {}

  private DraftResource.Operations drafting(SubmitSpec submit) {
    Ledger ledger = ports.ledger();
    Library library = ports.library();
    return new DraftResource.Operations(
        new DraftPrompt(ledger, library, ports.payloads(), ports.entropy(), ports.clock()),
        new CompleteDraft(ledger, library, ports.payloads(), ports.clock()),
        submit);
  }

  private SubmitSpec submitting() {
    return new SubmitSpec(
        ports.ledger(), ports.library(), ports.payloads(), ports.entropy(), ports.clock());
  }

  /** What people's chat clients ask for. */
  DraftingDoor chat(Sessions sessions, DraftingDoor.Edge edge) {
    DraftingTools tools = new DraftingTools(drafting(submitting()), drafter, ports.clock());
    McpSessions open = new McpSessions(ports.entropy(), edge.nanos());
    return new DraftingDoor(
        new McpDoor<>(tools, open, ports.entropy()), new People(sessions), edge);
  }

  /** What people ask for. */
  ApiDoor api(Sessions sessions, SessionResource.Development development, Evidence evidence) {
    Ledger ledger = ports.ledger();
    Library library = ports.library();
    InstantSource clock = ports.clock();
    People people = new People(sessions);
    SubmitSpec submit = submitting();
    return new ApiDoor(
        List.of(
            new OpenApiResource(),
            new SessionResource(ledger, sessions, people, development),
            new LedgerResource(ledger, evidence.witnesses()),
            new NodeResource(new OfferNode(ledger, ports.codes(), ports.entropy()), people),
            new DutyResource(ledger, new AppointDuty(ledger), people),
            new CatalogueResource(
                ledger, library, new PublishCatalogue(ledger, library, ports.validation()), people),
            new PolicyResource(
                ledger, library, new PublishPolicies(ledger, library, ports.validation()), people),
            new DraftResource(drafting(submit), drafter, people),
            new SpecResource(
                submit, new CheckSpec(ledger, library, ports.entropy(), clock), people, clock),
            new WorkflowResource(ledger, new ReadSpec(ledger, library), people, clock),
            new DossierResource(
                ledger,
                new ShowDossier(ledger, library, ports.payloads(), clock),
                new ApproveDossier(ledger, library, ports.payloads(), ports.entropy(), clock),
                people),
            new WritResource(
                ledger,
                new WritResource.Operations(
                    new EndWrit(ledger), new OfferEnrolment(ledger, ports.entropy())),
                people,
                clock),
            new TaskResource(ledger, new CompleteTask(ledger), people, clock),
            new KeyResource(
                ledger,
                new KeyResource.Parts(
                    new RotateKey(ledger, ports.keys()),
                    new RotateMasterKey(ledger, ports.keys()),
                    ports.keys(),
                    evidence.wrapped()),
                people,
                clock),
            new LogResource(ledger, evidence.pages(), people),
            new EvidenceResource(ledger, evidence.blobs(), evidence.payloads(), people)));
  }
}
