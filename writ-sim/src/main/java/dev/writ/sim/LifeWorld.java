package dev.writ.sim;

import dev.writ.base.Entropy;
import dev.writ.base.Parsed;
import dev.writ.catalogue.Catalogue;
import dev.writ.fact.Fact;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.Ledger;
import dev.writ.operation.AppointDuty;
import dev.writ.operation.Audiences;
import dev.writ.operation.FoundLedger;
import dev.writ.operation.Library;
import dev.writ.operation.Payloads;
import dev.writ.operation.PublishCatalogue;
import dev.writ.operation.PublishPolicies;
import dev.writ.policy.PolicySet;
import dev.writ.policy.Schema;
import dev.writ.policy.Validation;
import dev.writ.spec.Spec;
import dev.writ.token.SignedToken;
import dev.writ.token.TokenDraft;
import dev.writ.vocabulary.Shipped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The example company for simulations of whole lives: its people, specs, policies and documents.
 */
final class LifeWorld {
  static final String FOUNDER = "helen.osei";
  static final String PUBLISHER = "tomas.lind";
  static final String OPERATOR = "jonas.weber";
  static final String STRANGER = "dan.okafor";
  static final List<String> REQUESTERS = List.of("noor.haddad", "emeka.obi");
  static final List<String> IDENTITY = List.of("ilse.varga", "tomas.lind");
  static final List<String> SECURITY = List.of("priya.nair", "jonas.weber");
  static final String MATCHER = "spiffe://brightwater.example/finance/invoice-matcher";
  static final String SUMMARISER = "spiffe://brightwater.example/shared/summariser";
  static final Audiences AUDIENCES = new Audiences("https://gateway.example/mcp", List.of());

  /** Arguments with a limit above one drive it into an error, which has to be a denial. */
  private static final String OVERFLOWS =
      """

      @id("overflows") forbid (principal, action, resource)
      when { context.arguments has limit && context.arguments.limit * 9223372036854775807 > 0 };
      """;

  private final MemoryLedgerStore store;
  private final Library library;

  LifeWorld(MemoryLedgerStore store, Entropy entropy) {
    this.store = store;
    this.library =
        new Library(
            digest -> store.blob(digest).map(Attachment.Blob::bytes),
            payloads(entropy),
            new SimMemo());
  }

  Library library() {
    return library;
  }

  Payloads payloads(Entropy entropy) {
    return new MemoryPayloads(entropy, store::payload);
  }

  /** One way to write a spec. */
  record Wish(boolean matcher, boolean birchToo, boolean updates, int depth, Instant until) {
    String workload() {
      return matcher ? MATCHER : SUMMARISER;
    }

    List<String> suppliers() {
      return birchToo ? List.of("sup-118", "sup-204") : List.of("sup-118");
    }

    Spec spec() {
      String updating =
          """
            - actions: [update]
              resource: ap-db/invoices
              environment: staging
              targets: { supplier: [sup-118] }
          """;
      String text =
          """
          kind: Workflow
          name: %s
          purpose: match supplier invoices to purchase orders
          process: finance/accounts-payable
          owners: { product: marta.silva, identity: iam-team, security: secops }
          stage: pilot
          identity: { workload: %s, mode: own }
          initiators: [human]
          grants:
            - actions: [read]
              resource: ap-db/invoices
              environment: staging
              targets: { supplier: [%s] }
              limits: { rows: 50, calls: 20 }
          %sprohibited: [ { actions: [export], resource: ap-db/invoices } ]
          until: %s
          task: { life: PT15M%s }
          revoke: [task-complete, timeout]
          """
              .formatted(
                  matcher ? "invoice-match" : "summaries",
                  workload(),
                  String.join(", ", suppliers()),
                  updates ? updating : "",
                  until.truncatedTo(ChronoUnit.SECONDS),
                  depth > 0 ? ", delegation: { depth: " + depth + ", to: [summariser] }" : "");
      return Spec.parse(text.getBytes(StandardCharsets.UTF_8)).orThrow();
    }
  }

  /** Founding, duties, catalogue and policies, by the operations that do it. */
  void found(Ledger ledger) {
    new FoundLedger(ledger)
        .run(
            new FoundLedger.Request(
                Fact.Mode.DEVELOPMENT,
                "https://writ.example",
                SimWorld.ORIGIN,
                FOUNDER,
                List.of(LifeKeys.FIRST)));
    AppointDuty appoint = new AppointDuty(ledger);
    appoint.run(new AppointDuty.Request(FOUNDER, PUBLISHER, Fact.Duty.PUBLISHER));
    appoint.run(new AppointDuty.Request(FOUNDER, OPERATOR, Fact.Duty.OPERATOR));
    Catalogue catalogue =
        Catalogue.parse(Shipped.text(Shipped.BRIGHTWATER).getBytes(StandardCharsets.UTF_8))
            .orThrow();
    new PublishCatalogue(ledger, library, ACCEPTING)
        .run(new PublishCatalogue.Request(PUBLISHER, catalogue));
    publish(ledger, Fact.PolicyKind.ADMISSION, Shipped.text(Shipped.BASELINE_ADMISSION));
    publish(ledger, Fact.PolicyKind.GUARDRAILS, guardrails(0));
  }

  PublishPolicies.Reply publish(Ledger ledger, Fact.PolicyKind kind, String text) {
    return new PublishPolicies(ledger, library, ACCEPTING)
        .run(new PublishPolicies.Request(PUBLISHER, kind, text));
  }

  /** Guardrails, each edition with another digest and none without the one that overflows. */
  static String guardrails(int edition) {
    return Shipped.text(Shipped.BASELINE_GUARDRAILS)
        + OVERFLOWS
        + "@id(\"edition-"
        + edition
        + "\") forbid (principal, action, resource) when { false };\n";
  }

  static SignedToken sign(TokenDraft draft) {
    return new SignedToken(draft, "signed:" + draft.id());
  }

  /** The official binding validates, and is tested where it stands. */
  private static final Validation ACCEPTING =
      new Validation() {
        @Override
        public Parsed<PolicySet> validate(PolicySet policies, Schema schema) {
          return Parsed.ok(policies);
        }
      };
}
