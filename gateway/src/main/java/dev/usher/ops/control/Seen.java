package dev.usher.ops.control;

import dev.usher.room.Room;
import dev.usher.store.Line;
import dev.usher.store.upstream.LiveState;
import java.util.List;

/**
 * What this replica saw of a room when it last looked at the line.
 *
 * @param inLine everyone in it, called or not, with or without a number
 * @param waiting who waits and is not called
 * @param free places of the upstream that neither a session has nor anybody who was called
 * @param taken places of the room that a session has, or somebody who was called
 */
record Seen(long inLine, long waiting, long free, long taken) {
  /**
   * What is seen of it now.
   *
   * @param sharers all rooms of its upstream
   */
  static Seen of(Room room, List<Room> sharers) {
    Line line = room.line();
    Line.Counts counts = line.counts();
    long expected = sharers.stream().mapToLong(each -> each.line().expected()).sum();
    return new Seen(
        counts.waiting() + counts.asking() + room.standingBy(),
        counts.waiting(),
        counts.capacity() - counts.sessions() - expected,
        counts.inside() + line.expected());
  }

  /** How many people a wish touches while this is set. */
  long touchedBy(Wish wish, LiveState live) {
    if (wish.call() == 0) {
      return inLine;
    }
    if (live.isShut()) {
      return 0;
    }
    long allowed = live.sessions() == LiveState.UNLIMITED ? free : live.sessions() - taken;
    return Math.max(0, Math.min(Math.min(wish.call(), waiting), Math.min(free, allowed)));
  }
}
