package dev.usher.pods.warm;

import java.util.Arrays;

/**
 * Whether a pod answers as fast as it will: as fast as those that are warm, or no faster than two
 * windows of answers ago. The windows grow with the number of answers, so that a pod that needs ten
 * times as many answers to get warm is not taken for one that stands still because it gets faster
 * slowly.
 */
final class StandingStill {
  /** Answers in the first windows; in fewer, chance alone moves the percentile. */
  private static final int WINDOW_LEAST = 50;

  /** A window is as long as this part of all the answers before it. */
  private static final double WINDOW_PART = 0.25;

  private static final double PERCENTILE = 0.9;

  /** A fall by less than this part is none. */
  private static final double FALLS = 0.1;

  /** So is one by less than this: no visitor feels it, and a busy network alone makes it. */
  private static final long FALLS_MICROS = 2000;

  /** By how much slower than a warm pod one may be that counts as warm. */
  private static final double NEAR = 1.25;

  private long[] window = new long[WINDOW_LEAST];
  private int filled;
  private long answers;
  private long first;
  private long before;
  private long last;
  private boolean still;

  /**
   * Takes in an answer.
   *
   * @param usual time of the answers of warm pods, in microseconds; 0 while unknown
   */
  void add(long micros, long usual) {
    window[filled++] = micros;
    answers++;
    if (filled == window.length) {
      Arrays.sort(window);
      see(window[(int) (PERCENTILE * filled) - 1], usual);
      filled = 0;
      window = new long[Math.max(WINDOW_LEAST, (int) (WINDOW_PART * answers))];
    }
  }

  private void see(long now, long usual) {
    boolean falls = before == 0 || before - now > Math.max(FALLS_MICROS, FALLS * before);
    still = !falls || (last > 0 && now <= NEAR * usual);
    first = first == 0 ? now : first;
    before = last;
    last = now;
  }

  boolean isReached() {
    return still;
  }

  /** The percentile of the first window, in microseconds; 0 before it is full. */
  long first() {
    return first;
  }

  /** The percentile of the last full window. */
  long last() {
    return last;
  }
}
