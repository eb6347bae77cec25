package dev.writ.server.main;

import dev.writ.base.Entropy;
import dev.writ.ledger.MonotonicClock;
import dev.writ.server.config.Config;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks a data folder and its ledger over while no server runs on the folder: everything is read
 * again from the first entry, and compared with what is stored and what a server would work with.
 */
public final class Doctor {
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
        doctor.findings.addAll(new LedgerLook(node, config.witnesses().members()).findings());
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
}
