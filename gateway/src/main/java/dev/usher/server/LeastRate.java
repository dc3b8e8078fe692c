package dev.usher.server;

import java.time.Duration;

/**
 * The rate at which a visitor must at least send or read, while it is the visitor for whom others
 * wait.
 *
 * @param bytes bytes a second, 0 for no such rate
 * @param grace time in which nothing at all need come; a visitor who was faster before may pause
 *     twice as long
 */
public record LeastRate(long bytes, Duration grace) {
  /** How long a body or an answer may stand still, because a train goes through a tunnel. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  public static final LeastRate NONE = new LeastRate(0, GRACE);
  public static final LeastRate DEFAULT = of(500);

  /** This many bytes a second, after ten seconds. */
  public static LeastRate of(long bytes) {
    return new LeastRate(bytes, GRACE);
  }

  /** The credit of one side of one exchange. In thousandths of bytes, so that ticks add up. */
  public static final class Credit {
    private final long start;
    private final long tick;
    private long seen;
    private long left;

    /**
     * @param rate the rate that must be kept
     * @param tickMillis how often it is checked
     */
    public Credit(LeastRate rate, long tickMillis) {
      this.start = rate.bytes * rate.grace.toMillis();
      this.tick = rate.bytes * tickMillis;
      this.left = start;
    }

    /**
     * Checks the rate, once a tick. The operating system's buffers take bytes in lumps, so what
     * came faster counts for later, up to a bound.
     *
     * @param bytes how many have come or gone so far
     * @param pending whether the visitor now has something to send or to read
     * @return whether the visitor was too slow for too long
     */
    public boolean isSpent(long bytes, boolean pending) {
      long moved = bytes - seen;
      seen = bytes;
      if (!pending) {
        left = start;
        return false;
      }
      left = Math.min(2 * start, left + moved * 1000 - tick);
      return left < 0;
    }
  }
}
