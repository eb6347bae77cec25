package dev.writ.call;

import dev.writ.catalogue.Person;
import dev.writ.catalogue.Workload;
import dev.writ.spec.Initiator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What policy is told about a task.
 *
 * @param opener the workload that opened it
 * @param actors the workloads its token was handed to, in order; the last one calls
 * @param requester the id of the person for whom it runs
 * @param person what the directory says of the requester, where it is known
 * @param life from its opening to its end
 * @param used its counters by name, see {@link Usage}
 */
public record TaskView(
    Workload opener,
    List<Workload> actors,
    String requester,
    Optional<Person> person,
    Initiator initiator,
    Duration life,
    Map<String, Long> used) {
  public TaskView {
    actors = List.copyOf(actors);
    used = Collections.unmodifiableMap(new TreeMap<>(used));
    if (!life.isPositive()) {
      throw new IllegalArgumentException("a task's life is longer than nothing");
    }
    if (person.isPresent() && !person.get().id().equals(requester)) {
      throw new IllegalArgumentException("the person is not the requester");
    }
  }

  /** The workload that calls. */
  public Workload caller() {
    return actors.isEmpty() ? opener : actors.getLast();
  }

  /** Every workload from the opener to the caller. */
  public List<Workload> chain() {
    List<Workload> chain = new ArrayList<>();
    chain.add(opener);
    chain.addAll(actors);
    return List.copyOf(chain);
  }
}
