package dev.usher.doorkeeper;

import dev.usher.room.Room;
import dev.usher.store.Line;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs when the visitors who wait in a room do not get through to it, and when they do again. */
public final class CutOffLog {
  private static final Logger log = LoggerFactory.getLogger(CutOffLog.class);

  private final Supplier<List<Room>> rooms;

  /** The rooms whose visitors are cut off, and since when by the store's clock. */
  private final Map<Room, Long> since = new HashMap<>();

  /**
   * @param rooms the rooms that there are now
   */
  public CutOffLog(Supplier<List<Room>> rooms) {
    this.rooms = rooms;
  }

  /** Looks at the rooms after a tick. */
  public synchronized void look() {
    List<Room> all = rooms.get();
    since.keySet().retainAll(all);
    all.forEach(this::look);
  }

  private void look(Room room) {
    Line line = room.line();
    long now = line.recovery().cutOff().since();
    Long before = now == 0 ? since.remove(room) : since.put(room, now);
    if (now > 0 && before == null) {
      RoomLog.of(log.atWarn(), room)
          .addKeyValue("waiting", line.counts().waiting())
          .addKeyValue(
              "fix",
              "look at what is before Usher: ingress, CDN, name, certificate; places are kept")
          .log("crowd_cut_off");
    } else if (now == 0 && before != null) {
      RoomLog.of(log.atInfo(), room)
          .addKeyValue("waiting", line.counts().waiting())
          .addKeyValue("seconds", (line.time() - before) / 1000.0)
          .log("crowd_is_back");
    }
  }
}
