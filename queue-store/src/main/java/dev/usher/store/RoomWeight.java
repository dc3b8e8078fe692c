package dev.usher.store;

/**
 * A room's share of the free places of its upstream while several rooms have a line.
 *
 * @param queue the room's queue
 * @param weight at least 1
 * @param gathering the next time in which nobody comes in
 */
public record RoomWeight(Queue queue, int weight, Gathering gathering) {
  /** The share of a room that is open. */
  public RoomWeight(Queue queue, int weight) {
    this(queue, weight, Gathering.NONE);
  }

  public RoomWeight {
    if (weight < 1) {
      throw new IllegalArgumentException("A weight must be at least 1 but was " + weight);
    }
  }
}
