package dev.usher.provision.waits;

import dev.usher.forecast.Forecast;
import dev.usher.room.Room;
import dev.usher.store.Line;
import dev.usher.store.upstream.LiveState;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** A room's part of what an upstream's visitors may expect. */
final class RoomShare {
  private RoomShare() {}

  /** What those who wait in this room may expect, while others wait in the other rooms. */
  static Forecast of(Room room, List<Room> all, Forecast upstream) {
    if (room.controls().now().isShut()) {
      return Forecast.NONE;
    }
    double weight = room.policy().weight();
    DoubleUnaryOperator calls =
        people -> {
          double before = people;
          for (Room other : all) {
            if (other != room && !isShut(other)) {
              double theirs = people * other.policy().weight() / weight;
              before += Math.min((double) other.line().counts().waiting(), theirs);
            }
          }
          return before;
        };
    return limited(upstream.seenThrough(calls), room);
  }

  private static boolean isShut(Room room) {
    Line line = room.line();
    return room.controls().now().isShut()
        || line.paused()
        || room.gathering(line.time()).lasts(line.time());
  }

  /** What an operator limits comes no sooner than that allows. */
  private static Forecast limited(Forecast forecast, Room room) {
    LiveState live = room.controls().now();
    Forecast paced =
        live.perMinute() == LiveState.UNLIMITED
            ? forecast
            : forecast.noFasterThan(live.perMinute() / 60.0);
    // How soon sessions of this room alone end is not measured.
    long free = live.sessions() - room.line().counts().inside();
    return live.sessions() == LiveState.UNLIMITED ? paced : paced.upTo((double) Math.max(0, free));
  }
}
