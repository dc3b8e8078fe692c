package dev.usher.doorkeeper;

import dev.usher.room.Room;
import dev.usher.store.Line;
import dev.usher.store.Queue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs when a room comes near the end of its numbers, and when they start over. */
public final class NumbersLog {
  private static final Logger log = LoggerFactory.getLogger(NumbersLog.class);

  /**
   * Share of the numbers used: months before the end in a room that is always on, minutes in an
   * endless crowd.
   */
  private static final double LOW = 0.5;

  private final Supplier<List<Room>> rooms;
  private final Map<Room, Seen> seen = new HashMap<>();

  private enum State {
    SUFFICE,
    RUN_LOW,
    USED_UP
  }

  private record Seen(State state, long epoch, long issued) {}

  /**
   * @param rooms the rooms that there are now
   */
  public NumbersLog(Supplier<List<Room>> rooms) {
    this.rooms = rooms;
  }

  /** Looks at the rooms after a tick. */
  public synchronized void look() {
    List<Room> all = rooms.get();
    seen.keySet().retainAll(all);
    all.forEach(this::look);
  }

  private void look(Room room) {
    Line line = room.line();
    double used = line.numbersUsed();
    State now = used >= 1 ? State.USED_UP : used >= LOW ? State.RUN_LOW : State.SUFFICE;
    Seen before = seen.put(room, new Seen(now, line.epoch(), line.issued()));
    if (before == null) {
      before = new Seen(State.SUFFICE, line.epoch(), 0);
    }
    // An operator's reset makes earlier tickets worthless; this does not.
    if (line.epoch() > before.epoch()
        && before.issued() >= Queue.ROLL_AFTER
        && line.recovery().validFrom() <= before.epoch()) {
      RoomLog.of(log.atInfo(), room)
          .addKeyValue("given", before.issued())
          .log("numbers_begin_anew");
    }
    if (now != before.state()) {
      changed(room, now, used);
    }
  }

  private static void changed(Room room, State now, double used) {
    switch (now) {
      case USED_UP -> RoomLog.of(log.atError(), room).log("numbers_used_up");
      case RUN_LOW ->
          RoomLog.of(log.atWarn(), room).addKeyValue("used", used).log("numbers_run_low");
      case SUFFICE ->
          RoomLog.of(log.atInfo(), room).addKeyValue("used", used).log("numbers_suffice");
    }
  }
}
