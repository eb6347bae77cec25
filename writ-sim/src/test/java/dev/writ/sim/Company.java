package dev.writ.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.Parsed;
import dev.writ.base.TaskId;
import dev.writ.base.WritId;
import dev.writ.catalogue.Catalogue;
import dev.writ.fact.CommandKey;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import dev.writ.ledger.Attachment;
import dev.writ.operation.AppointDuty;
import dev.writ.operation.ApproveDossier;
import dev.writ.operation.Audiences;
import dev.writ.operation.CompleteTask;
import dev.writ.operation.DecideCall;
import dev.writ.operation.ExchangeToken;
import dev.writ.operation.FoundLedger;
import dev.writ.operation.IntrospectToken;
import dev.writ.operation.Library;
import dev.writ.operation.ListTools;
import dev.writ.operation.Memo;
import dev.writ.operation.OpenTask;
import dev.writ.operation.Payloads;
import dev.writ.operation.PublishCatalogue;
import dev.writ.operation.PublishPolicies;
import dev.writ.operation.RecordOutcome;
import dev.writ.operation.Replay;
import dev.writ.operation.RevokeToken;
import dev.writ.operation.SubmitSpec;
import dev.writ.policy.PolicySet;
import dev.writ.policy.Schema;
import dev.writ.policy.Validation;
import dev.writ.spec.Spec;
import dev.writ.token.SignedToken;
import dev.writ.token.VerifiedToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Brightwater on a ledger in memory: every operation over the real pen, one thread, one seed. */
final class Company {
  static final String MATCHER = "spiffe://brightwater.example/finance/invoice-matcher";
  static final String SUMMARISER = "spiffe://brightwater.example/shared/summariser";
  static final Audiences AUDIENCES = new Audiences("https://gateway.example/mcp", List.of());

  Instant now = Instant.parse("2026-11-20T09:00:00Z");
  final InstantSource clock = () -> now;
  final Entropy entropy;
  final MemoryLedgerStore store;
  final SoloLedger ledger;
  final Payloads payloads;
  final Library library;
  private long keys;

  Company(long seed) {
    Random random = new Random(seed);
    this.entropy = random::nextBytes;
    this.store = new MemoryLedgerStore(clock, () -> 0);
    this.ledger = new SoloLedger(store, clock, entropy);
    this.payloads = new MemoryPayloads(entropy, store::payload);
    this.library =
        new Library(
            digest -> store.blob(digest).map(Attachment.Blob::bytes), payloads, Memo.none());
  }

  /** A founded ledger with catalogue and policies published. */
  static Company founded(long seed) {
    return founded(seed, List.of());
  }

  /** The same with these keys of Writ's own. */
  static Company founded(long seed, List<Fact.PublicKey> keys) {
    Company c = new Company(seed);
    new FoundLedger(c.ledger)
        .run(
            new FoundLedger.Request(
                Fact.Mode.DEVELOPMENT,
                "https://writ.example",
                "writ.example/log",
                "helen.osei",
                keys));
    new AppointDuty(c.ledger)
        .run(new AppointDuty.Request("helen.osei", "tomas.lind", Fact.Duty.PUBLISHER));
    Catalogue catalogue =
        Catalogue.parse(resource("brightwater/catalogue.yaml").getBytes(UTF_8)).orThrow();
    expect(
        PublishCatalogue.Reply.Published.class,
        new PublishCatalogue(c.ledger, c.library, ACCEPTING)
            .run(new PublishCatalogue.Request("tomas.lind", catalogue)));
    for (Fact.PolicyKind kind : Fact.PolicyKind.values()) {
      String name = kind == Fact.PolicyKind.ADMISSION ? "admission" : "guardrails";
      expect(
          PublishPolicies.Reply.Published.class,
          new PublishPolicies(c.ledger, c.library, ACCEPTING)
              .run(
                  new PublishPolicies.Request(
                      "tomas.lind", kind, resource("baseline/" + name + ".cedar"))));
    }
    return c;
  }

  /** Validation against the schema is the official binding's and tested where it stands. */
  private static final Validation ACCEPTING =
      new Validation() {
        @Override
        public Parsed<PolicySet> validate(PolicySet policies, Schema schema) {
          return Parsed.ok(policies);
        }
      };

  Spec spec() {
    return Spec.parse(
            """
            kind: Workflow
            name: invoice-match
            purpose: match supplier invoices to purchase orders
            process: finance/accounts-payable
            owners: { product: emeka.obi, identity: iam-team, security: secops }
            stage: pilot
            identity: { workload: spiffe://brightwater.example/finance/invoice-matcher, mode: own }
            initiators: [human]
            grants:
              - actions: [read]
                resource: ap-db/invoices
                environment: staging
                targets: { supplier: [sup-118, sup-204] }
                limits: { rows: 5000, calls: 5 }
              - actions: [read]
                resource: erp/purchase-orders
                environment: staging
                targets: { supplier: [sup-118, sup-204] }
            prohibited: [ { actions: [export], resource: ap-db/invoices } ]
            until: 2026-12-20T18:00:00Z
            task: { life: PT15M, delegation: { depth: 1, to: [summariser] } }
            revoke: [task-complete, timeout]
            """
                .getBytes(UTF_8))
        .orThrow();
  }

  SubmitSpec.Reply submit(String by, Spec spec) {
    return new SubmitSpec(ledger, library, payloads, entropy, clock)
        .run(new SubmitSpec.Request(by, Optional.empty(), spec));
  }

  ApproveDossier.Reply approve(String by, Digest dossier) {
    return new ApproveDossier(ledger, library, payloads, entropy, clock)
        .run(new ApproveDossier.Request(by, dossier, Optional.empty(), Fact.Assurance.DEVELOPMENT));
  }

  /** A writ in force by the short way. */
  WritId writ() {
    Digest dossier =
        expect(SubmitSpec.Reply.Submitted.class, submit("noor.haddad", spec())).dossier().digest();
    approve("ilse.varga", dossier);
    return expect(ApproveDossier.Reply.Approved.class, approve("priya.nair", dossier))
        .writ()
        .orElseThrow();
  }

  OpenTask.Reply open(WritId writ, CommandKey key) {
    return new OpenTask(ledger, Company::sign, entropy, AUDIENCES)
        .run(new OpenTask.Request(MATCHER, writ, List.of(), Optional.empty(), key));
  }

  VerifiedToken token(WritId writ) {
    return verified(expect(OpenTask.Reply.Opened.class, open(writ, key())).token());
  }

  ExchangeToken exchange() {
    return new ExchangeToken(ledger, Company::sign, entropy, AUDIENCES);
  }

  DecideCall decide() {
    return new DecideCall(ledger, library, payloads, entropy);
  }

  RecordOutcome outcome() {
    return new RecordOutcome(ledger, payloads);
  }

  ListTools tools() {
    return new ListTools(ledger, library, clock);
  }

  IntrospectToken introspect() {
    return new IntrospectToken(ledger, clock);
  }

  CompleteTask complete() {
    return new CompleteTask(ledger);
  }

  RevokeToken revoke() {
    return new RevokeToken(ledger);
  }

  boolean active(VerifiedToken token) {
    return introspect().run(new IntrospectToken.Request(token))
        instanceof IntrospectToken.Reply.Active;
  }

  CommandKey key() {
    keys++;
    return new CommandKey(
        Digest.ofText("key " + keys),
        Digest.ofText("request " + keys),
        now.plus(Duration.ofMinutes(2)));
  }

  static VerifiedToken verified(SignedToken token) {
    return new VerifiedToken(
        token.draft().id(),
        token.draft().task(),
        token.draft().client(),
        token.draft().audience(),
        token.draft().until(),
        token.draft().thumbprint());
  }

  private static SignedToken sign(dev.writ.token.TokenDraft draft) {
    return new SignedToken(draft, "signed:" + draft.id());
  }

  /** Every entry of the ledger, parsed. */
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (byte[] bytes : store.entries()) {
      entries.add(Entry.parse(bytes).orThrow());
    }
    return entries;
  }

  /** The facts of one type, in order. */
  <F extends Fact> List<F> facts(Class<F> type) {
    return entries().stream()
        .map(e -> e.recorded().fact())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** The facts about a task, in order. */
  List<Fact> facts(TaskId task) {
    return entries().stream()
        .filter(e -> e.recorded().about().task().equals(Optional.of(task)))
        .map(e -> e.recorded().fact())
        .toList();
  }

  Replay.Report replay() {
    Replay replay = new Replay(library, payloads);
    entries().forEach(replay::accept);
    return replay.report();
  }

  static <T> T expect(Class<T> type, Object reply) {
    if (!type.isInstance(reply)) {
      throw new AssertionError("expected " + type.getSimpleName() + ", was " + reply);
    }
    return type.cast(reply);
  }

  private static String resource(String name) {
    try (InputStream in = Spec.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
