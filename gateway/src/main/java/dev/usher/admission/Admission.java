package dev.usher.admission;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many visitors may be admitted at this tick, and why not more.
 *
 * @param capacity sessions the upstream may carry now
 * @param places visitors who may be called, or admitted at once, before the next tick, at most; the
 *     store still compares with its own counts
 * @param kept places offered to called visitors that are expected to be claimed
 * @param reason what limits them
 * @param figures the numbers behind it
 * @param pods what each pod may be given
 * @param learnt what others may go by; null if nothing was learnt
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

  /** What limits admission now. Its name in lower case is the metric's label and the log's. */
  public enum Reason {
    /** Nobody waits. */
    NOBODY_WAITS,
    /** Everyone who waits may be called. */
    ENOUGH_FOR_ALL,
    /** Every room where people wait is paused. */
    PAUSED,
    /** Where people wait they gather for an opening: nobody comes in before it. */
    GATHERING,
    /** No pod is ready. */
    NO_CAPACITY,
    /** For too long nothing has been heard of which pods are ready. */
    SIGNAL_STALE,
    /** There are as many sessions as the ready pods can carry. */
    CAPACITY_FULL,
    /** There are as many sessions as the ready pods can carry, and pods are still warming up. */
    WARMING_UP,
    /**
     * There are as many sessions as the ready pods can carry, and pods were lost in the last
     * minute.
     */
    PODS_LOST,
    /**
     * The same limit, lower than declared because nothing has proven yet that the declared one
     * holds.
     */
    UNPROVEN,
    /** The same limit, lower than declared because the pods answer too slowly. */
    LATENCY,
    /** The same limit, lower than declared because requests failed. */
    ERRORS,
    /** Places are free, but the requests of newcomers must be spread over time. */
    RATE
  }
}
