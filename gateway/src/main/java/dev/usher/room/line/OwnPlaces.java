package dev.usher.room.line;

import dev.usher.store.Place;
import dev.usher.store.Queue;

/**
 * Places that this replica gives without asking the store, which hears of their sessions as it
 * hears of all that are active. Nobody else gives the same: their epochs are named by the moment
 * and this replica, beyond every one that is named by the time alone.
 */
final class OwnPlaces {
  /** One chunk of the store's bits. Only so are old ones forgotten as their sessions end. */
  private static final int MOST = 65_535;

  private final Queue queue;
  private final int replica;
  private long second;
  private long number = MOST;

  /**
   * @param replica this replica, unlike all others
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
