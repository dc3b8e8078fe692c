package dev.usher.admission;

/**
 * How many visitors may be called at this step, and why not more.
 *
 * @param places visitors that may be called, at most; the store still compares with its own count
 * @param reason what limits them
 */
public record Admission(int places, Reason reason) {
  /** What limits admission now. Its name in small letters is the metric's label and the log's. */
  public enum Reason {
    /** Nobody waits. */
    NOBODY_WAITS,
    /** No pod is ready, or nothing is known of them. */
    NO_CAPACITY,
    /** As many sessions as the ready pods can carry. */
    CAPACITY_FULL,
    /** Everyone who waits may be called. */
    ENOUGH_FOR_ALL,
    /** More places are free than are called in one step. */
    STEP
  }
}
