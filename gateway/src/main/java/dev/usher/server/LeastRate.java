package dev.usher.server;

import java.time.Duration;

/**
 * How fast a visitor must send or read at least, while it is they for whom the others wait.
 *
 * @param bytes a second, 0 for no such rate
 * @param grace so long nothing at all need come; who was faster before may pause twice as long
 */
public record LeastRate(long bytes, Duration grace) {
  /** A body or an answer may stand so long, because a train goes through a tunnel. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  public static final LeastRate NONE = new LeastRate(0, GRACE);
  public static final LeastRate DEFAULT = of(500);

  /** So many bytes a second, after ten seconds. */
  public static LeastRate of(long bytes) {
    return new LeastRate(bytes, GRACE);
  }

  /** What one side of one exchange has in hand. In thousandths of bytes, so that ticks add up. */
  public static final class Credit {
    private final long start;
    private final long tick;
    private long seen;
    private long left;

    /**
     * @param rate that must be kept
     * @param tickMillis how often it is looked at
     */
    public Credit(LeastRate rate, long tickMillis) {
      this.start = rate.bytes * rate.grace.toMillis();
      this.tick = rate.bytes * tickMillis;
      this.left = start;
    }

    /**
     * Looks at it, once a tick. Buffers of the system take bytes in lumps, so that what came faster
     * counts for later, up to a bound.
     *
     * @param bytes so many have come or gone so far
     * @param pending whether the visitor has to send or to read now
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
