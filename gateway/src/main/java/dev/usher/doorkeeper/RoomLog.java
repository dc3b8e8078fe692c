package dev.usher.doorkeeper;

import dev.usher.room.Room;
import dev.usher.store.Queue;
import org.slf4j.spi.LoggingEventBuilder;

/** What the log says of a room begins with whose it is. */
final class RoomLog {
  private RoomLog() {}

  static LoggingEventBuilder of(LoggingEventBuilder event, Room room) {
    Queue queue = room.policy().queue();
    return event.addKeyValue("upstream", queue.upstream()).addKeyValue("room", queue.room());
  }
}
