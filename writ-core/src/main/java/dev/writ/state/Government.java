package dev.writ.state;

import dev.writ.base.Digest;
import dev.writ.base.NodeId;
import dev.writ.fact.Fact;
import java.util.Optional;
import org.pcollections.PSet;
import org.pcollections.TreePMap;

/**
 * How Writ itself is set up.
 *
 * @param founding the first fact; absent on an empty ledger
 * @param nodes what each node announced
 * @param duties who may do what for Writ itself
 * @param keys Writ's current public keys by use
 * @param catalogue the catalogue in force
 * @param admission the admission policies in force
 * @param guardrails the guardrails in force
 */
public record Government(
    Optional<Fact.LedgerFounded> founding,
    TreePMap<NodeId, Fact.NodeAnnounced> nodes,
    TreePMap<String, PSet<Fact.Duty>> duties,
    TreePMap<Fact.KeyUse, Fact.PublicKey> keys,
    Optional<Digest> catalogue,
    Optional<Digest> admission,
    Optional<Digest> guardrails) {
  /** Most nodes that may have announced themselves. */
  public static final int MOST_NODES = 64;

  static Government none() {
    return new Government(
        Optional.empty(),
        TreePMap.empty(),
        TreePMap.empty(),
        TreePMap.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Government founded(Fact.LedgerFounded fact) {
    Government next =
        new Government(Optional.of(fact), nodes, duties, keys, catalogue, admission, guardrails);
    for (Fact.PublicKey key : fact.keys()) {
      next = next.rotated(key);
    }
    return next.appointed(fact.founder(), Fact.Duty.FOUNDER);
  }

  Government announced(Fact.NodeAnnounced fact) {
    TreePMap<NodeId, Fact.NodeAnnounced> all = nodes.plus(fact.node(), fact);
    return new Government(founding, all, duties, keys, catalogue, admission, guardrails);
  }

  Government appointed(String person, Fact.Duty duty) {
    PSet<Fact.Duty> theirs =
        duties.containsKey(person) ? duties.get(person) : org.pcollections.TreePSet.empty();
    TreePMap<String, PSet<Fact.Duty>> all = duties.plus(person, theirs.plus(duty));
    return new Government(founding, nodes, all, keys, catalogue, admission, guardrails);
  }

  Government rotated(Fact.PublicKey key) {
    TreePMap<Fact.KeyUse, Fact.PublicKey> all = keys.plus(key.use(), key);
    return new Government(founding, nodes, duties, all, catalogue, admission, guardrails);
  }

  Government catalogue(Digest digest) {
    return new Government(
        founding, nodes, duties, keys, Optional.of(digest), admission, guardrails);
  }

  Government policies(Fact.PoliciesPublished fact) {
    Optional<Digest> digest = Optional.of(fact.policies());
    return switch (fact.kind()) {
      case ADMISSION ->
          new Government(founding, nodes, duties, keys, catalogue, digest, guardrails);
      case GUARDRAILS ->
          new Government(founding, nodes, duties, keys, catalogue, admission, digest);
    };
  }

  /** Whether the person holds the duty. */
  public boolean holds(String person, Fact.Duty duty) {
    PSet<Fact.Duty> theirs = duties.get(person);
    return theirs != null && theirs.contains(duty);
  }
}
