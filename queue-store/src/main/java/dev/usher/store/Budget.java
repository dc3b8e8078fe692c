package dev.usher.store;

import java.time.Duration;

/**
 * What an upstream bears from one step of calling until the next.
 *
 * @param capacity sessions of all its rooms together, at least 0
 * @param places visitors called at this step and newcomers admitted at once after it, together at
 *     most so many; at least 0
 * @param kept of the places already offered to called visitors who have not claimed yet, so many
 *     are kept free for them, at most: how many the caller expects to be claimed; at least 0.
 *     {@link #KEEP_ALL} offers no place twice
 * @param validFor how long claims and newcomers may trust it when no new one arrives, at least 1 ms
 */
public record Budget(long capacity, int places, long kept, Duration validFor) {
  /** Every offered place is kept free until it is claimed or its time is over. */
  public static final long KEEP_ALL = Long.MAX_VALUE;

  public Budget {
    if (capacity < 0) {
      throw new IllegalArgumentException("capacity must be at least 0 but was " + capacity);
    }
    if (places < 0) {
      throw new IllegalArgumentException("places must be at least 0 but was " + places);
    }
    if (kept < 0) {
      throw new IllegalArgumentException("kept must be at least 0 but was " + kept);
    }
    if (validFor.toMillis() < 1) {
      throw new IllegalArgumentException("validFor must be at least 1 ms but was " + validFor);
    }
  }
}
