package dev.usher.token;

import dev.usher.store.Place;

/**
 * A signed place in a room's queue, as its visitor carries it.
 *
 * @param place where in which queue
 * @param arrivedAt when the number was given, in milliseconds since 1970
 * @param lastShown the fewest people ahead that the visitor was ever told of, so that the number
 *     never rises before their eyes; {@link Long#MAX_VALUE} before the first time
 */
public record Ticket(Place place, long arrivedAt, long lastShown) implements InLine {
  public Ticket {
    if (arrivedAt < 0 || lastShown < 0) {
      throw new IllegalArgumentException(
          "arrivedAt and lastShown must be at least 0 but were " + arrivedAt + ", " + lastShown);
    }
  }

  /** This ticket after its visitor was told of so many people ahead. */
  public Ticket shown(long ahead) {
    return ahead >= lastShown ? this : new Ticket(place, arrivedAt, ahead);
  }
}
