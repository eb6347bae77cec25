package dev.writ.server.upstream;

import dev.writ.server.runner.Runner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way out: sends allowed calls to their upstreams, each lane apart from the others. */
public final class Upstreams implements AutoCloseable {
  /** Most lanes over HTTP, each a session, at a time. */
  static final int MOST_SESSIONS = 4_096;

  /** Most lanes over stdio, each a process, at a time. */
  static final int MOST_PROCESSES = 32;

  private static final Duration LONGEST_IDLE = Duration.ofMinutes(2);
  private final HttpPool pool;
  private final Optional<Runner> runner;
  private final LinkedHashMap<Key, Held> sessions = new LinkedHashMap<>(64, 0.75f, true);
  private final LinkedHashMap<Key, Held> processes = new LinkedHashMap<>(16, 0.75f, true);

  private record Key(Upstream upstream, String lane) {}

  private record Held(Lane lane, long usedNanos) {}

  /**
   * The way out to these destinations.
   *
   * @param runner where stdio upstreams run; without one calls to them fail
   */
  public Upstreams(Destinations destinations, Optional<Runner> runner) {
    this.pool = new HttpPool(destinations);
    this.runner = runner;
  }

  /** Sends the call, unless its permit has run out, and waits for what comes of it. */
  public UpstreamAnswer call(UpstreamCall call) {
    Deadline deadline = Deadline.in(call.upstream().timeout());
    Optional<Lane> lane;
    try {
      lane = lane(new Key(call.upstream(), call.lane()));
    } catch (UpstreamFault fault) {
      return fault.neverSent();
    }
    return lane.map(l -> l.call(call, deadline))
        .orElse(new UpstreamAnswer.NeverSent("busy", "too many tool servers are in use"));
  }

  private Optional<Lane> lane(Key key) throws UpstreamFault {
    return switch (key.upstream()) {
      case Upstream.Http http -> lane(sessions, key, MOST_SESSIONS);
      case Upstream.Stdio stdio -> lane(processes, key, MOST_PROCESSES);
    };
  }

  private Optional<Lane> lane(Map<Key, Held> lanes, Key key, int most) throws UpstreamFault {
    List<Lane> idle = new ArrayList<>();
    Optional<Lane> found;
    synchronized (lanes) {
      Held held = lanes.get(key);
      if (held == null) {
        sweep(lanes, most - 1, idle);
      }
      if (held != null) {
        found = Optional.of(held.lane());
      } else if (lanes.size() < most) {
        found = Optional.of(open(key.upstream()));
      } else {
        found = Optional.empty();
      }
      found.ifPresent(lane -> lanes.put(key, new Held(lane, System.nanoTime())));
    }
    idle.forEach(Lane::close);
    return found;
  }

  /** Takes out the oldest that are idle for long, and as many more as there are too many. */
  private static void sweep(Map<Key, Held> lanes, int most, List<Lane> out) {
    long now = System.nanoTime();
    Iterator<Map.Entry<Key, Held>> oldest = lanes.entrySet().iterator();
    for (int looked = 0; looked < 64 && oldest.hasNext(); looked++) {
      Held held = oldest.next().getValue();
      boolean old = now - held.usedNanos() > LONGEST_IDLE.toNanos();
      if (!old && lanes.size() <= most) {
        return;
      }
      if (!held.lane().isBusy()) {
        oldest.remove();
        out.add(held.lane());
      }
    }
  }

  private Lane open(Upstream upstream) throws UpstreamFault {
    return switch (upstream) {
      case Upstream.Http http -> new HttpLane(http.url(), pool);
      case Upstream.Stdio stdio ->
          new StdioLane(
              stdio,
              runner.orElseThrow(() ->
                  UpstreamFault.silent(
                      "no-runner", "this gateway has no runner for stdio tool servers")));
    };
  }

  /** Ends every session and process; calls under way get no answer. */
  @Override
  public void close() {
    for (Map<Key, Held> lanes : List.of(sessions, processes)) {
      synchronized (lanes) {
        lanes.values().forEach(h -> h.lane().close());
        lanes.clear();
      }
    }
    pool.close();
    runner.ifPresent(Runner::close);
  }
}
