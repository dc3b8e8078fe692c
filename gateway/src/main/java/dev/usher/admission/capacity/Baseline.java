package dev.usher.admission.capacity;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The time that the pods take to answer while they are not busy: the lower quartile of what was
 * seen in calm windows of the last day, never more than twice what was declared. A limiter that
 * learns what is normal from busy times learns that slow is normal.
 */
final class Baseline {
  private static final long KEPT_MILLIS = 24 * 3_600_000L;
  private static final int KEPT = 256;
  private static final int NEEDED = 4;

  /** Busier windows say nothing about a calm pod. */
  private static final double CALM = 0.5;

  private double declaredSeconds;
  private double toldSeconds;
  private final Deque<Seen> calm = new ArrayDeque<>();
  private final Deque<Seen> any = new ArrayDeque<>();

  private record Seen(long now, double seconds) {}

  Baseline(double declaredSeconds) {
    this.declaredSeconds = declaredSeconds;
  }

  void reconfigure(double changed) {
    declaredSeconds = changed;
  }

  /** Takes over the leader's baseline, for use until enough calm windows have been seen here. */
  void told(double seconds) {
    toldSeconds = seconds;
  }

  /**
   * Takes in one window of enough answers.
   *
   * @param busy the load as a share of what the pods are thought to bear
   * @param warm whether the pods are warm
   */
  void seen(long now, double seconds, double busy, boolean warm) {
    keep(any, now, seconds);
    if (busy < CALM && warm) {
      keep(calm, now, seconds);
    }
  }

  private static void keep(Deque<Seen> windows, long now, double seconds) {
    windows.addLast(new Seen(now, seconds));
    while (windows.size() > KEPT || windows.getFirst().now() < now - KEPT_MILLIS) {
      windows.removeFirst();
    }
  }

  /** The baseline in seconds; 0 while unknown. */
  double seconds() {
    if (toldSeconds > 0 && calm.size() < NEEDED) {
      return toldSeconds;
    }
    if (declaredSeconds > 0) {
      return calm.size() < NEEDED ? declaredSeconds : Math.min(2 * declaredSeconds, quartile(calm));
    }
    return quartile(calm.size() < NEEDED ? any : calm);
  }

  private static double quartile(Deque<Seen> windows) {
    return windows.isEmpty()
        ? 0
        : windows.stream()
            .mapToDouble(Seen::seconds)
            .sorted()
            .skip((windows.size() - 1) / 4)
            .findFirst()
            .orElse(0);
  }
}
