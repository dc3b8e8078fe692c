package dev.usher.store;

/**
 * A time in which visitors of a room gather: they get numbers and wait, and nobody comes in.
 *
 * @param from its begin by the store's clock, in milliseconds since 1970
 * @param until its end, likewise
 */
public record Gathering(long from, long until) {
  /** Of a room that is open. */
  public static final Gathering NONE = new Gathering(0, 0);

  /** Whether it lasts at this time. */
  public boolean lasts(long now) {
    return from <= now && now < until;
  }
}
