package dev.usher;

import dev.usher.config.GatewayConfig;
import dev.usher.edge.RoomEndpoint;
import dev.usher.room.Room;
import dev.usher.store.QueueStore;
import dev.usher.token.Passes;
import dev.usher.token.Tickets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rooms of a running gateway and their endpoints. A room lives on when its configuration
 * changes, and with it everything that is known of its line; its endpoint is replaced.
 */
final class RoomRegistry {
  private final QueueStore store;
  private final int replica;
  private final Tickets tickets;
  private final Passes passes;
  private volatile Map<String, Open> open = Map.of();

  private record Open(GatewayConfig.Room config, Room room, RoomEndpoint endpoint) {}

  /**
   * @param replica the number by which tickets name this replica
   */
  RoomRegistry(QueueStore store, int replica, Tickets tickets, Passes passes) {
    this.store = store;
    this.replica = replica;
    this.tickets = tickets;
    this.passes = passes;
  }

  /** Takes over a changed list of rooms, in this order. */
  void reconfigure(List<GatewayConfig.Room> rooms) {
    Map<String, Open> changed = new LinkedHashMap<>();
    for (GatewayConfig.Room each : rooms) {
      Open before = open.get(each.route().room());
      changed.put(
          each.route().room(),
          before != null && before.config().equals(each) ? before : opened(each));
    }
    open = changed;
  }

  private Open opened(GatewayConfig.Room config) {
    Open before = open.get(config.route().room());
    Room room;
    if (before == null) {
      room = new Room(config.policy(), store, replica);
    } else {
      room = before.room();
      room.reconfigure(config.policy());
    }
    return new Open(
        config, room, new RoomEndpoint(config.route(), config.look(), room, tickets, passes));
  }

  /** The endpoints, by room. */
  Map<String, RoomEndpoint> endpoints() {
    Map<String, RoomEndpoint> all = new LinkedHashMap<>();
    open.forEach((name, each) -> all.put(name, each.endpoint()));
    return all;
  }

  /** The rooms of this upstream. */
  List<Room> of(String upstream) {
    return open.values().stream()
        .filter(each -> each.config().route().upstream().equals(upstream))
        .map(Open::room)
        .toList();
  }
}
