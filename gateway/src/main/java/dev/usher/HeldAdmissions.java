package dev.usher;

import dev.usher.room.Contact;
import dev.usher.room.Room;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log when nobody is let into a room because the store is away or gets back what it
 * lost, and when that is over.
 */
final class HeldAdmissions {
  private static final Logger log = LoggerFactory.getLogger(HeldAdmissions.class);

  private final Supplier<List<Room>> rooms;
  private final Map<Room, Held> held = new HashMap<>();

  private record Held(Contact contact, long since) {}

  /**
   * @param rooms as they come and go
   */
  HeldAdmissions(Supplier<List<Room>> rooms) {
    this.rooms = rooms;
  }

  /** Looks at the rooms after a step. */
  synchronized void look(long now) {
    List<Room> all = rooms.get();
    held.keySet().retainAll(all);
    all.forEach(room -> look(room, now));
  }

  private void look(Room room, long now) {
    Contact contact = room.contact();
    Held before = held.get(room);
    // A room that only watches lets everyone in meanwhile.
    if (contact == Contact.GOOD || room.watching().isOn()) {
      if (before != null) {
        held.remove(room);
        RoomNews.of(log.atInfo(), room)
            .addKeyValue("seconds", (now - before.since()) / 1000.0)
            .log("admissions_resumed");
      }
    } else if (before == null || before.contact() != contact) {
      held.put(room, new Held(contact, before == null ? now : before.since()));
      RoomNews.of(log.atWarn(), room)
          .addKeyValue("store", contact.name().toLowerCase(Locale.ROOT))
          .log("admissions_held");
    }
  }
}
