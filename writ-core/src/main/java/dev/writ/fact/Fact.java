package dev.writ.fact;

import dev.writ.base.CallId;
import dev.writ.base.Digest;
import dev.writ.base.EnrolmentId;
import dev.writ.base.KeyId;
import dev.writ.base.NodeId;
import dev.writ.base.PayloadId;
import dev.writ.base.TokenId;
import dev.writ.base.WritId;
import dev.writ.token.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Something that happened: at once the change of state, the audit entry and what tests assert.
 * Names are past tense and belong to the trade. A fact holds nothing that may have to be forgotten:
 * ids, digests, kinds, positions, times and catalogue vocabulary; the rest is sealed and referred
 * to.
 *
 * <p>The type's name and a version choose how stored bytes are read ({@link FactCodec}); a stored
 * version is never changed.
 */
public sealed interface Fact {
  // --- The ledger and its guards ---

  /** The first fact of every ledger. Its mode stays for ever. */
  record LedgerFounded(
      Mode mode, String issuer, String origin, String founder, List<PublicKey> keys)
      implements Fact {
    public LedgerFounded {
      keys = List.copyOf(keys);
    }
  }

  /** An operator opened a new epoch after a fork; tasks and tokens of the old one are dead. */
  record EpochOpened(long epoch, String origin, long lostSize, Digest lostRoot) implements Fact {}

  /** A node said that it reads facts up to this format, and where other nodes reach it. */
  record NodeAnnounced(NodeId node, String address, int reads) implements Fact {}

  /** An operator offered the ledger's keys to another node, under a one-time code. */
  record NodeOffered(EnrolmentId offer, Digest code, Instant until) implements Fact {}

  /** A node that proved it has the code was given the keys. */
  record NodeJoined(EnrolmentId offer, NodeId node) implements Fact {}

  /** A person got a duty in the government of Writ itself. */
  record DutyAppointed(String person, Duty duty) implements Fact {}

  /** A key of Writ's own was replaced; the former one stays good for reading. */
  record KeyRotated(PublicKey key) implements Fact {}

  /**
   * The log's key was replaced, and the former one said so itself.
   *
   * @param endorsement the former key's signed note (C2SP signed-note) that names both keys
   */
  record LogKeyRotated(PublicKey key, String endorsement) implements Fact {}

  /**
   * Every former key of this use is good for nothing from here on. Of the tokens' keys: every token
   * issued before is dead, and tasks go on with new ones.
   */
  record FormerKeysRevoked(KeyUse use) implements Fact {}

  /** From here on workflows' keys are wrapped by the master key of this name. */
  record MasterKeyRotated(String key) implements Fact {}

  /** A catalogue came into force. */
  record CataloguePublished(Digest catalogue) implements Fact {}

  /** A policy set came into force. */
  record PoliciesPublished(PolicyKind kind, Digest policies) implements Fact {}

  /** The state after the first {@code size} entries hashed to this; its bytes are a blob. */
  record SnapshotTaken(long size, Digest state, Digest blob) implements Fact {}

  /** Somebody read a sealed payload, for this reason. */
  record PayloadOpened(PayloadId payload, String reason) implements Fact {}

  /** Writ said no to an authenticated person or workload. */
  record CommandRefused(String operation, String problem) implements Fact {}

  /** What strangers sent and was refused at a door, counted over a minute. */
  record StrangersRefused(String door, String problem, long count) implements Fact {}

  // --- From a prompt to a writ ---

  /** A drafter made a draft of a prompt. Nothing is granted. */
  record DraftMade(PayloadRef prompt, PayloadRef draft, String drafter) implements Fact {}

  /** Where a workflow's draft stands: as it was made, or with what its requester answered. */
  record DraftKept(PayloadRef draft) implements Fact {}

  /** A spec was submitted; the dossier is the hash over all the bytes an approval binds to. */
  record SpecSubmitted(
      Digest spec,
      PayloadRef text,
      Digest dossier,
      Digest generated,
      Digest slice,
      String requester)
      implements Fact {}

  /**
   * What a submitted spec comes to was written down beside it: for which workload, and the list of
   * its entitlements.
   *
   * @param entitlements digest of the list, a blob
   */
  record EntitlementsListed(Digest dossier, String workload, Digest entitlements) implements Fact {}

  /** Admission policy was asked about a dossier. */
  record AdmissionJudged(
      Digest dossier, Admission outcome, List<String> requires, List<String> policies)
      implements Fact {
    public AdmissionJudged {
      requires = List.copyOf(requires);
      policies = List.copyOf(policies);
    }
  }

  /** An authenticated person met one requirement of a dossier. */
  record ApprovalGiven(Digest dossier, String requirement, String approver, Assurance assurance)
      implements Fact {}

  /** The dossier's approvals satisfied admission policy: the spec is in force until its end. */
  record WritIssued(
      WritId writ,
      Digest dossier,
      Digest spec,
      String requester,
      String workload,
      Scope scope,
      Terms terms)
      implements Fact {}

  /** A writ ended before, or at, its time. Everything under it ended with it. */
  record WritEnded(WritId writ, Cause cause) implements Fact {}

  // --- Workloads and their keys ---

  /** A one-time code, of which only the digest is kept, lets a workload enrol its key. */
  record EnrolmentOffered(
      EnrolmentId enrolment, WritId writ, String workload, Digest code, Instant until)
      implements Fact {}

  /** A workload enrolled the public key it authenticates with. */
  record KeyEnrolled(
      KeyId key,
      EnrolmentId enrolment,
      WritId writ,
      String workload,
      String jwk,
      String thumbprint,
      Instant until)
      implements Fact {}

  /** A workload's key stopped being good. */
  record KeyEnded(KeyId key, Cause cause) implements Fact {}

  // --- Tasks, tokens, calls ---

  /** One run began. */
  record TaskOpened(
      WritId writ, String workload, String requester, Initiator initiator, Instant until)
      implements Fact {}

  /**
   * A token is about to be signed.
   *
   * @param parent the token it was exchanged for; absent for a task's first
   * @param narrowed its scope where smaller than the parent's (or the writ's)
   * @param thumbprint the key it is bound to ({@code cnf.jkt}), where it is
   */
  record TokenIssued(
      TokenId token,
      Optional<TokenId> parent,
      String workload,
      String audience,
      Instant until,
      Optional<Scope> narrowed,
      Optional<String> thumbprint)
      implements Fact {}

  /** One token, and with it everything exchanged for it, stopped being good. */
  record TokenRevoked(TokenId token, Cause cause) implements Fact {}

  /**
   * A tool call was decided, and with an allow may be sent until {@code sendUntil}.
   *
   * @param counts what an allow adds to the task's counters, by name; empty with a deny
   */
  record CallDecided(
      CallId call,
      TokenId token,
      String tool,
      Verdict verdict,
      Basis basis,
      Instant sendUntil,
      NavigableMap<String, Long> counts)
      implements Fact {}

  /**
   * An allowed call's answer came back.
   *
   * @param used what it adds to the task's counters, such as rows read, by name
   */
  record CallReturned(
      CallId call, boolean toolError, PayloadRef result, NavigableMap<String, Long> used)
      implements Fact {}

  /** An allowed call reached, or may have reached, the upstream and failed there. */
  record CallFailed(CallId call, String cause) implements Fact {}

  /** What became of an allowed call will never be known, or it was never sent. */
  record CallLost(CallId call, Sent sent) implements Fact {}

  /** A task ended; {@code revoked} tokens were live under it and are good no more. */
  record TaskCompleted(Cause cause, long revoked) implements Fact {}

  /** Nothing the task was allowed is still running; these calls could not be called back. */
  record TaskSettled(List<CallId> lost) implements Fact {
    public TaskSettled {
      lost = List.copyOf(lost);
    }
  }

  // --- Parts of facts ---

  /** Whether a ledger may use development shortcuts. */
  enum Mode {
    DEVELOPMENT,
    PRODUCTION
  }

  /** What a person may do for Writ itself. */
  enum Duty {
    FOUNDER,
    PUBLISHER,
    OPERATOR,
    AUDITOR
  }

  /** Which set of policies. */
  enum PolicyKind {
    ADMISSION,
    GUARDRAILS
  }

  /** What admission policy answered. */
  enum Admission {
    ADMITTED,
    REQUIRES,
    NEVER,
    FAULTY
  }

  /** How surely we know who approved. */
  enum Assurance {
    DEVELOPMENT,
    PROVIDER,
    QUEUE
  }

  /** What set a task going. */
  enum Initiator {
    HUMAN,
    SCHEDULE,
    AGENT
  }

  /** Why something ended. */
  enum Cause {
    COMPLETED,
    TIMEOUT,
    REVOKED,
    RETIRED,
    SUPERSEDED,
    EPOCH
  }

  /** Whether a lost call left us. */
  enum Sent {
    NEVER,
    UNKNOWN
  }

  /** The answer to a call. */
  enum Decision {
    ALLOW,
    DENY
  }

  /** What one of Writ's own keys is for. */
  enum KeyUse {
    LOG,
    TOKEN,
    STATEMENT
  }

  /**
   * A public key of Writ's own.
   *
   * @param text a C2SP verifier key for the log, a JWK for the others
   */
  record PublicKey(KeyUse use, String id, String text) {}

  /**
   * What the spec's {@code task} section and end say.
   *
   * @param owners the people who answer for the workflow: product, identity, security
   * @param until the writ's end
   * @param taskLife longest life of one task
   * @param delegationDepth most exchanges in a chain of tokens; 0 forbids delegation
   * @param delegates workloads a token may be exchanged to
   * @param generated digest of the generated policies
   * @param slice digest of the catalogue slice the writ keeps
   * @param text the sealed spec
   */
  record Terms(
      List<String> owners,
      Instant until,
      Duration taskLife,
      int delegationDepth,
      List<String> delegates,
      Digest generated,
      Digest slice,
      PayloadRef text) {
    public Terms {
      owners = List.copyOf(owners);
      delegates = List.copyOf(delegates);
    }
  }

  /**
   * What a decision said.
   *
   * @param policies ids of the determining policies
   * @param errors ids of policies that erred
   * @param reason a stable name, such as {@code permitted} or {@code outside-token}
   */
  record Verdict(Decision decision, List<String> policies, List<String> errors, String reason) {
    public Verdict {
      policies = List.copyOf(policies);
      errors = List.copyOf(errors);
    }
  }

  /**
   * All a decision depended on, so that it can be made again.
   *
   * @param request the sealed request: tool and arguments
   * @param entities digest of the entity slice, a blob
   * @param generated digest of the writ's generated policies
   * @param guardrails digest of the guardrails asked
   * @param read how many entries the deciding state had folded
   * @param used the task's counters as the policies saw them
   * @param language policy language and evaluator version
   */
  record Basis(
      PayloadRef request,
      Digest entities,
      Digest generated,
      Digest guardrails,
      long read,
      NavigableMap<String, Long> used,
      String language) {}
}
