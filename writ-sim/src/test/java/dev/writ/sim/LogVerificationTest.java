package dev.writ.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.audit.Checkpoint;
import dev.writ.audit.Ed25519Key;
import dev.writ.audit.LedgerTree;
import dev.writ.audit.NoteSigner;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.SignedCheckpoint;
import dev.writ.audit.TreeEdge;
import dev.writ.audit.TreeExport;
import dev.writ.audit.Verdict;
import dev.writ.audit.VerifierKey;
import dev.writ.base.Digest;
import dev.writ.base.NodeId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.FoldingVisitor;
import dev.writ.ledger.LogVerification;
import dev.writ.state.Fold;
import dev.writ.state.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole logs whose key was replaced, verified by holders of its former and its present keys. */
class LogVerificationTest {
  private final FakeKeys keys = new FakeKeys();
  private final List<Fact.PublicKey> first = keys.first();
  private final Fact.PublicKey founding = first.getFirst();
  private final List<byte[]> entries = new ArrayList<>();
  private State state = State.empty();

  private void add(Fact fact) {
    Fold.Appended next =
        Fold.append(
            state,
            Instant.parse("2026-11-20T09:00:00Z"),
            FactDraft.of(
                new Actor.Node(new NodeId("nod_00000000000000000000000000")),
                About.ledger(),
                fact));
    state = next.state();
    entries.add(next.entry().bytes());
  }

  private void founded() {
    add(
        new Fact.LedgerFounded(
            Fact.Mode.DEVELOPMENT, "https://writ.example", FakeKeys.ORIGIN, "helen.osei", first));
    for (int i = 0; i < 300; i++) {
      add(new Fact.StrangersRefused("api", "malformed", i));
    }
  }

  private Fact.PublicKey rotated(Fact.PublicKey present) {
    Fact.PublicKey next = keys.prepare(Fact.KeyUse.LOG, FakeKeys.ORIGIN);
    add(new Fact.LogKeyRotated(next, keys.endorse(present, next)));
    keys.follow();
    return next;
  }

  private static VerifierKey key(Fact.PublicKey key) {
    return VerifierKey.parse(key.text()).orThrow();
  }

  private byte[] checkpoint(Fact.PublicKey... signers) {
    List<Digest> leaves = entries.stream().map(Entry::leafHash).toList();
    Digest root = TreeEdge.EMPTY.append(leaves).edge().root();
    NoteSigner[] all = new NoteSigner[signers.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = keys.signer(signers[i].id());
    }
    return new Checkpoint(FakeKeys.ORIGIN, entries.size(), root).signedBy(all).bytes();
  }

  /** What the holder of a key is told of the log as it stands, signed by these. */
  private Verdict verify(Fact.PublicKey held, Optional<byte[]> since, Fact.PublicKey... signers) {
    Map<String, byte[]> files = new HashMap<>();
    TreeExport export = new TreeExport(files::put);
    entries.forEach(export::add);
    SignedCheckpoint signed =
        SignedCheckpoint.open(
                checkpoint(signers), new NoteVerifier(key(signers[0]), Ed25519Key::verify))
            .orThrow();
    export.finish(signed, key(signers[0]));
    return new LogVerification(path -> Optional.ofNullable(files.get(path)), key(held))
        .verify(
            since.map(
                note -> new LedgerTree.Kept(note, new NoteVerifier(key(held), Ed25519Key::verify))),
            new FoldingVisitor());
  }

  private static void refused(Verdict verdict, Verdict.Part part, String said) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken -> {
              assertThat(broken.what()).as(broken.toString()).isEqualTo(part);
              assertThat(broken.problem().toString()).contains(said);
            });
  }

  @Test
  void whoHoldsTheFoundingKeyFollowsEveryRotation() {
    founded();
    byte[] old = checkpoint(founding);
    Fact.PublicKey second = rotated(founding);
    Fact.PublicKey third = rotated(second);
    for (Fact.PublicKey held : List.of(founding, second, third)) {
      Verdict.Sound sound = (Verdict.Sound) verify(held, Optional.of(old), third);
      assertThat(sound.since().orElseThrow().size()).isEqualTo(301);
      // And while former keys sign along.
      assertThat(verify(held, Optional.of(old), third, second, founding))
          .isInstanceOf(Verdict.Sound.class);
    }
  }

  @Test
  void aKeyThatTheFormerOneDidNotNameIsRefused() {
    founded();
    Fact.PublicKey forged = keys.prepare(Fact.KeyUse.LOG, FakeKeys.ORIGIN);
    add(new Fact.LogKeyRotated(forged, keys.endorse(forged, founding)));
    refused(verify(founding, Optional.empty(), forged), Verdict.Part.KEY, "entry 301");
    assertThat(verify(forged, Optional.empty(), forged)).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  void aWordAboutAnotherKeyDoesNotDoEither() {
    founded();
    Fact.PublicKey meant = keys.prepare(Fact.KeyUse.LOG, FakeKeys.ORIGIN);
    String word = keys.endorse(founding, meant);
    keys.follow();
    Fact.PublicKey other = keys.prepare(Fact.KeyUse.LOG, FakeKeys.ORIGIN);
    add(new Fact.LogKeyRotated(other, word));
    refused(verify(founding, Optional.empty(), other), Verdict.Part.KEY, "did not sign");
    // Nor does a rotation without any.
    entries.removeLast();
    state = State.empty();
    entries.clear();
    founded();
    add(new Fact.KeyRotated(other));
    refused(verify(founding, Optional.empty(), other, founding), Verdict.Part.KEY, "did not sign");
  }

  @Test
  void aFormerKeyAloneSignsNothing() {
    founded();
    assertThat(verify(founding, Optional.empty(), founding)).isInstanceOf(Verdict.Sound.class);
    Fact.PublicKey second = rotated(founding);
    refused(
        verify(founding, Optional.empty(), founding),
        Verdict.Part.KEY,
        "signed by a former key alone");
    assertThat(verify(founding, Optional.empty(), second)).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  void aKeyThatWasGivenUpLeadsNowhere() {
    founded();
    byte[] old = checkpoint(founding);
    Fact.PublicKey second = rotated(founding);
    add(new Fact.FormerKeysRevoked(Fact.KeyUse.LOG));
    refused(verify(founding, Optional.empty(), second), Verdict.Part.KEY, "given up there");
    refused(
        verify(founding, Optional.empty(), second, founding), Verdict.Part.KEY, "given up there");
    // Who was given the present key still holds the log to a checkpoint of the former one.
    assertThat(verify(second, Optional.of(old), second)).isInstanceOf(Verdict.Sound.class);
    Fact.PublicKey third = rotated(second);
    assertThat(verify(second, Optional.empty(), third)).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  void aStrangersKeyAndACheckpointOfNobodyAreNamedAsBefore() {
    founded();
    Fact.PublicKey second = rotated(founding);
    Fact.PublicKey stranger = keys.prepare(Fact.KeyUse.LOG, FakeKeys.ORIGIN);
    refused(
        verify(stranger, Optional.empty(), second), Verdict.Part.CHECKPOINT, "no key you trust");
    refused(
        verify(founding, Optional.of("nothing\n".getBytes(UTF_8)), second),
        Verdict.Part.OLDER_CHECKPOINT,
        "note");
    assertThat(LedgerTree.CHECKPOINT).isEqualTo("checkpoint");
  }
}
