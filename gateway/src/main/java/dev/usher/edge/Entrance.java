package dev.usher.edge;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the event loops share of the way in: which requests belong where, and the rooms' doors. */
public final class Entrance {
  private final Routes routes;
  private final ClientAddress clients;
  private final Map<String, RoomDoor> doors;
  private final UsherPaths usherPaths;
  private final long bodyBytes;

  /**
   * @param doors by room
   * @param defaultUpstream where requests outside every room go; null for nowhere
   */
  public Entrance(
      ListenOptions listen, Map<String, RoomDoor> doors, @Nullable String defaultUpstream) {
    List<RoomRoute> rooms = doors.values().stream().map(RoomDoor::route).toList();
    this.routes = new Routes(rooms, defaultUpstream);
    this.clients = new ClientAddress(listen.trustedProxies());
    this.doors = Map.copyOf(doors);
    this.usherPaths = new UsherPaths(this.doors);
    this.bodyBytes = listen.limits().bodyBytes();
  }

  Routes routes() {
    return routes;
  }

  ClientAddress clients() {
    return clients;
  }

  Map<String, RoomDoor> doors() {
    return doors;
  }

  UsherPaths usherPaths() {
    return usherPaths;
  }

  long bodyBytes() {
    return bodyBytes;
  }
}
