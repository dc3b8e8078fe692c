package dev.usher.store;

/**
 * A room's share of the free places of its upstream while several rooms have a line.
 *
 * @param queue the room's queue
 * @param weight at least 1
 */
public record Share(Queue queue, int weight) {
  public Share {
    if (weight < 1) {
      throw new IllegalArgumentException("A weight must be at least 1 but was " + weight);
    }
  }
}
