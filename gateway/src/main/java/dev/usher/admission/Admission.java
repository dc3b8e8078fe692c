package dev.usher.admission;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many visitors may be admitted at this step, and why not more.
 *
 * @param capacity sessions the upstream may carry now
 * @param places visitors that may be called or admitted at once until the next step, at most; the
 *     store still compares with its own counts
 * @param kept of the places offered to called visitors, those expected to be claimed
 * @param reason what limits them
 * @param figures the numbers behind it
 * @param pods what each pod may be given
 * @param learnt what others may go by; null when nothing was learnt
 */
public record Admission(
    long capacity,
    int places,
    long kept,
    Reason reason,
    Figures figures,
    List<PodLimit> pods,
    @Nullable Learnt learnt) {
  /** Before the first tick: nobody comes in. */
  public static final Admission NONE =
      new Admission(0, 0, 0, Reason.NO_CAPACITY, Figures.NONE, List.of(), null);

  public Admission {
    if (capacity < 0 || places < 0 || kept < 0) {
      throw new IllegalArgumentException(
          "capacity, places and kept must be at least 0 but were "
              + capacity
              + ", "
              + places
              + ", "
              + kept);
    }
    pods = List.copyOf(pods);
  }

  /** What limits admission now. Its name in small letters is the metric's label and the log's. */
  public enum Reason {
    /** Nobody waits. */
    NOBODY_WAITS,
    /** Everyone who waits may be called. */
    ENOUGH_FOR_ALL,
    /** Every room where people wait is paused. */
    PAUSED,
    /** No pod is ready. */
    NO_CAPACITY,
    /** Nothing was heard of which pods are ready for too long. */
    SIGNAL_STALE,
    /** As many sessions as the ready pods can carry. */
    CAPACITY_FULL,
    /** The same, and pods are still warming up. */
    WARMING_UP,
    /** The same, and pods were lost in the last minute. */
    PODS_LOST,
    /** The same, less than declared because nothing has proven yet that it holds. */
    UNPROVEN,
    /** The same, less than declared because the pods answer too slowly. */
    LATENCY,
    /** The same, less than declared because requests failed. */
    ERRORS,
    /** Places are free, but the requests of newcomers must be spread over time. */
    RATE
  }
}
