package dev.usher.doorkeeper;

import dev.usher.room.Room;
import dev.usher.store.Queue;
import org.slf4j.spi.LoggingEventBuilder;

/** The beginning of a log line about a room: which room it is, and of which upstream. */
final class RoomLog {
  private RoomLog() {}

  static LoggingEventBuilder of(LoggingEventBuilder event, Room room) {
    Queue queue = room.policy().queue();
    return event.addKeyValue("upstream", queue.upstream()).addKeyValue("room", queue.room());
  }
}
