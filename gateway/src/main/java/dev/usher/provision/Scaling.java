package dev.usher.provision;

import java.time.Duration;

/**
 * An operator's settings for the size of one upstream.
 *
 * @param min pods that are always asked for
 * @param max the most pods that are ever asked for; {@link #UNBOUNDED} leaves that to whoever adds
 *     the pods
 * @param within time within which everyone who waits should be in
 * @param podStart time from asking for a pod until it is ready
 * @param floor whether Usher itself raises the floor of whoever says how many pods there are
 */
public record Scaling(int min, int max, Duration within, Duration podStart, Floor floor) {
  /** Whoever adds pods has a limit of their own. */
  public static final int UNBOUNDED = 0;

  /** Most pods of one upstream: as many as Usher can follow. */
  static final int PODS_MOST = 10_000;

  /** What the floor follows. Its name in lower case is the setting's value. */
  public enum Floor {
    /** Nothing: Usher changes nothing in the cluster. */
    OFF,
    /** All that is wanted, but each change is only tried, and told. */
    TRY,
    /** What the schedule wants. */
    SCHEDULE,
    /** All that is wanted. */
    DESIRED,
    /**
     * All that is wanted, from when pods that an autoscaler was asked for have not come in time.
     */
    FALLBACK
  }

  /** Without a floor. */
  public Scaling(int min, int max, Duration within, Duration podStart) {
    this(min, max, within, podStart, Floor.OFF);
  }

  public Scaling {
    if (min < 0 || max < 0 || Math.max(min, max) > PODS_MOST) {
      throw new IllegalArgumentException(
          "min and max must be from 0 to " + PODS_MOST + " but were " + min + " and " + max);
    }
    if (max != UNBOUNDED && max < min) {
      throw new IllegalArgumentException(
          "max must be at least min, " + min + ", or 0 for no limit, but was " + max);
    }
    if (within.isNegative() || within.isZero() || podStart.isNegative()) {
      throw new IllegalArgumentException(
          "within must be above 0 and podStart at least 0 but were " + within + " and " + podStart);
    }
  }

  /** This many pods, within the limits. */
  int clamp(int pods) {
    return capped(Math.max(min, pods));
  }

  /** This many pods, but no more than are ever asked for. */
  public int capped(int pods) {
    return Math.min(max == UNBOUNDED ? PODS_MOST : max, pods);
  }
}
