package dev.usher.ops.control;

import dev.usher.room.Room;
import dev.usher.token.Passes;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The running parts that operators may change.
 *
 * @param rooms the current rooms
 * @param passes verifies passes
 * @param storeClock milliseconds since 1970 by the store's clock
 */
public record Reach(Supplier<List<Room>> rooms, Passes passes, LongSupplier storeClock) {
  /** The room of this name; null if there is none. */
  @Nullable Room room(String name) {
    for (Room room : rooms.get()) {
      if (nameOf(room).equals(name)) {
        return room;
      }
    }
    return null;
  }

  List<String> names() {
    return rooms.get().stream().map(Reach::nameOf).toList();
  }

  /** All rooms of this one's upstream, which share its places. */
  List<Room> sharers(Room room) {
    String upstream = room.policy().queue().upstream();
    return rooms.get().stream()
        .filter(each -> each.policy().queue().upstream().equals(upstream))
        .toList();
  }

  static String nameOf(Room room) {
    return room.policy().queue().room();
  }
}
