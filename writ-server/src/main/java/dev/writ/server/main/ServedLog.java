package dev.writ.server.main;

import dev.writ.audit.Ed25519Key;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.SignedCheckpoint;
import dev.writ.audit.TileNodes;
import dev.writ.audit.VerifierKey;
import dev.writ.fact.Fact;
import dev.writ.ledger.Acknowledgement;
import dev.writ.ledger.MonotonicClock;
import dev.writ.ledger.Published;
import dev.writ.server.api.LogPages;
import dev.writ.server.config.Config;
import dev.writ.server.witness.Witnesses;
import dev.writ.state.FormerKey;
import dev.writ.state.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The public log as this node serves it, and as it is taken to witnesses. */
final class ServedLog implements LogPages.Stored, Witnesses.Log {
  private final Node node;
  private final LogPages pages;
  private final Witnesses witnesses;

  ServedLog(Node node, Config.Witnessing plan, MonotonicClock clock) {
    this.node = node;
    this.pages = new LogPages(this);
    List<Witnesses.Member> members =
        plan.members().stream().map(w -> new Witnesses.Member(w.url(), verifier(w.key()))).toList();
    this.witnesses =
        new Witnesses(
            new Witnesses.Plan(members, plan.quorum(), plan.every()),
            this,
            node.store().archive(),
            clock);
  }

  private static NoteVerifier verifier(VerifierKey key) {
    return new NoteVerifier(key, Ed25519Key::verify);
  }

  LogPages pages() {
    return pages;
  }

  Witnesses witnesses() {
    return witnesses;
  }

  @Override
  public List<byte[]> entries(long from, int limit) {
    return node.store().read(from, limit);
  }

  @Override
  public Optional<byte[]> tile(int level, long index) {
    return node.store().tile(level, index);
  }

  @Override
  public long size() {
    return node.pen().publication().size();
  }

  @Override
  public Optional<byte[]> checkpoint() {
    return node.pen().publication().checkpoint().map(a -> witnesses.cosigned(a.note()));
  }

  @Override
  public Optional<byte[]> witnessed() {
    return witnesses.witnessed().map(signed -> signed.note().bytes());
  }

  @Override
  public Optional<Witnesses.Newest> newest() {
    Published published = node.pen().publication();
    return published
        .checkpoint()
        .map(Acknowledgement::note)
        .flatMap(note -> open(note, List.of()))
        .map(signed -> new Witnesses.Newest(signed, new TileNodes(pages, published.size())));
  }

  @Override
  public long confirmedSize() {
    return node.pen().confirmed().size();
  }

  @Override
  public Optional<SignedCheckpoint> open(byte[] note, List<NoteVerifier> cosigners) {
    State state = node.pen().published();
    // What was kept before a rotation is signed by the former key alone.
    Stream<Fact.PublicKey> keys =
        Stream.concat(
            Optional.ofNullable(state.government().keys().get(Fact.KeyUse.LOG)).stream(),
            state.government().former().reversed().stream()
                .map(FormerKey::key)
                .filter(key -> key.use() == Fact.KeyUse.LOG));
    return keys.flatMap(key -> VerifierKey.parse(key.text()).found().stream())
        .map(key -> verifier(key.named(state.log().origin())))
        .flatMap(key -> SignedCheckpoint.open(note, key, cosigners).found().stream())
        .findFirst();
  }
}
