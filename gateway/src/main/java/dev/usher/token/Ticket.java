package dev.usher.token;

import dev.usher.store.Place;
import dev.usher.store.upstream.MoveStore;

/**
 * A signed place in a room's queue, as its visitor carries it.
 *
 * @param place the place in the queue
 * @param renewedAt when the ticket was last given or renewed, in milliseconds since 1970. When its
 *     visitor came no longer matters, because the number gives the order
 * @param lastShown the fewest people ahead that the visitor was ever told of, so that the number
 *     they see never rises; {@link Long#MAX_VALUE} before the first time
 * @param generation how often the visitor had taken the place along to another browser when the
 *     ticket was given. The ticket of the latest one is good, those of earlier ones are not
 */
public record Ticket(Place place, long renewedAt, long lastShown, int generation)
    implements InLine {
  public Ticket {
    if (renewedAt < 0 || lastShown < 0) {
      throw new IllegalArgumentException(
          "renewedAt and lastShown must be at least 0 but were " + renewedAt + ", " + lastShown);
    }
    if (generation < 0 || generation > MoveStore.MOVES_MAX) {
      throw new IllegalArgumentException(
          "generation must be 0 to " + MoveStore.MOVES_MAX + " but was " + generation);
    }
  }

  /** The ticket of the browser in which the visitor came. */
  public Ticket(Place place, long renewedAt, long lastShown) {
    this(place, renewedAt, lastShown, 0);
  }

  @Override
  public Ticket renewed(long now) {
    return InLine.isDue(renewedAt, now) ? new Ticket(place, now, lastShown, generation) : this;
  }

  /** The ticket after its visitor was told that this many people are ahead. */
  public Ticket shown(long ahead) {
    return ahead >= lastShown ? this : new Ticket(place, renewedAt, ahead, generation);
  }

  /** Whether the visitor may take the place along once more. */
  public boolean mayMove() {
    return generation < MoveStore.MOVES_MAX;
  }

  /** The ticket of the browser that the visitor goes on in, given now. */
  public Ticket moved(long now) {
    return new Ticket(place, now, lastShown, generation + 1);
  }

  /** The same, given now. */
  public Ticket given(long now) {
    return new Ticket(place, now, lastShown, generation);
  }
}
