package dev.writ.server.witness;

import dev.writ.audit.MerkleProof;
import dev.writ.audit.Note;
import dev.writ.audit.NoteSignature;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.SignedCheckpoint;
import dev.writ.base.Json;
import dev.writ.ledger.KeptCheckpoints;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.LedgerStore;
import dev.writ.ledger.MonotonicClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All witnesses of a log: each newer checkpoint is taken to all of them in rounds, by a thread of
 * its own, and what they cosign is kept. A witness that is away is asked again, less and less
 * often; one that has seen another history is named in the log at once.
 */
public final class Witnesses implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);

  /** Whom to ask and how many must cosign. */
  public record Plan(List<Member> members, int quorum, Duration every) {
    public Plan {
      members = List.copyOf(members);
    }
  }

  /** One witness. */
  public record Member(URI prefix, NoteVerifier key) {}

  /**
   * A checkpoint as this node published it.
   *
   * @param nodes its tree, from which proofs are made
   */
  public record Newest(SignedCheckpoint signed, MerkleProof.Nodes nodes) {}

  /** The log that is witnessed. */
  public interface Log {
    /** The newest checkpoint; empty before the first entry. */
    Optional<Newest> newest();

    /** How many entries the ledger has, asked of the database. */
    long confirmedSize();

    /** Opens a note of this log, signed by the log's key. */
    Optional<SignedCheckpoint> open(byte[] note, List<NoteVerifier> witnesses);
  }

  private final Plan plan;
  private final Log log;
  private final KeptCheckpoints kept;
  private final List<Courier> couriers;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private final HttpClient client;
  private volatile Optional<SignedCheckpoint> latest = Optional.empty();
  private volatile Optional<SignedCheckpoint> witnessed = Optional.empty();

  /** Witnesses that are not asked before {@link #start}. */
  public Witnesses(Plan plan, Log log, KeptCheckpoints kept, MonotonicClock clock) {
    this.plan = plan;
    this.log = log;
    this.kept = kept;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(WitnessSink.LONGEST_WAIT)
            .build();
    this.couriers =
        plan.members().stream()
            .map(m -> new Courier(m.key(), new WitnessSink(m.prefix(), m.key(), client), clock))
            .toList();
    this.thread = Thread.ofPlatform().name("writ-witnesses").daemon().unstarted(this::run);
  }

  /** Begins the rounds; the first one at once, which learns what the witnesses know. */
  public void start() {
    if (!couriers.isEmpty()) {
      thread.start();
    }
  }

  private void run() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      do {
        try {
          round(threads);
        } catch (LedgerFault | LedgerStore.StoreFault e) {
          // The database may be away for a while, and says so elsewhere.
          LOG.debug("the witnesses wait for the ledger: {}", e.getMessage());
        } catch (RuntimeException e) {
          LOG.error("taking a checkpoint to the witnesses failed", e);
        }
      } while (!stop.await(plan.every().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everybody who is due gets the same checkpoint, so that a quorum can come together on one. */
  void round(ExecutorService threads) throws InterruptedException {
    Optional<Newest> newest = log.newest();
    if (newest.isEmpty()) {
      return;
    }
    SignedCheckpoint signed = newest.get().signed();
    List<Courier> due = couriers.stream().filter(c -> c.isDue(signed.checkpoint().tree())).toList();
    if (due.isEmpty()) {
      return;
    }
    threads.invokeAll(
        due.stream()
            .map(c -> Executors.callable(() -> c.take(newest.get(), log::confirmedSize)))
            .toList());
    collect(signed);
  }

  private void collect(SignedCheckpoint signed) {
    List<NoteSignature> signatures = new ArrayList<>();
    for (Courier courier : couriers) {
      courier.cosignature(signed.checkpoint().tree()).ifPresent(signatures::add);
    }
    if (signatures.isEmpty()) {
      return;
    }
    Optional<SignedCheckpoint> cosigned = open(signed.note().with(signatures).bytes());
    latest = cosigned;
    if (cosigned.filter(this::isWitnessed).isPresent()) {
      witnessed = cosigned;
      Note note = cosigned.get().note();
      kept.keep(signed.checkpoint().origin(), signed.checkpoint().size(), note.bytes());
    }
  }

  private Optional<SignedCheckpoint> open(byte[] note) {
    return log.open(note, plan.members().stream().map(Member::key).toList());
  }

  private boolean isWitnessed(SignedCheckpoint signed) {
    return !plan.members().isEmpty()
        && signed.cosignatures().stream().map(SignedCheckpoint.Cosigned::witness).distinct().count()
            >= plan.quorum();
  }

  /** A checkpoint of this node with the cosignatures there are on exactly this one. */
  public byte[] cosigned(byte[] note) {
    Optional<SignedCheckpoint> held = latest;
    Optional<Note> parsed = Note.parse(note).found();
    return held.filter(h -> parsed.filter(n -> n.text().equals(h.note().text())).isPresent())
        .map(h -> parsed.orElseThrow().with(h.note().signatures()).bytes())
        .orElse(note);
  }

  /** The newest checkpoint that enough witnesses have cosigned; another node's too. */
  public Optional<SignedCheckpoint> witnessed() {
    if (witnessed.isEmpty() && !plan.members().isEmpty()) {
      log.newest()
          .map(n -> n.signed().checkpoint().origin())
          .ifPresent(origin ->
              witnessed =
                  kept.newest(origin, KeptCheckpoints.MOST).stream()
                      .flatMap(note -> open(note).stream())
                      .filter(this::isWitnessed)
                      .findFirst());
    }
    return witnessed;
  }

  /** What anybody may know: who witnesses, up to where, and what is wrong; empty without any. */
  public Optional<Json.Obj> status(long entries) {
    if (couriers.isEmpty()) {
      return Optional.empty();
    }
    long size = witnessed().map(w -> w.checkpoint().size()).orElse(0L);
    return Optional.of(
        Json.object()
            .put("quorum", plan.quorum())
            .put("size", size)
            .put("behind", Math.max(0, entries - size))
            .put("members", Json.array(couriers.stream().map(c -> c.status(entries)).toList()))
            .build());
  }

  @Override
  public void close() {
    stop.countDown();
    thread.interrupt();
    client.shutdownNow();
  }
}
