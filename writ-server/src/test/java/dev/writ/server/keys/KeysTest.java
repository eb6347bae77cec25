package dev.writ.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.audit.Checkpoint;
import dev.writ.audit.Ed25519Key;
import dev.writ.audit.KeySuccession;
import dev.writ.audit.NoteSigner;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.SignedCheckpoint;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.server.keys.KeysRefused.Reason;
import dev.writ.state.Government;
import dev.writ.token.TokenDraft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key file: what it holds, who may open it, and what happens to it. */
class KeysTest {
  private static final String ORIGIN = Fixture.ORIGIN;
  @TempDir Path folder;

  @Test
  void keysSurviveAndTheFileTellsNothing() throws IOException {
    Fixture fixture = new Fixture(folder, 1);
    Keys keys = fixture.create();
    Keys again = fixture.open();
    assertThat(again.publicKeys(ORIGIN)).isEqualTo(keys.publicKeys(ORIGIN));
    assertThat(again.jwks()).isEqualTo(keys.jwks());
    byte[] head = "head".getBytes(StandardCharsets.UTF_8);
    assertThat(again.headSeal().matches(head, keys.headSeal().seal(head))).isTrue();
    assertThat(again.headSeal().matches(new byte[4], keys.headSeal().seal(head))).isFalse();
    Path file = fixture.home().file();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).doesNotContain("secret", "headSeal", "current");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(p -> String.valueOf(p.getFileName())))
          .containsExactlyInAnyOrder("master.key", "writ.keys");
    }
  }

  @Test
  void aPassphraseOpensTooAndOnlyTheRightOne() throws IOException {
    Fixture fixture = new Fixture(folder, 2);
    Path right = secret("right", "correct horse battery\n");
    Path wrong = secret("wrong", "incorrect horse battery\n");
    Path shorter = secret("short", "short\n");
    Path file = folder.resolve("by-passphrase.keys");
    KeyHome home = new KeyHome(file, new KeyUnlock.Passphrase(right), fixture.masters);
    Keys keys = Keys.create(home, Signatures.portable(), fixture.entropy, fixture);
    Keys again = Keys.open(home, Signatures.portable(), fixture.entropy, fixture);
    assertThat(again.publicKeys(ORIGIN)).isEqualTo(keys.publicKeys(ORIGIN));
    refused(Reason.LOCKED, () -> KeyFile.open(file, new KeyUnlock.Passphrase(wrong)));
    refused(Reason.FORMAT, () -> KeyFile.open(file, new KeyUnlock.Passphrase(shorter)));
    refused(Reason.MISMATCH, () -> KeyFile.open(file, new KeyUnlock.Master(fixture.masters)));
  }

  private Path secret(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void everyChangedByteOfTheFileIsNoticed() throws IOException {
    Fixture fixture = new Fixture(folder, 3);
    fixture.create();
    Path file = fixture.home().file();
    byte[] good = Files.readAllBytes(file);
    // JSON's white space may change; everything else may not.
    for (int i = 0; i < good.length; i += 7) {
      if (Character.isWhitespace(good[i])) {
        continue;
      }
      byte[] bad = good.clone();
      bad[i] ^= 1;
      Files.write(file, bad);
      assertThatThrownBy(fixture::open).as("byte %d", i).isInstanceOf(KeysRefused.class);
    }
    Files.write(file, good);
    fixture.open();
  }

  @Test
  void filesAreNeitherOverwrittenNorReadWhenOpenToOthers() throws IOException {
    Fixture fixture = new Fixture(folder, 4);
    fixture.create();
    refused(Reason.EXISTS, fixture::create);
    refused(Reason.EXISTS, () -> MasterKeys.create(folder.resolve("master.key"), fixture.entropy));
    Path file = fixture.home().file();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    refused(Reason.OPEN_TO_OTHERS, fixture::open);
    refused(Reason.FILE, () -> MasterKeys.read(folder.resolve("nothing")));
  }

  @Test
  void filesOfOtherVersionsAndOtherMastersAreRefusedByName() throws IOException {
    Fixture fixture = new Fixture(folder, 5);
    fixture.create();
    Path file = fixture.home().file();
    Path other = Files.createDirectory(folder.resolve("other"));
    Fixture stranger = new Fixture(other, 6);
    refused(Reason.MISMATCH, () -> KeyFile.open(file, new KeyUnlock.Master(stranger.masters)));
    String text = Files.readString(file);
    Files.writeString(file, text.replace(KeyFile.FORMAT, "writ-keys-2"));
    refused(Reason.FORMAT, fixture::open);
    Files.writeString(file, "no JSON");
    refused(Reason.FORMAT, fixture::open);
    secret("bad-master", "writ-master-1 c2hvcnQ\n");
    assertThatThrownBy(() -> MasterKeys.read(folder.resolve("bad-master")))
        .isInstanceOf(KeysRefused.class)
        .hasMessageNotContaining("c2hvcnQ");
  }

  private static Government founded(Keys keys) {
    return Ledgers.founded(keys.publicKeys(ORIGIN));
  }

  @Test
  void aRotatedTokenKeyIsPublishedFirstSignsNextAndGoesWhenItsTokensAreOver() {
    Fixture fixture = new Fixture(folder, 7);
    Keys keys = fixture.create();
    Government ledger = founded(keys);
    keys.follow(ledger);
    var before = keys.tokenSigner(Fixture.ISSUER).sign(fixture.draft(List.of(), Optional.empty()));
    Fact.PublicKey next = keys.prepare(Fact.KeyUse.TOKEN, ORIGIN);
    assertThat(keyIds(keys)).hasSize(2).contains(next.id());
    assertThat(keys.publicKeys(ORIGIN)).doesNotContain(next);
    // Whoever was interrupted here goes on with the same key, after a restart too.
    assertThat(keys.prepare(Fact.KeyUse.TOKEN, ORIGIN)).isEqualTo(next);
    Keys again = fixture.open();
    again.follow(ledger);
    assertThat(again.prepare(Fact.KeyUse.TOKEN, ORIGIN)).isEqualTo(next);

    keys.follow(Ledgers.rotated(ledger, next, fixture.now));
    assertThat(keys.publicKeys(ORIGIN)).contains(next);
    assertThat(keyIds(keys)).hasSize(2);
    var after = keys.tokenSigner(Fixture.ISSUER).sign(fixture.draft(List.of(), Optional.empty()));
    TokenVerifier verifier = fixture.verifier(keys);
    assertThat(verifier.verify(before.compact())).isInstanceOf(TokenChecked.Good.class);
    assertThat(verifier.verify(after.compact())).isInstanceOf(TokenChecked.Good.class);

    fixture.now = fixture.now.plus(TokenDraft.LONGEST_LIFE).minusNanos(1);
    assertThat(keyIds(keys)).hasSize(2);
    fixture.now = fixture.now.plusNanos(1);
    assertThat(keyIds(keys)).containsExactly(next.id());
    assertThat(keys.prepare(Fact.KeyUse.TOKEN, ORIGIN)).isNotEqualTo(next);
  }

  @Test
  void aRevokedKeyIsPublishedNoMoreAtOnce() {
    Fixture fixture = new Fixture(folder, 12);
    Keys keys = fixture.create();
    Government ledger = founded(keys);
    keys.follow(ledger);
    var before = keys.tokenSigner(Fixture.ISSUER).sign(fixture.draft(List.of(), Optional.empty()));
    Fact.PublicKey token = keys.prepare(Fact.KeyUse.TOKEN, ORIGIN);
    Fact.PublicKey log = keys.prepare(Fact.KeyUse.LOG, ORIGIN);
    Government rotated =
        Ledgers.rotated(Ledgers.rotated(ledger, token, fixture.now), log, fixture.now);
    keys.follow(Ledgers.revoked(Ledgers.revoked(rotated, Fact.KeyUse.TOKEN), Fact.KeyUse.LOG));
    assertThat(keyIds(keys)).containsExactly(token.id());
    assertThat(fixture.verifier(keys).verify(before.compact()))
        .isEqualTo(new TokenChecked.Bad(TokenChecked.Why.UNKNOWN_KEY));
    assertThat(keys.logSigners(ORIGIN)).hasSize(1);
  }

  @Test
  void twoNodesOnOneFileAgreeOnTheNextKey() {
    Fixture fixture = new Fixture(folder, 13);
    Keys one = fixture.create();
    Keys two = fixture.open();
    Government ledger = founded(one);
    one.follow(ledger);
    two.follow(ledger);
    Fact.PublicKey next = one.prepare(Fact.KeyUse.LOG, ORIGIN);
    Fact.PublicKey token = two.prepare(Fact.KeyUse.TOKEN, ORIGIN);
    assertThat(two.prepare(Fact.KeyUse.LOG, ORIGIN)).isEqualTo(next);
    Government rotated = Ledgers.rotated(ledger, token, fixture.now);
    // One opened the file before the other wrote it; the ledger makes it read the file again.
    one.follow(rotated);
    assertThat(one.publicKeys(ORIGIN)).contains(token);
    assertThat(one.prepared(Fact.KeyUse.LOG, ORIGIN)).contains(next);
  }

  @Test
  void aNodeFollowsTheLedgerAndRefusesAKeyItDoesNotHold() {
    Fixture fixture = new Fixture(folder, 8);
    Keys one = fixture.create();
    Keys two = fixture.open();
    Government ledger = founded(one);
    Fact.PublicKey next = one.prepare(Fact.KeyUse.TOKEN, ORIGIN);
    Government rotated = Ledgers.rotated(ledger, next, fixture.now);
    two.follow(rotated);
    assertThat(two.publicKeys(ORIGIN)).contains(next);
    Fact.PublicKey foreign = new Fact.PublicKey(Fact.KeyUse.TOKEN, "unknown", "{}");
    Government other = Ledgers.rotated(rotated, foreign, fixture.now);
    refused(Reason.MISMATCH, () -> two.follow(other));
    assertThat(two.publicKeys(ORIGIN)).contains(next);
    // Nothing is signed under a ledger whose keys are not here.
    Checkpoint checkpoint = new Checkpoint(ORIGIN, 7, Digest.ofText("root"));
    refused(Reason.MISMATCH, () -> two.checkpointSigner().sign(checkpoint, other));
  }

  @Test
  void aRotatedMasterKeyWrapsWhatComesAndTheKeyFileIsSealedUnderIt() throws IOException {
    Fixture fixture = new Fixture(folder, 14);
    Keys keys = fixture.create();
    Government ledger = founded(keys);
    keys.follow(ledger);
    String before = keys.master();
    String next = keys.prepareMaster();
    assertThat(next).isNotEqualTo(before);
    assertThat(keys.prepareMaster()).isEqualTo(next);
    assertThat(keys.master()).isEqualTo(before);
    keys.follow(Ledgers.master(ledger, next));
    assertThat(keys.master()).isEqualTo(next);
    assertThat(KeyFile.opener(fixture.home().file())).isEqualTo(before);
    keys.reseal();
    assertThat(KeyFile.opener(fixture.home().file())).isEqualTo(next);
    // The former one may go now.
    Path file = folder.resolve("master.key");
    Files.writeString(file, Files.readString(file).lines().findFirst().orElseThrow() + "\n");
    MasterKeys alone = MasterKeys.read(file);
    Keys again =
        Keys.open(
            new KeyHome(fixture.home().file(), new KeyUnlock.Master(alone), alone),
            Signatures.portable(),
            fixture.entropy,
            fixture);
    again.follow(Ledgers.master(ledger, next));
    assertThat(again.publicKeys(ORIGIN)).isEqualTo(keys.publicKeys(ORIGIN));
    refused(Reason.MISMATCH, () -> again.follow(Ledgers.master(ledger, "mk_elsewhere")));
  }

  private static List<String> keyIds(Keys keys) {
    return keys.jwks().array("keys").orElseThrow().stream()
        .map(k -> ((Json.Obj) k).text("kid").orElseThrow())
        .toList();
  }

  @Test
  void checkpointsAreSignedByTheCurrentKeyAndForAWhileByTheFormer() {
    Fixture fixture = new Fixture(folder, 9);
    Keys keys = fixture.create();
    Government ledger = founded(keys);
    keys.follow(ledger);
    NoteSigner former = keys.logSigners(ORIGIN).getFirst();
    Fact.PublicKey next = keys.prepare(Fact.KeyUse.LOG, ORIGIN);
    Fact.PublicKey present = Ledgers.key(ledger, Fact.KeyUse.LOG);
    KeySuccession succession = KeySuccession.parse(present.text(), next.text()).orThrow();
    String word = keys.endorse(present, next);
    assertThat(succession.verify(word, Ed25519Key::verify).problems()).isEmpty();
    Government rotated = Ledgers.rotated(ledger, next, fixture.now);
    // The checkpoint of the very fact is the new key's already.
    Checkpoint checkpoint = new Checkpoint(ORIGIN, 7, Digest.ofText("root"));
    byte[] note = keys.checkpointSigner().sign(checkpoint, rotated);
    List<NoteSigner> signers = keys.logSigners(ORIGIN);
    assertThat(signers).hasSize(2);
    assertThat(signers.get(0).key()).hasToString(next.text());
    assertThat(signers.get(1).key()).isEqualTo(former.key());
    for (NoteSigner signer : signers) {
      var log = new NoteVerifier(signer.key(), Ed25519Key::verify);
      assertThat(SignedCheckpoint.open(note, log).orThrow().checkpoint()).isEqualTo(checkpoint);
    }
    fixture.now = fixture.now.plus(KeyPlan.LOG_OVERLAP);
    assertThat(keys.logSigners(ORIGIN)).hasSize(1);
  }

  @Test
  void everyProviderUnderstandsTheOthers() {
    Fixture fixture = new Fixture(folder, 10);
    Signatures best = Signatures.best();
    Signatures portable = Signatures.portable();
    OwnKey log = OwnKey.draw(Fact.KeyUse.LOG, fixture.now);
    byte[] message = fixture.entropy.bytes(100);
    byte[] other = fixture.entropy.bytes(100);
    byte[] publicKey = Signatures.ed25519Public(log.x509());
    for (Signatures signer : List.of(best, portable)) {
      byte[] signature = signer.signEd25519(log.opened(signer), message);
      for (Signatures checker : List.of(best, portable)) {
        assertThat(checker.verifyEd25519(publicKey, message, signature)).isTrue();
        assertThat(checker.verifyEd25519(publicKey, other, signature)).isFalse();
        assertThat(checker.verifyEd25519(new byte[31], message, signature)).isFalse();
        assertThat(checker.verifyEd25519(publicKey, message, new byte[3])).isFalse();
      }
    }
    assertThat(best.description()).isNotEqualTo(portable.description());
  }

  @Test
  void statementsVerifyWithTheirPublishedKey() throws Exception {
    Fixture fixture = new Fixture(folder, 11);
    Keys keys = fixture.create();
    byte[] payload = "{}".getBytes(StandardCharsets.UTF_8);
    var envelope = keys.sign("application/vnd.in-toto+json", payload);
    Fact.PublicKey key =
        keys.publicKeys(ORIGIN).stream()
            .filter(k -> k.use() == Fact.KeyUse.STATEMENT)
            .findFirst()
            .orElseThrow();
    var publicKey = com.nimbusds.jose.jwk.ECKey.parse(key.text()).toECPublicKey();
    assertThat(
            envelope
                .verified(
                    "application/vnd.in-toto+json",
                    (m, s) -> Signatures.portable().verifyEs256(publicKey, m, s))
                .orThrow())
        .isEqualTo(payload);
  }

  private static void refused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KeysRefused.class, e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
  }
}
