package dev.writ.sim;

import dev.writ.base.WritId;
import dev.writ.sim.LifePeople.Workflow;
import dev.writ.sim.LifeScene.Job;
import dev.writ.sim.LifeWorkloads.Run;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * People, workloads and chores that ask for real operations, rightly and wrongly; chance says who
 * is next.
 */
final class LifeClients {
  private final Chance chance;
  private final Map<LifeMark, Long> marks = new EnumMap<>(LifeMark.class);
  private final LifePeople people;
  private final LifeWorkloads workloads;

  LifeClients(LifeWorld world, LifeAuditor auditor, SimCluster cluster) {
    this.chance = cluster.chance().split();
    LifeScene scene = new LifeScene(world, auditor, cluster, chance, marks);
    this.people = new LifePeople(scene);
    this.workloads = new LifeWorkloads(scene);
  }

  /** What the run has met. */
  Map<LifeMark, Long> marks() {
    return marks;
  }

  /** The next request. */
  Job<?> next(SimNode node) {
    Workflow workflow = chance.of(people.workflows());
    Optional<WritId> writ = workflow.writ();
    if (writ.isEmpty() || chance.oneIn(60)) {
      return workflow.dossier().isEmpty() || chance.oneIn(12)
          ? people.submit(workflow)
          : people.approve(workflow);
    }
    int dice = chance.below(100);
    if (workloads.runs().isEmpty() || dice < 12) {
      return workloads.open(workflow, writ.get());
    }
    if (dice < 86) {
      return work(chance.of(workloads.runs()), dice);
    }
    if (dice < 88) {
      return people.endWrit(workflow, writ.get());
    }
    if (dice < 90) {
      return chance.oneIn(2) ? people.rotate() : people.publish();
    }
    return dice < 92 ? people.draft() : endOverdue(node);
  }

  private Job<?> work(Run run, int dice) {
    if (dice < 58) {
      return dice < 42 || run.calls().isEmpty() ? workloads.decide(run) : workloads.outcome(run);
    }
    if (dice < 71) {
      return dice < 68 ? workloads.exchange(run) : workloads.renew(run);
    }
    if (dice < 80) {
      return workloads.introspect(run);
    }
    return dice < 83 ? workloads.complete(run) : workloads.revoke(run);
  }

  /** The chore, at the node that is asked. */
  Job<Integer> endOverdue(SimNode node) {
    return workloads.endOverdue(node);
  }
}
