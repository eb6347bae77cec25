package dev.writ.spec;

import dev.writ.catalogue.Workload;
import java.util.Objects;

/** The workload that runs a workflow, and with whose identity it acts. */
public record Identity(Workload workload, Mode mode) {
  public Identity {
    Objects.requireNonNull(workload);
    Objects.requireNonNull(mode);
  }
}
