package dev.usher.doorkeeper;

import dev.usher.room.Room;
import dev.usher.room.StoreState;
import dev.usher.words.EnumWords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when nobody is let into a room because the store is away or is being given back what it
 * lost, and when that is over.
 */
public final class AdmissionHoldLog {
  private static final Logger log = LoggerFactory.getLogger(AdmissionHoldLog.class);

  private final Supplier<List<Room>> rooms;
  private final Map<Room, Held> held = new HashMap<>();

  private record Held(StoreState storeState, long since) {}

  /**
   * @param rooms the rooms that there are now
   */
  public AdmissionHoldLog(Supplier<List<Room>> rooms) {
    this.rooms = rooms;
  }

  /** Looks at the rooms after a tick. */
  public synchronized void look(long now) {
    List<Room> all = rooms.get();
    held.keySet().retainAll(all);
    all.forEach(room -> look(room, now));
  }

  private void look(Room room, long now) {
    StoreState storeState = room.storeState();
    Held before = held.get(room);
    // Meanwhile, a room that only watches lets everyone in.
    if (storeState == StoreState.GOOD || room.watching().isOn()) {
      if (before != null) {
        held.remove(room);
        RoomLog.of(log.atInfo(), room)
            .addKeyValue("seconds", (now - before.since()) / 1000.0)
            .log("admissions_resumed");
      }
    } else if (before == null || before.storeState() != storeState) {
      held.put(room, new Held(storeState, before == null ? now : before.since()));
      RoomLog.of(log.atWarn(), room)
          .addKeyValue("store", EnumWords.lower(storeState))
          .log("admissions_held");
    }
  }
}
