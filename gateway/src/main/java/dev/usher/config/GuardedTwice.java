package dev.usher.config;

import dev.usher.config.schema.Settings;
import dev.usher.edge.route.RoomRoute;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Refuses two rooms that guard the same host and path: nobody could tell which of them to queue in.
 */
final class GuardedTwice {
  private record Guarded(String host, String path) {}

  private final Map<Guarded, String> rooms = new HashMap<>();

  void check(RoomRoute room, Settings settings) {
    List<String> hosts = room.hosts().isEmpty() ? List.of("every host") : room.hosts();
    for (String host : hosts) {
      for (Settings.Item item : settings.items("paths")) {
        String path = RoomReader.plain(item.text());
        // Guards ignore the case of letters, as some upstreams do.
        String before =
            rooms.putIfAbsent(new Guarded(host, path.toLowerCase(Locale.ROOT)), room.room());
        if (before != null) {
          String whose = before.equals(room.room()) ? "this room" : "room " + before;
          settings.refuse(
              item,
              "must be guarded once but "
                  + path
                  + " on "
                  + host
                  + " is guarded by "
                  + whose
                  + " already: change its paths or hosts");
        }
      }
    }
  }
}
