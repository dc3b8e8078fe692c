package dev.usher.token;

import dev.usher.store.Place;

/**
 * A signed place in a room's queue, as its visitor carries it.
 *
 * @param place the place in the queue
 * @param renewedAt when the ticket was last given or renewed, in milliseconds since 1970. When its
 *     visitor came no longer matters, because the number gives the order
 * @param lastShown the fewest people ahead that the visitor was ever told of, so that the number
 *     they see never rises; {@link Long#MAX_VALUE} before the first time
 */
public record Ticket(Place place, long renewedAt, long lastShown) implements InLine {
  public Ticket {
    if (renewedAt < 0 || lastShown < 0) {
      throw new IllegalArgumentException(
          "renewedAt and lastShown must be at least 0 but were " + renewedAt + ", " + lastShown);
    }
  }

  @Override
  public Ticket renewed(long now) {
    return InLine.isDue(renewedAt, now) ? new Ticket(place, now, lastShown) : this;
  }

  /** The ticket after its visitor was told that this many people are ahead. */
  public Ticket shown(long ahead) {
    return ahead >= lastShown ? this : new Ticket(place, renewedAt, ahead);
  }
}
