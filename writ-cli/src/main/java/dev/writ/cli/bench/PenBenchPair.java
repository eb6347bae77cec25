package dev.writ.cli.bench;

import dev.writ.base.CallId;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.NodeId;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.ledger.LedgerFault;
import dev.writ.server.config.Address;
import dev.writ.server.gateway.Authority;
import dev.writ.server.gateway.AuthorityDown;
import dev.writ.server.gateway.CallOutcome;
import dev.writ.server.gateway.CallQuestion;
import dev.writ.server.gateway.Decided;
import dev.writ.server.gateway.RevocationFeed;
import dev.writ.server.gateway.ToolsSeen;
import dev.writ.server.http.HttpServer;
import dev.writ.server.http.Listening;
import dev.writ.server.http.StrangerCounts;
import dev.writ.server.keys.PeerSeal;
import dev.writ.server.peer.ForwardingAuthority;
import dev.writ.server.peer.PeerDoor;
import dev.writ.server.peer.Peers;
import dev.writ.server.pen.PenDriver;
import dev.writ.server.upstream.Upstream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Two nodes that hand calls to the one that writes, over the doors that servers have. */
final class PenBenchPair implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Upstream UPSTREAM =
      new Upstream.Http(URI.create("http://127.0.0.1:1/mcp"), Duration.ofSeconds(1));

  private final PenBenchWorld world;
  private final Map<TaskId, PenBenchWork.Agent> agents = new HashMap<>();
  private final Map<NodeId, String> addresses = new HashMap<>();
  private final List<Authority> authorities = new ArrayList<>();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  PenBenchPair(PenBenchWorld world, PenBenchWork work, List<PenBenchWorld.Running> nodes) {
    this.world = world;
    work.agents().forEach(agent -> agents.put(agent.task(), agent));
    for (PenBenchWorld.Running node : nodes) {
      authorities.add(opened(node, work));
    }
  }

  private Authority opened(PenBenchWorld.Running node, PenBenchWork work) {
    Rules rules = new Rules(node.pen(), work, agents);
    PeerSeal seal = world.peerSeal();
    PeerDoor door = new PeerDoor(rules, seal, node.id(), InstantSource.system());
    try {
      Address address = Address.unused(LOOPBACK, world.entropy());
      Listening listening =
          new Listening(
              address.host(),
              address.port(),
              URI.create("http://" + address),
              4 << 20,
              Duration.ofSeconds(20));
      parts.push(door);
      parts.push(HttpServer.start(listening, List.of(door), new StrangerCounts(), world.entropy()));
      addresses.put(node.id(), address.toString());
    } catch (IOException e) {
      throw new IllegalStateException("no door could be opened", e);
    }
    Peers peers =
        new Peers(
            node.id(),
            seal,
            new Peers.Clocks(InstantSource.system(), System::nanoTime),
            id -> Optional.ofNullable(addresses.get(id)));
    parts.push(peers);
    return new ForwardingAuthority(rules, peers, new Defers(node.pen()));
  }

  /** Callers, each node's in turn. */
  List<PenBenchLoad.Once> callers() {
    List<PenBenchLoad.Once> callers = new ArrayList<>();
    agents.values().forEach(agent -> callers.add(caller(agent, callers.size())));
    return callers;
  }

  private PenBenchLoad.Once caller(PenBenchWork.Agent agent, int number) {
    Authority authority = authorities.get(number % authorities.size());
    Deque<CallId> open = new ArrayDeque<>();
    return () -> {
      try {
        CallId call = open.poll();
        if (call != null) {
          authority.record(
              List.of(new CallOutcome(call, agent.task(), new CallOutcome.Ending.Failed("none"))));
          return true;
        }
        Digest key = Digest.sha256(world.entropy().bytes(16));
        CallQuestion question =
            new CallQuestion(
                agent.token(), agent.task(), "read_invoices", Json.object().build(), key);
        if (authority.decide(question) instanceof Decided.Allowed allowed) {
          open.add(allowed.call());
          return true;
        }
        return false;
      } catch (AuthorityDown down) {
        return false;
      }
    };
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a door could not be closed", e);
      }
    }
  }

  private record Defers(PenDriver pen) implements ForwardingAuthority.Here {
    @Override
    public Optional<NodeId> deferTo() {
      return pen.deferTo();
    }

    @Override
    public boolean knows(CallQuestion question) {
      return true;
    }

    @Override
    public Optional<Decided> noted(CallQuestion question, Supplier<Optional<Decided>> decider) {
      return decider.get();
    }
  }

  /** The measurement's rules as an authority. */
  private record Rules(PenDriver pen, PenBenchWork work, Map<TaskId, PenBenchWork.Agent> agents)
      implements Authority {
    private PenBenchWork.Agent agent(TaskId task) {
      return Optional.ofNullable(agents.get(task)).orElseThrow();
    }

    @Override
    public Decided decide(CallQuestion question) {
      CallId call = CallId.fresh(work.entropy());
      try {
        return pen.write(work.decide(agent(question.task()), call)).reply()
            ? new Decided.Allowed(
                call,
                Duration.ofSeconds(2),
                UPSTREAM,
                question.tool(),
                question.arguments(),
                List.of(),
                new TreeMap<>(),
                List.of())
            : new Decided.Refused("dead", "dead");
      } catch (LedgerFault fault) {
        throw new AuthorityDown("the ledger cannot decide", fault.retryAfter());
      }
    }

    @Override
    public void record(List<CallOutcome> outcomes) {
      try {
        for (CallOutcome outcome : outcomes) {
          pen.write(work.returned(agent(outcome.task()), outcome.call()));
        }
      } catch (LedgerFault fault) {
        throw new AuthorityDown("the ledger cannot decide", fault.retryAfter());
      }
    }

    @Override
    public ToolsSeen tools(TaskId task, TokenId token) {
      throw new UnsupportedOperationException("nobody asks for tools in this measurement");
    }

    @Override
    public RevocationFeed revocations() {
      throw new UnsupportedOperationException("nothing is revoked in this measurement");
    }
  }
}
