package dev.usher.pods.roster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/** How full one pod says it is. On the path of an answer: locks and allocates nothing. */
public final class Saturation {
  /** How long a pod's own word counts. */
  private static final long KEPT_MILLIS = 2000;

  /**
   * The highest since the last look, as bits: those of non-negative numbers are in the same order.
   */
  private final AtomicLong highest = new AtomicLong();

  /** Confined to the thread that looks. */
  private final Deque<Said> kept = new ArrayDeque<>(1);

  private record Said(long now, double full) {}

  /** Notes what the pod said; 0 is nothing. */
  public void said(double full) {
    long bits = Double.doubleToRawLongBits(full);
    if (full > 0 && bits > highest.get()) {
      highest.accumulateAndGet(bits, Math::max);
    }
  }

  /** The highest of the last two seconds, 0 for none. Must be asked by one thread at a time. */
  double at(long now) {
    if (highest.get() > 0) {
      kept.addLast(new Said(now, Double.longBitsToDouble(highest.getAndSet(0))));
    }
    double most = 0;
    while (!kept.isEmpty() && now - kept.getFirst().now() > KEPT_MILLIS) {
      kept.removeFirst();
    }
    for (Said each : kept) {
      most = Math.max(most, each.full());
    }
    return most;
  }
}
