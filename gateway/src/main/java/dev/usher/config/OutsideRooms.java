package dev.usher.config;

import dev.usher.config.GatewayConfig.Room;
import dev.usher.config.schema.Settings;
import dev.usher.edge.route.RoomRoute;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads where requests outside every room go, and warns if they go to pods that a room guards,
 * because nothing holds such requests back.
 */
final class OutsideRooms {
  private static final String DEFAULT_UPSTREAM = "defaultUpstream";

  private final Settings root;
  private final List<RoomRoute> rooms;

  private OutsideRooms(Settings root, List<RoomRoute> rooms) {
    this.root = root;
    this.rooms = rooms;
  }

  /** The upstream configured for what no room guards; null for none. */
  static @Nullable String read(Settings root, UpstreamNames names, List<Room> rooms) {
    var outside = new OutsideRooms(root, rooms.stream().map(Room::route).toList());
    String written = null;
    if (root.isSet(DEFAULT_UPSTREAM) || (names.areSeveral() && outside.isAnyForAllHosts())) {
      written = names.choose(root, DEFAULT_UPSTREAM);
    }
    outside.warn(written);
    return written;
  }

  private boolean isAnyForAllHosts() {
    return rooms.isEmpty() || rooms.stream().anyMatch(room -> room.hosts().isEmpty());
  }

  private void warn(@Nullable String written) {
    Map<String, Settings> settings = root.named("rooms");
    for (RoomRoute room : rooms) {
      String open = written == null ? onlyUpstreamBeside(room) : written;
      if (open != null && isGuarded(open) && !isWhole(room)) {
        Objects.requireNonNull(settings.get(room.room())).warn("paths", leavesOpen(room, open));
      }
    }
    boolean namesHosts = rooms.stream().anyMatch(room -> !room.hosts().isEmpty());
    if (written != null && namesHosts && isGuarded(written) && !isGuardedWhole("")) {
      root.warn(
          DEFAULT_UPSTREAM,
          "lets every host but "
              + rooms.stream()
                  .flatMap(room -> room.hosts().stream())
                  .distinct()
                  .limit(3)
                  .collect(Collectors.joining(", "))
              + " and the like through to the pods of "
              + written
              + " unguarded, and anyone may ask by any host: leave it out and name in"
              + " rooms.NAME.hosts what is yours");
    }
  }

  private static String leavesOpen(RoomRoute room, String upstream) {
    return "leaves all else "
        + (room.hosts().isEmpty() ? "" : "on " + String.join(", ", room.hosts()) + " ")
        + "to the pods of "
        + upstream
        + " unguarded, however many come: leave paths out and say in bypass.paths what need not"
        + " queue, or have a room for / as well";
  }

  /** Where requests go that use the room's hosts but belong to no room. */
  private @Nullable String onlyUpstreamBeside(RoomRoute room) {
    List<String> upstreams =
        rooms.stream()
            .filter(
                other ->
                    other.hosts().isEmpty()
                        || other.hosts().stream().anyMatch(room.hosts()::contains))
            .map(RoomRoute::upstream)
            .distinct()
            .toList();
    return upstreams.size() == 1 ? upstreams.get(0) : null;
  }

  private boolean isGuarded(String upstream) {
    return rooms.stream().anyMatch(room -> room.upstream().equals(upstream));
  }

  private boolean isWhole(RoomRoute room) {
    return room.hosts().isEmpty()
        ? isGuardedWhole("")
        : room.hosts().stream().allMatch(this::isGuardedWhole);
  }

  /** Whether some room guards every path of the host, or of every host if it is empty. */
  private boolean isGuardedWhole(String host) {
    return rooms.stream()
        .anyMatch(
            room ->
                room.paths().contains("/")
                    && (room.hosts().isEmpty() || room.hosts().contains(host)));
  }
}
