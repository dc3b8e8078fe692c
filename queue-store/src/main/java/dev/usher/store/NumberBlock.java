package dev.usher.store;

/**
 * Consecutive numbers given to visitors who arrived together.
 *
 * @param epoch the queue's epoch
 * @param lane the lane
 * @param first the first number, 0 when none was given
 * @param given how many; fewer than asked for when the line is as long as it may get, or the epoch
 *     has no more numbers
 * @param admitted how many of them, from the first, need not wait: their sessions have begun
 */
public record NumberBlock(long epoch, int lane, long first, int given, int admitted) {
  /** No numbers are given now: all of them stand by, and are given theirs when it is time. */
  public static final NumberBlock HELD = new NumberBlock(0, 0, 0, 0, 0);
}
