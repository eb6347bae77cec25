package dev.writ.sim;

import dev.writ.base.Digest;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.fact.PayloadRef;
import dev.writ.ledger.Ruling;
import dev.writ.state.State;
import dev.writ.token.Permission;
import dev.writ.token.Scope;
import dev.writ.token.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A small founded ledger to run work in: a few workflows with a writ each, whose facts are real and
 * whose digests name nothing.
 *
 * @param workflows the workflows, each with the writ of the same index
 */
public record SimWorld(List<WorkflowId> workflows, List<WritId> writs) {
  public static final String ORIGIN = "ledger.brightwater.example";
  public static final Actor FOUNDER = new Actor.Person("noor.haddad");
  public static final String WORKLOAD = "spiffe://brightwater.example/finance/invoice-matcher";
  public static final String DELEGATE = "spiffe://brightwater.example/finance/summariser";

  /** A world with so many workflows. */
  public static SimWorld of(int workflows, Chance chance) {
    List<WorkflowId> ids = new ArrayList<>();
    List<WritId> writs = new ArrayList<>();
    for (int i = 0; i < workflows; i++) {
      ids.add(WorkflowId.fresh(chance));
      writs.add(WritId.fresh(chance));
    }
    return new SimWorld(ids, writs);
  }

  /** The rule that founds the ledger and brings every writ into force. */
  public Ruling<SimWork.Told> founded(State state, Instant now) {
    List<FactDraft> facts = new ArrayList<>();
    facts.add(founding());
    for (int i = 0; i < workflows.size(); i++) {
      facts.addAll(issuing(i, now));
    }
    return Ruling.of(facts, new SimWork.Told.Recorded());
  }

  /** The first fact. */
  public static FactDraft founding() {
    return FactDraft.of(
        FOUNDER,
        About.ledger(),
        new Fact.LedgerFounded(
            Fact.Mode.DEVELOPMENT,
            "https://writ.brightwater.example",
            ORIGIN,
            "noor.haddad",
            List.of()));
  }

  /** The facts that bring the writ of one workflow into force. */
  public List<FactDraft> issuing(int index, Instant now) {
    WorkflowId workflow = workflows.get(index);
    Digest spec = Digest.ofText("spec of " + workflow);
    Digest dossier = Digest.ofText("dossier of " + workflow);
    Digest empty = Digest.ofText("");
    Fact.Terms terms =
        new Fact.Terms(
            List.of("noor.haddad"),
            now.plus(Duration.ofDays(100)),
            Duration.ofMinutes(15),
            2,
            List.of(DELEGATE),
            empty,
            empty,
            new PayloadRef(new PayloadId("pl_" + "0".repeat(26)), empty));
    Fact issued =
        new Fact.WritIssued(
            writs.get(index), dossier, spec, "noor.haddad", WORKLOAD, scope(), terms);
    return List.of(FactDraft.of(FOUNDER, About.workflow(workflow).dossier(dossier), issued));
  }

  /** What the writs allow. */
  public static Scope scope() {
    return new Scope(
        List.of(permission("ap-db/invoices", 200), permission("ap-db/purchase-orders", 100)));
  }

  /** A part of it. */
  public static Scope narrowed() {
    return new Scope(List.of(permission("ap-db/invoices", 20)));
  }

  private static Permission permission(String resource, long calls) {
    return new Permission(
        new TreeSet<>(List.of("read")),
        resource,
        "staging",
        new Targets.Any(),
        new TreeMap<>(java.util.Map.of("calls", calls)));
  }
}
