package dev.writ.state;

import dev.writ.base.Digest;
import dev.writ.base.EnrolmentId;
import dev.writ.base.NodeId;
import dev.writ.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pcollections.PSet;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/**
 * How Writ itself is set up.
 *
 * @param founding the first fact; absent on an empty ledger
 * @param nodes what each node announced
 * @param duties who may do what for Writ itself
 * @param keys Writ's current public keys by use
 * @param former keys replaced within {@link #FORMER_FOR} of the last rotation and not revoked,
 *     oldest first
 * @param master name of the master key that wraps workflows' keys; absent until one was rotated
 * @param catalogue the catalogue in force
 * @param admission the admission policies in force
 * @param guardrails the guardrails in force
 * @param offered keys offered to nodes that have not joined; what is over goes with the next offer
 */
public record Government(
    Optional<Fact.LedgerFounded> founding,
    TreePMap<NodeId, Fact.NodeAnnounced> nodes,
    TreePMap<String, PSet<Fact.Duty>> duties,
    TreePMap<Fact.KeyUse, Fact.PublicKey> keys,
    PVector<FormerKey> former,
    Optional<String> master,
    Optional<Digest> catalogue,
    Optional<Digest> admission,
    Optional<Digest> guardrails,
    TreePMap<EnrolmentId, Fact.NodeOffered> offered) {
  /** Most offers to nodes that are still good. */
  public static final int MOST_OFFERED = 16;

  /** Most nodes that may have announced themselves. */
  public static final int MOST_NODES = 64;

  /** Most former keys that are remembered. */
  public static final int MOST_FORMER = 16;

  /** How long a former key is remembered: longer than anything it signed is in use. */
  public static final Duration FORMER_FOR = Duration.ofHours(24);

  static Government none() {
    return new Government(
        Optional.empty(),
        TreePMap.empty(),
        TreePMap.empty(),
        TreePMap.empty(),
        TreePVector.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        TreePMap.empty());
  }

  Government founded(Fact.LedgerFounded fact) {
    Government next =
        new Government(
            Optional.of(fact),
            nodes,
            duties,
            keys,
            former,
            master,
            catalogue,
            admission,
            guardrails,
            offered);
    for (Fact.PublicKey key : fact.keys()) {
      next = next.key(key);
    }
    return next.appointed(fact.founder(), Fact.Duty.FOUNDER);
  }

  Government announced(Fact.NodeAnnounced fact) {
    TreePMap<NodeId, Fact.NodeAnnounced> all = nodes.plus(fact.node(), fact);
    return new Government(
        founding, all, duties, keys, former, master, catalogue, admission, guardrails, offered);
  }

  Government offered(Fact.NodeOffered fact, Instant at) {
    TreePMap<EnrolmentId, Fact.NodeOffered> live = offered;
    for (Fact.NodeOffered each : offered.values()) {
      if (!at.isBefore(each.until())) {
        live = live.minus(each.offer());
      }
    }
    return offers(live.plus(fact.offer(), fact));
  }

  Government joined(EnrolmentId offer) {
    return offers(offered.minus(offer));
  }

  Government offers(TreePMap<EnrolmentId, Fact.NodeOffered> live) {
    return new Government(
        founding, nodes, duties, keys, former, master, catalogue, admission, guardrails, live);
  }

  Government appointed(String person, Fact.Duty duty) {
    PSet<Fact.Duty> theirs =
        duties.containsKey(person) ? duties.get(person) : org.pcollections.TreePSet.empty();
    TreePMap<String, PSet<Fact.Duty>> all = duties.plus(person, theirs.plus(duty));
    return new Government(
        founding, nodes, all, keys, former, master, catalogue, admission, guardrails, offered);
  }

  private Government keys(
      TreePMap<Fact.KeyUse, Fact.PublicKey> current, PVector<FormerKey> replaced) {
    return new Government(
        founding,
        nodes,
        duties,
        current,
        replaced,
        master,
        catalogue,
        admission,
        guardrails,
        offered);
  }

  /** With this key in its use's place. */
  Government key(Fact.PublicKey key) {
    return keys(keys.plus(key.use(), key), former);
  }

  Government former(FormerKey key) {
    return keys(keys, former.plus(key));
  }

  /** With this key in the place of the one before, which is remembered for a while. */
  Government rotated(Fact.PublicKey key, Instant at) {
    PVector<FormerKey> kept = TreePVector.empty();
    for (FormerKey each : former) {
      kept = each.replaced().plus(FORMER_FOR).isAfter(at) ? kept.plus(each) : kept;
    }
    Optional<Fact.PublicKey> before = Optional.ofNullable(keys.get(key.use()));
    if (before.isPresent()) {
      kept = kept.plus(new FormerKey(before.get(), at));
    }
    return keys(keys.plus(key.use(), key), kept);
  }

  /** Without the former keys of this use. */
  Government revoked(Fact.KeyUse use) {
    PVector<FormerKey> kept = TreePVector.empty();
    for (FormerKey each : former) {
      kept = each.key().use() == use ? kept : kept.plus(each);
    }
    return keys(keys, kept);
  }

  Government master(String key) {
    return new Government(
        founding,
        nodes,
        duties,
        keys,
        former,
        Optional.of(key),
        catalogue,
        admission,
        guardrails,
        offered);
  }

  Government catalogue(Digest digest) {
    return new Government(
        founding,
        nodes,
        duties,
        keys,
        former,
        master,
        Optional.of(digest),
        admission,
        guardrails,
        offered);
  }

  Government policies(Fact.PoliciesPublished fact) {
    Optional<Digest> digest = Optional.of(fact.policies());
    return switch (fact.kind()) {
      case ADMISSION ->
          new Government(
              founding,
              nodes,
              duties,
              keys,
              former,
              master,
              catalogue,
              digest,
              guardrails,
              offered);
      case GUARDRAILS ->
          new Government(
              founding, nodes, duties, keys, former, master, catalogue, admission, digest, offered);
    };
  }

  /** Whether the person holds the duty. */
  public boolean holds(String person, Fact.Duty duty) {
    PSet<Fact.Duty> theirs = duties.get(person);
    return theirs != null && theirs.contains(duty);
  }
}
