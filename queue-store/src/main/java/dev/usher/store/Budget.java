package dev.usher.store;

import java.time.Duration;

/**
 * What an upstream bears now.
 *
 * @param capacity sessions of all its rooms together
 * @param places visitors that may be called at this step, at most
 * @param validFor how long claims may trust the capacity when no new one arrives
 */
public record Budget(long capacity, int places, Duration validFor) {
  public Budget {
    if (capacity < 0 || places < 0) {
      throw new IllegalArgumentException(
          "capacity and places must be at least 0 but were " + capacity + ", " + places);
    }
  }
}
