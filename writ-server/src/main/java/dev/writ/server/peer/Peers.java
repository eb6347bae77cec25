package dev.writ.server.peer;

import dev.writ.base.Json;
import dev.writ.base.NodeId;
import dev.writ.ledger.MonotonicClock;
import dev.writ.server.keys.PeerSeal;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The other nodes, each with its courier. */
public final class Peers implements AutoCloseable {
  private final NodeId self;
  private final Envelope envelope;
  private final Courier.Clocks clocks;
  private final Function<NodeId, Optional<String>> addresses;
  private final Map<NodeId, Courier> couriers = new ConcurrentHashMap<>();

  /**
   * @param addresses where a node said that others reach it, as {@code host:port}
   */
  public Peers(
      NodeId self, PeerSeal seal, Clocks clocks, Function<NodeId, Optional<String>> addresses) {
    this.self = self;
    this.envelope = new Envelope(seal);
    this.clocks = new Courier.Clocks(clocks.time(), clocks.nanos());
    this.addresses = addresses;
  }

  /** The node's clocks. */
  public record Clocks(InstantSource time, MonotonicClock nanos) {}

  /** Asks a node and waits, within bounds. */
  Json.Obj ask(NodeId to, Json.Obj message, int length) throws PeerAway {
    Optional<URI> door = addresses.apply(to).flatMap(Peers::door);
    if (door.isEmpty()) {
      throw new PeerAway("it announced no address");
    }
    Courier courier =
        couriers.compute(
            to,
            (node, known) -> {
              if (known != null && known.door().equals(door.get())) {
                return known;
              }
              if (known != null) {
                known.close();
              }
              return new Courier(new Courier.Ends(self, to, door.get()), envelope, clocks);
            });
    return courier.ask(message, length);
  }

  private static Optional<URI> door(String address) {
    try {
      URI door = URI.create("http://" + address + PeerDoor.PATH);
      return Optional.of(door).filter(d -> d.getHost() != null && d.getPort() > 0);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    couriers.values().forEach(Courier::close);
  }
}
