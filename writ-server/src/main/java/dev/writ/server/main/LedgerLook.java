package dev.writ.server.main;

import dev.writ.audit.Checkpoint;
import dev.writ.audit.Ed25519Key;
import dev.writ.audit.Note;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.SignedCheckpoint;
import dev.writ.audit.Tile;
import dev.writ.audit.TilePath;
import dev.writ.audit.TreeEdge;
import dev.writ.audit.VerifierKey;
import dev.writ.base.Digest;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import dev.writ.ledger.KeptCheckpoints;
import dev.writ.ledger.LogKeys;
import dev.writ.ledger.Published;
import dev.writ.ledger.Standing;
import dev.writ.server.config.Config;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One look at a whole stored log, from its first entry: what it folds to, what its tiles should be,
 * and whether it is the one that witnesses cosigned.
 */
final class LedgerLook {
  private static final int CHUNK = 4_096;
  private static final int MOST_NAMED = 8;

  private final Node node;
  private final List<Config.Witness> witnesses;
  private final Published published;
  private final List<Doctor.Finding> findings = new ArrayList<>();
  private final LogKeys keys = new LogKeys();
  private final List<String> badTiles = new ArrayList<>();

  /** Roots that witnesses cosigned, by size, and what was found there. */
  private final NavigableMap<Long, SignedCheckpoint> cosigned = new TreeMap<>();

  private final List<SignedCheckpoint> elsewhere = new ArrayList<>();
  private TreeEdge edge = TreeEdge.EMPTY;

  LedgerLook(Node node, List<Config.Witness> witnesses) {
    this.node = node;
    this.witnesses = List.copyOf(witnesses);
    this.published = node.pen().publication();
  }

  List<Doctor.Finding> findings() {
    kept();
    Optional<Standing> folded = folded();
    if (folded.isPresent()) {
      compared(folded.get());
      witnessed();
    }
    return List.copyOf(findings);
  }

  private void say(String name, boolean well, String what) {
    findings.add(new Doctor.Finding(name, well, what));
  }

  /** The cosigned checkpoints that are kept; those without a good cosignature say nothing. */
  private void kept() {
    String origin = published.state().log().origin();
    List<NoteVerifier> known =
        witnesses.stream().map(w -> new NoteVerifier(w.key(), Ed25519Key::verify)).toList();
    for (byte[] bytes : node.store().archive().newest(origin, KeptCheckpoints.MOST)) {
      Optional<Note> note = Note.parse(bytes).found();
      note.flatMap(n -> n.verified(known).found())
          .flatMap(good -> Checkpoint.parse(note.orElseThrow().text()).found())
          .filter(checkpoint -> checkpoint.origin().equals(origin))
          .flatMap(checkpoint -> cosignedOnly(note.orElseThrow(), checkpoint, known))
          .ifPresent(signed -> cosigned.put(signed.checkpoint().size(), signed));
    }
  }

  /** By whichever of the log's keys: the witness is whose word counts here. */
  private Optional<SignedCheckpoint> cosignedOnly(
      Note note, Checkpoint checkpoint, List<NoteVerifier> known) {
    List<Fact.PublicKey> log = new ArrayList<>();
    Optional.ofNullable(published.state().government().keys().get(Fact.KeyUse.LOG))
        .ifPresent(log::add);
    published.state().government().former().forEach(f -> log.add(f.key()));
    return log.stream()
        .filter(k -> k.use() == Fact.KeyUse.LOG)
        .flatMap(k -> VerifierKey.parse(k.text()).found().stream())
        .map(k -> new NoteVerifier(k.named(checkpoint.origin()), Ed25519Key::verify))
        .flatMap(k -> SignedCheckpoint.open(note, k, known).found().stream())
        .findFirst();
  }

  private Optional<Standing> folded() {
    Standing folded = Standing.empty();
    try {
      while (folded.size() < published.size()) {
        int limit = (int) Math.min(CHUNK, stop(folded.size()) - folded.size());
        List<byte[]> entries = node.store().read(folded.size(), limit);
        if (entries.size() < limit) {
          say("entries", false, "entry " + (folded.size() + entries.size()) + " is not there");
          return Optional.empty();
        }
        folded = folded.fold(entries, entry -> {});
        seen(entries, folded);
      }
    } catch (Standing.Broken e) {
      say("entries", false, "the log does not fold: " + e.getMessage());
      return Optional.empty();
    }
    say("entries", true, folded.size() + " entries fold from the first on");
    return Optional.of(folded);
  }

  /** The next size at which a root is to be compared. */
  private long stop(long size) {
    Long next = cosigned.higherKey(size);
    return next == null ? published.size() : Math.min(next, published.size());
  }

  private void seen(List<byte[]> entries, Standing folded) {
    List<Digest> leaves = new ArrayList<>(entries.size());
    for (byte[] entry : entries) {
      keys.accept(entry);
      leaves.add(Entry.leafHash(entry));
    }
    TreeEdge.Growth growth = edge.append(leaves);
    edge = growth.edge();
    for (Tile tile : growth.full()) {
      TilePath.Hashes place = tile.path();
      Optional<byte[]> stored = node.store().tile(place.level(), place.index());
      if (stored.filter(bytes -> Arrays.equals(bytes, tile.bytes())).isEmpty()) {
        badTiles.add(place.path());
      }
    }
    Optional.ofNullable(cosigned.get(folded.size()))
        .filter(signed -> !signed.checkpoint().root().equals(folded.root()))
        .ifPresent(elsewhere::add);
  }

  private void compared(Standing folded) {
    boolean root = folded.root().equals(published.standing().root());
    say("root", root, came(root, "the checkpoint's root"));
    boolean state = folded.state().equals(published.state());
    say("state", state, came(state, "the state a server works with"));
    boolean tiles = badTiles.isEmpty();
    String named = String.join(", ", badTiles.stream().limit(MOST_NAMED).toList());
    String more = badTiles.size() > MOST_NAMED ? " and " + (badTiles.size() - MOST_NAMED) : "";
    say(
        "tiles",
        tiles,
        tiles
            ? came(true, "the stored tiles of hashes")
            : named + more + ": not the hashes that the entries come to");
    Optional<LogKeys.Untrusted> unvouched = keys.unvouched();
    say(
        "log-keys",
        unvouched.isEmpty(),
        unvouched
            .map(u -> u.problem().toString())
            .orElse("each log key was named by the one before"));
  }

  private static String came(boolean same, String what) {
    return same ? "the entries come to " + what : what + " is not what the entries come to";
  }

  private void witnessed() {
    if (witnesses.isEmpty()) {
      return;
    }
    if (!elsewhere.isEmpty()) {
      say("witnesses", false, other(elsewhere.getFirst(), "cosigned another history"));
      return;
    }
    if (cosigned.isEmpty()) {
      say("witnesses", true, "nothing that a witness cosigned is kept yet");
      return;
    }
    SignedCheckpoint newest = cosigned.lastEntry().getValue();
    boolean there = newest.checkpoint().size() <= published.size();
    say(
        "witnesses",
        there,
        there
            ? newest.checkpoint().size()
                + " of "
                + published.size()
                + " entries are cosigned, last by "
                + who(newest)
            : other(newest, "cosigned more than there is"));
  }

  private static String who(SignedCheckpoint signed) {
    return String.join(
        ", ", signed.cosignatures().stream().map(c -> c.witness() + " at " + c.at()).toList());
  }

  private static String other(SignedCheckpoint signed, String what) {
    return who(signed)
        + " "
        + what
        + ", "
        + signed.checkpoint().size()
        + " entries: the ledger was rolled back or rewritten; keep the database as it is";
  }
}
