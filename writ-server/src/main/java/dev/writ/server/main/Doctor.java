package dev.writ.server.main;

import dev.writ.audit.TilePath;
import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.fact.Entry;
import dev.writ.ledger.MonotonicClock;
import dev.writ.ledger.Published;
import dev.writ.ledger.Standing;
import dev.writ.server.config.Config;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks a data folder and its ledger over while no server runs on the folder: everything is read
 * again from the first entry, and compared with what is stored and what a server would work with.
 */
public final class Doctor {
  private static final int CHUNK = 4_096;

  /**
   * What was found.
   *
   * @param name what was looked at
   * @param well whether it is as it should be
   * @param what what was found, in a sentence
   */
  public record Finding(String name, boolean well, String what) {}

  private final List<Finding> findings = new ArrayList<>();

  private Doctor() {}

  /** Looks at everything. What does not even open is a finding too. */
  public static List<Finding> examine(Config config, Entropy entropy, InstantSource clock) {
    MonotonicClock nanos = System::nanoTime;
    Doctor doctor = new Doctor();
    doctor.well("config", "every setting is within its bounds");
    try (DataHome home = DataHome.open(config.data())) {
      doctor.well("folder", "nobody else works on `" + home.folder() + "`");
      try (Node node = Node.open(config, home, new Node.Ports(entropy, clock, nanos))) {
        doctor.well("database", node.database().description() + ", its schema is the known one");
        node.loaded();
        doctor.well("keys", "they are the ledger's; " + node.keys().signatures().description());
        doctor.ledger(node);
      }
    } catch (StartRefused e) {
      doctor.ill(e.name(), e.getMessage() + "; " + e.remedy());
    }
    return doctor.findings;
  }

  private void well(String name, String what) {
    findings.add(new Finding(name, true, what));
  }

  private void ill(String name, String what) {
    findings.add(new Finding(name, false, what));
  }

  private void ledger(Node node) {
    Published published = node.pen().publication();
    Standing folded = Standing.empty();
    List<Long> badTiles = new ArrayList<>();
    try {
      while (folded.size() < published.size()) {
        int limit = (int) Math.min(CHUNK, published.size() - folded.size());
        List<byte[]> entries = node.store().read(folded.size(), limit);
        if (entries.size() < limit) {
          ill("entries", "entry " + (folded.size() + entries.size()) + " is not there");
          return;
        }
        for (int from = 0; from + TilePath.FULL <= entries.size(); from += TilePath.FULL) {
          long index = (folded.size() + from) / TilePath.FULL;
          if (!stored(node, index).equals(Optional.of(leaves(entries, from)))) {
            badTiles.add(index);
          }
        }
        folded = folded.fold(entries, entry -> {});
      }
    } catch (Standing.Broken e) {
      ill("entries", "the log does not fold: " + e.getMessage());
      return;
    }
    well("entries", folded.size() + " entries fold from the first on");
    compare("root", folded.root().equals(published.standing().root()), "the checkpoint's root");
    compare("state", folded.state().equals(published.state()), "the state a server works with");
    compare("tiles", badTiles.isEmpty(), "the stored tiles of leaf hashes");
  }

  private static Optional<Digest> stored(Node node, long index) {
    return node.store().tile(0, index).map(Digest::sha256);
  }

  /** A digest over the leaf hashes of 256 entries, in place of the hashes themselves. */
  private static Digest leaves(List<byte[]> entries, int from) {
    byte[] tile = new byte[TilePath.FULL * Digest.LENGTH];
    for (int i = 0; i < TilePath.FULL; i++) {
      byte[] leaf = Entry.leafHash(entries.get(from + i)).bytes();
      System.arraycopy(leaf, 0, tile, i * Digest.LENGTH, Digest.LENGTH);
    }
    return Digest.sha256(tile);
  }

  private void compare(String name, boolean same, String what) {
    findings.add(
        new Finding(
            name,
            same,
            same ? "the entries come to " + what : what + " is not what the entries come to"));
  }
}
