package dev.usher.store;

import java.util.Comparator;

/**
 * A place in a room's queue: what a ticket stands for, and what a session is known by once the
 * place is claimed.
 *
 * @param room the room's name
 * @param epoch the life of the queue that gave the number, from 1
 * @param lane the lane within the room, from 0
 * @param number the position in order of arrival within lane and epoch, from 1; never given twice
 */
public record Place(String room, long epoch, int lane, long number) {
  /**
   * Greatest number of one epoch: what 31 bits hold, less a few of the gaps that a store leaves
   * after a loss. How many are in use at once is less: {@link Queue#SPAN_MAX}.
   */
  public static final long NUMBER_MAX = 2_147_000_000;

  /** Lanes a room may have. */
  public static final int LANES_MAX = 16;

  /** The order in which places of one lane come in, over epochs: who came first, first. */
  public static final Comparator<Place> IN_ORDER =
      Comparator.comparingLong(Place::epoch).thenComparingLong(Place::number);

  public Place {
    Names.check("A room's name", room);
    if (epoch < 1) {
      throw new IllegalArgumentException("An epoch must be at least 1 but was " + epoch);
    }
    if (lane < 0 || lane >= LANES_MAX) {
      throw new IllegalArgumentException(
          "A lane must be 0 to " + (LANES_MAX - 1) + " but was " + lane);
    }
    if (number < 1 || number > NUMBER_MAX) {
      throw new IllegalArgumentException(
          "A number must be 1 to " + NUMBER_MAX + " but was " + number);
    }
  }
}
