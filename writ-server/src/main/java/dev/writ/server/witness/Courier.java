package dev.writ.server.witness;

import dev.writ.audit.MerkleProof;
import dev.writ.audit.Note;
import dev.writ.audit.NoteSignature;
import dev.writ.audit.NoteVerifier;
import dev.writ.base.Json;
import dev.writ.ledger.MonotonicClock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes to one witness: remembers what it cosigned, when to go again, and what was wrong. */
final class Courier {
  /** First pause after a failure; it doubles. */
  static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** Until here. */
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);

  private final NoteVerifier witness;
  private final WitnessSink sink;
  private final MonotonicClock clock;
  private Optional<Signed> signed = Optional.empty();
  private Optional<Trouble> trouble = Optional.empty();
  private int failures;
  private long notBefore;

  private record Signed(MerkleProof.Tree tree, NoteSignature signature) {}

  /**
   * What is wrong.
   *
   * @param name a stable word
   */
  private record Trouble(String name, String what) {}

  Courier(NoteVerifier witness, WitnessSink sink, MonotonicClock clock) {
    this.witness = witness;
    this.sink = sink;
    this.clock = clock;
    this.notBefore = clock.nanos();
  }

  /** Whether the witness has not cosigned this tree and may be asked now. */
  synchronized boolean isDue(MerkleProof.Tree tree) {
    return cosignature(tree).isEmpty() && clock.nanos() - notBefore >= 0;
  }

  /** The witness's signature on this very tree. */
  synchronized Optional<NoteSignature> cosignature(MerkleProof.Tree tree) {
    return signed.filter(s -> s.tree().equals(tree)).map(Signed::signature);
  }

  /**
   * Takes a checkpoint there.
   *
   * @param confirmed how many entries the ledger has; asked only when the witness knows more
   */
  void take(Witnesses.Newest newest, LongSupplier confirmed) {
    WitnessSink.Outcome outcome = sink.submit(newest.signed(), newest.nodes());
    switch (outcome) {
      case WitnessSink.Outcome.Cosigned(Note note) ->
          good(newest.signed().checkpoint().tree(), note);
      case WitnessSink.Outcome.WentBack(long size) -> {
        // Another node was there with a newer one, unless there is none.
        if (confirmed.getAsLong() < size) {
          bad(
              new Trouble(
                  "went-back",
                  "it has cosigned "
                      + size
                      + " entries, and the ledger has fewer: it was rolled back"));
        }
      }
      case WitnessSink.Outcome.OtherHistory(long size) ->
          bad(
              new Trouble(
                  "other-history",
                  "it has seen another history of the first "
                      + size
                      + " entries: the ledger was rewritten or forked; keep the database and every"
                      + " checkpoint you have"));
      case WitnessSink.Outcome.OwnTreeBroken broken ->
          bad(
              new Trouble(
                  "own-tree-broken",
                  "stored hashes do not lead to the checkpoint, so it was not asked; run `writ"
                      + " doctor`"));
      case WitnessSink.Outcome.Refused(String why) -> bad(new Trouble("refused", why));
      case WitnessSink.Outcome.Unreachable(String why) -> bad(new Trouble("unreachable", why));
    }
  }

  private synchronized void good(MerkleProof.Tree tree, Note note) {
    note.signatures().stream()
        .filter(s -> s.names(witness.key()))
        .findFirst()
        .ifPresent(signature -> signed = Optional.of(new Signed(tree, signature)));
    if (trouble.isPresent()) {
      LOG.info("the witness {} cosigns again, {} entries", witness.key().name(), tree.size());
    }
    trouble = Optional.empty();
    failures = 0;
    notBefore = clock.nanos();
  }

  /** Said once for each kind of trouble, tried on. */
  private synchronized void bad(Trouble found) {
    if (trouble.map(Trouble::name).filter(found.name()::equals).isEmpty()) {
      if (found.name().equals("unreachable") || found.name().equals("refused")) {
        LOG.warn("the witness {} did not cosign: {}", witness.key().name(), found.what());
      } else {
        LOG.error("the witness {}: {}", witness.key().name(), found.what());
      }
    }
    trouble = Optional.of(found);
    long pause = FIRST_PAUSE.toNanos() << Math.min(failures, 10);
    notBefore = clock.nanos() + Math.min(pause, LONGEST_PAUSE.toNanos());
    failures++;
  }

  synchronized Json.Obj status(long entries) {
    long size = signed.map(s -> s.tree().size()).orElse(0L);
    Json.Builder json =
        Json.object()
            .put("name", witness.key().name())
            .put("size", size)
            .put("behind", Math.max(0, entries - size));
    trouble.ifPresent(t -> json.put("trouble", t.name()).put("what", t.what()));
    return json.build();
  }
}
