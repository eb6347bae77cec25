package dev.writ.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Digest;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;
import dev.writ.fact.PayloadRef;
import dev.writ.ledger.Attachment;
import dev.writ.operation.PayloadRows;
import dev.writ.operation.Payloads;
import dev.writ.operation.WrappedKeys;
import dev.writ.server.keys.SealedPayloads.Opened;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealing, opening, erasing and racing. */
class SealedPayloadsTest {
  private static final byte[] PLAIN = "supplier sup-118".getBytes(StandardCharsets.UTF_8);
  @TempDir Path folder;
  private Fixture fixture;
  private Rows rows;
  private SealedPayloads payloads;
  private WorkflowId workflow;

  /** A database's rows, kept in memory. */
  private static final class Rows implements PayloadRows, WrappedKeys {
    final Map<PayloadId, Attachment.Payload> payloads = new HashMap<>();
    final Map<WorkflowId, Attachment.WorkflowKey> keys = new HashMap<>();
    int offers;

    @Override
    public synchronized Optional<Row> find(PayloadId id) {
      return Optional.ofNullable(payloads.get(id))
          .map(p -> new Row(p, Optional.ofNullable(keys.get(p.workflow()))));
    }

    @Override
    public synchronized Attachment.WorkflowKey keep(Attachment.WorkflowKey offered) {
      offers++;
      Attachment.WorkflowKey first = keys.putIfAbsent(offered.workflow(), offered);
      return first == null ? offered : first;
    }

    @Override
    public synchronized List<Attachment.WorkflowKey> wrappedByOthers(String masterKey, int most) {
      return keys.values().stream()
          .filter(k -> !k.masterKey().equals(masterKey))
          .limit(most)
          .toList();
    }

    @Override
    public synchronized boolean replace(
        Attachment.WorkflowKey before, Attachment.WorkflowKey after) {
      return keys.replace(before.workflow(), after) != null;
    }

    @Override
    public synchronized NavigableMap<String, Long> wrapped() {
      NavigableMap<String, Long> counts = new TreeMap<>();
      keys.values().forEach(k -> counts.merge(k.masterKey(), 1L, Long::sum));
      return counts;
    }

    synchronized void store(Payloads.Sealed sealed) {
      for (Attachment attachment : sealed.attachments()) {
        Attachment.Payload payload = (Attachment.Payload) attachment;
        payloads.put(payload.id(), payload);
      }
    }
  }

  @BeforeEach
  void prepare() {
    fixture = new Fixture(folder, 21);
    rows = new Rows();
    payloads = fixture.create().payloads(rows);
    workflow = WorkflowId.fresh(fixture.entropy);
  }

  private PayloadRef stored() {
    Payloads.Sealed sealed = payloads.seal(workflow, PLAIN);
    rows.store(sealed);
    return sealed.ref();
  }

  @Test
  void whatWasSealedIsOpenedByAnotherProcess() {
    PayloadRef ref = stored();
    assertThat(payloads.open(ref).orThrow()).isEqualTo(PLAIN);
    assertThat(fixture.open().payloads(rows).open(ref).orThrow()).isEqualTo(PLAIN);
    assertThat(stored().commitment()).isNotEqualTo(ref.commitment());
    assertThat(rows.offers).isEqualTo(1);
    Payloads.Sealed empty = payloads.seal(workflow, new byte[0]);
    rows.store(empty);
    assertThat(payloads.open(empty.ref()).orThrow()).isEmpty();
    assertThatThrownBy(() -> payloads.seal(workflow, new byte[SealedPayloads.LONGEST + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void twoNodesThatSealAtOnceUseTheKeyThatWon() throws Exception {
    List<SealedPayloads> nodes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      nodes.add(fixture.open().payloads(rows));
    }
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Payloads.Sealed>> sealing = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(nodes.size())) {
      for (SealedPayloads node : nodes) {
        sealing.add(
            threads.submit(() -> {
              start.await();
              return node.seal(workflow, PLAIN);
            }));
      }
      start.countDown();
      threads.shutdown();
      assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    for (Future<Payloads.Sealed> sealed : sealing) {
      rows.store(sealed.get());
      assertThat(payloads.open(sealed.get().ref()).orThrow()).isEqualTo(PLAIN);
    }
    assertThat(rows.offers).isEqualTo(8);
    assertThat(rows.keys).hasSize(1);
  }

  @Test
  void erasingThePayloadOrTheWorkflowsKeyIsForGood() {
    PayloadRef one = stored();
    PayloadRef two = stored();
    rows.payloads.remove(one.id());
    assertThat(payloads.read(one)).isInstanceOf(Opened.Erased.class);
    assertThat(payloads.read(two)).isInstanceOf(Opened.Plain.class);
    rows.keys.remove(workflow);
    assertThat(payloads.read(two)).isInstanceOf(Opened.Erased.class);
    assertThat(payloads.open(two).problems().getFirst().place()).isEqualTo("erased");
    // A later key of the same workflow opens what is sealed under it, and nothing older.
    payloads.forget(workflow);
    PayloadRef three = stored();
    assertThat(payloads.read(three)).isInstanceOf(Opened.Plain.class);
    assertThat(payloads.read(two)).isInstanceOf(Opened.Erased.class);
  }

  @Test
  void aKeyIsAskedForAgainAfterAMinute() {
    stored();
    rows.keys.remove(workflow);
    fixture.now = fixture.now.plus(SealedPayloads.REMEMBER);
    assertThat(payloads.read(stored())).isInstanceOf(Opened.Plain.class);
    assertThat(rows.offers).isEqualTo(2);
  }

  @Test
  void everyChangedByteAndEverySwapIsNoticed() {
    PayloadRef ref = stored();
    PayloadRef other = stored();
    Attachment.Payload good = Objects.requireNonNull(rows.payloads.get(ref.id()));
    Attachment.Payload swapped = Objects.requireNonNull(rows.payloads.get(other.id()));
    for (int i = 0; i < good.sealed().length; i++) {
      byte[] bad = good.sealed().clone();
      bad[i] ^= 1;
      rows.payloads.put(
          ref.id(), new Attachment.Payload(ref.id(), workflow, good.wrappedKey(), bad));
      assertThat(payloads.read(ref)).as("sealed %d", i).isInstanceOf(Opened.Tampered.class);
    }
    for (int i = 0; i < good.wrappedKey().length; i++) {
      byte[] bad = good.wrappedKey().clone();
      bad[i] ^= 1;
      rows.payloads.put(ref.id(), new Attachment.Payload(ref.id(), workflow, bad, good.sealed()));
      // The name of another workflow key reads as a key that is gone.
      assertThat(payloads.read(ref)).as("wrapped %d", i).isNotInstanceOf(Opened.Plain.class);
    }
    rows.payloads.put(
        ref.id(),
        new Attachment.Payload(ref.id(), workflow, swapped.wrappedKey(), swapped.sealed()));
    assertThat(payloads.read(ref)).isInstanceOf(Opened.Tampered.class);
    WorkflowId elsewhere = WorkflowId.fresh(fixture.entropy);
    rows.keys.put(elsewhere, Objects.requireNonNull(rows.keys.get(workflow)));
    rows.payloads.put(
        ref.id(), new Attachment.Payload(ref.id(), elsewhere, good.wrappedKey(), good.sealed()));
    assertThat(payloads.read(ref)).isInstanceOf(Opened.Tampered.class);
    rows.payloads.put(ref.id(), good);
    assertThat(payloads.read(new PayloadRef(ref.id(), Digest.ofText("another"))))
        .isInstanceOf(Opened.Tampered.class);
    assertThat(payloads.read(ref)).isInstanceOf(Opened.Plain.class);
  }

  @Test
  void aFormerMasterKeyStillUnwrapsAndAMissingOneIsNamed() {
    PayloadRef ref = stored();
    String former = fixture.masters.current();
    MasterKeys both = MasterKeys.read(folder.resolve("master.key"));
    both.use(both.prepare(fixture.entropy));
    assertThat(both.current()).isNotEqualTo(former);
    assertThat(both.holds(former)).isTrue();
    assertThat(new SealedPayloads(both, rows, fixture.entropy, fixture).open(ref).orThrow())
        .isEqualTo(PLAIN);
    MasterKeys other = MasterKeys.create(folder.resolve("other.key"), fixture.entropy);
    assertThat(new SealedPayloads(other, rows, fixture.entropy, fixture).read(ref))
        .isEqualTo(new Opened.NoMasterKey(former));
  }

  @Test
  void keysAreWrappedAnewUnderTheNextMasterKeyAndTheFormerOneMayGo() throws Exception {
    PayloadRef ref = stored();
    for (int i = 0; i < 4; i++) {
      rows.store(payloads.seal(WorkflowId.fresh(fixture.entropy), PLAIN));
    }
    String next = fixture.masters.prepare(fixture.entropy);
    assertThat(payloads.rewrap(rows, 10)).isZero();
    fixture.masters.use(next);
    assertThat(payloads.rewrap(rows, 3)).isEqualTo(3);
    assertThat(payloads.rewrap(rows, 3)).isEqualTo(2);
    assertThat(payloads.rewrap(rows, 3)).isZero();
    assertThat(rows.wrapped()).containsOnlyKeys(next).containsEntry(next, 5L);
    Path file = folder.resolve("master.key");
    java.nio.file.Files.writeString(file, java.nio.file.Files.readAllLines(file).getFirst() + "\n");
    MasterKeys alone = MasterKeys.read(file);
    assertThat(alone.names()).containsExactly(next);
    assertThat(new SealedPayloads(alone, rows, fixture.entropy, fixture).open(ref).orThrow())
        .isEqualTo(PLAIN);
  }
}
