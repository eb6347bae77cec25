package dev.writ.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The commands that wait for the pen: revocations first, then one of each workflow in turn. Bounded
 * in all and for each workflow; revocations have places of their own, so that a flood of ordinary
 * commands cannot keep a stop order out. Not for two threads.
 */
final class PenQueue {
  private final PenLimits limits;
  private final ArrayDeque<Queued<?>> urgent = new ArrayDeque<>();
  private final LinkedHashMap<String, ArrayDeque<Queued<?>>> lanes = new LinkedHashMap<>();
  private int ordinary;

  PenQueue(PenLimits limits) {
    this.limits = limits;
  }

  int size() {
    return urgent.size() + ordinary;
  }

  boolean isEmpty() {
    return size() == 0;
  }

  /** Whether there was a place for it. */
  boolean offer(Queued<?> queued) {
    if (queued.urgent()) {
      return urgent.size() < limits.queued() && urgent.add(queued);
    }
    ArrayDeque<Queued<?>> lane = lane(queued);
    if (ordinary >= limits.queued() || lane.size() >= limits.queuedEach()) {
      if (lane.isEmpty()) {
        lanes.remove(queued.lane());
      }
      return false;
    }
    ordinary++;
    return lane.add(queued);
  }

  /** The next commands, at most so many; each workflow in turn gives one. */
  List<Queued<?>> take(int most) {
    List<Queued<?>> taken = new ArrayList<>(Math.min(most, size()));
    while (taken.size() < most && !urgent.isEmpty()) {
      taken.add(urgent.remove());
    }
    while (taken.size() < most && ordinary > 0) {
      Map.Entry<String, ArrayDeque<Queued<?>>> first = lanes.firstEntry();
      ArrayDeque<Queued<?>> lane = first.getValue();
      taken.add(lane.remove());
      ordinary--;
      lanes.remove(first.getKey());
      if (!lane.isEmpty()) {
        lanes.putLast(first.getKey(), lane);
      }
    }
    return taken;
  }

  /** Puts commands that were taken and not run back where they were, in the order given. */
  void putBack(List<Queued<?>> commands) {
    for (Queued<?> queued : commands.reversed()) {
      if (queued.urgent()) {
        urgent.addFirst(queued);
      } else {
        ArrayDeque<Queued<?>> lane = lane(queued);
        lane.addFirst(queued);
        lanes.putFirst(queued.lane(), lane);
        ordinary++;
      }
    }
  }

  /** Takes out all whose patience is over. */
  List<Queued<?>> expired(long nanos) {
    List<Queued<?>> gone = new ArrayList<>();
    sweep(urgent, nanos, gone);
    int before = gone.size();
    Iterator<ArrayDeque<Queued<?>>> each = lanes.values().iterator();
    while (each.hasNext()) {
      ArrayDeque<Queued<?>> lane = each.next();
      sweep(lane, nanos, gone);
      if (lane.isEmpty()) {
        each.remove();
      }
    }
    ordinary -= gone.size() - before;
    return gone;
  }

  private static void sweep(Collection<Queued<?>> from, long nanos, List<Queued<?>> gone) {
    from.removeIf(queued -> {
      boolean expired = queued.expired(nanos);
      if (expired) {
        gone.add(queued);
      }
      return expired;
    });
  }

  private ArrayDeque<Queued<?>> lane(Queued<?> queued) {
    return lanes.computeIfAbsent(queued.lane(), name -> new ArrayDeque<>());
  }
}
