package dev.usher.doorkeeper;

import java.time.Duration;

/**
 * The reserve kept for the loss of a replica, or of the store.
 *
 * @param requestTimeout time after which no request of a dead replica is still in its pod
 * @param places part of the capacity, 0 to 0.5, that is kept free for admissions while the store is
 *     away; with 0 nobody comes in meanwhile
 */
public record LossReserve(Duration requestTimeout, double places) {
  /** A reserve with which nobody comes in while the store is away. */
  public static LossReserve hold(Duration requestTimeout) {
    return new LossReserve(requestTimeout, 0);
  }
}
