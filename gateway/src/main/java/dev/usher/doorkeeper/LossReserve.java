package dev.usher.doorkeeper;

import java.time.Duration;

/**
 * What is kept back for the loss of a replica, or of the store.
 *
 * @param requestTimeout a request of a replica that died is not in its pod any more after so long
 * @param places part of the capacity, 0 to 0.5, that is kept free for admissions while the store is
 *     away; 0 lets nobody in meanwhile
 */
public record LossReserve(Duration requestTimeout, double places) {
  /** Nobody comes in while the store is away. */
  public static LossReserve hold(Duration requestTimeout) {
    return new LossReserve(requestTimeout, 0);
  }
}
