package dev.usher.room.line;

import dev.usher.store.Place;
import dev.usher.store.Queue;

/**
 * Places that this replica gives without asking the store, which hears of their sessions as it
 * hears of all active ones. No other replica gives the same: the epochs are made of the time and
 * this replica's number, and lie beyond every epoch that is made of the time alone.
 */
final class OwnPlaces {
  /**
   * One chunk of the store's bits. Old chunks are forgotten, as their sessions end, only if epochs
   * are no longer than that.
   */
  private static final int MOST = 65_535;

  private final Queue queue;
  private final int replica;
  private long second;
  private long number = MOST;

  /**
   * @param replica this replica's number, unlike all others
   */
  OwnPlaces(Queue queue, int replica) {
    this.queue = queue;
    this.replica = replica;
  }

  /**
   * The next place.
   *
   * @param now milliseconds since 1970
   */
  synchronized Place next(long now) {
    if (number >= MOST) {
      second = Math.max(second + 1, now / 1000);
      number = 0;
    }
    number++;
    long epoch = second * 1_000_000 + Math.floorMod(replica, 1_000_000);
    return new Place(queue.room(), epoch, 0, number);
  }
}
