package dev.usher.sim.plant;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The arithmetic of Kubernetes' horizontal pod autoscaler, with its default behaviour: a step every
 * 15 s, 10 % tolerance, at most twice the pods or four more in one step, and down only to the most
 * that was wanted in the last 300 s.
 */
public final class Hpa {
  /** Time between two steps. */
  public static final double SYNC_SECONDS = 15;

  private static final double CPU_TARGET = 0.7;
  private static final double TOLERANCE = 0.1;
  private static final double STABLE_SECONDS = 300;

  private final int min;
  private final int max;
  private final Deque<Wish> wishes = new ArrayDeque<>();

  private record Wish(double at, int pods) {}

  /**
   * What the autoscaler sees.
   *
   * @param pods pods that exist, including those still starting
   * @param ready pods that are ready
   * @param cpuOfReady the sum of their busy shares
   * @param external pods wanted by an external metric; 0 without one
   */
  public record Seen(int pods, int ready, double cpuOfReady, int external) {}

  public Hpa(int min, int max) {
    this.min = min;
    this.max = max;
  }

  /** How many pods there should be now. */
  public int step(double now, Seen seen) {
    int wanted = Math.max(byCpu(seen), seen.external());
    wanted = Math.max(min, Math.min(max, wanted));
    wishes.addLast(new Wish(now, wanted));
    while (wishes.getFirst().at() < now - STABLE_SECONDS) {
      wishes.removeFirst();
    }
    if (wanted >= seen.pods()) {
      int allowed = Math.max(seen.pods() * 2, seen.pods() + 4);
      return Math.min(wanted, allowed);
    }
    int most = wishes.stream().mapToInt(Wish::pods).max().orElse(wanted);
    return Math.min(seen.pods(), most);
  }

  private static int byCpu(Seen seen) {
    if (seen.ready() == 0) {
      return seen.pods();
    }
    double ratio = seen.cpuOfReady() / seen.ready() / CPU_TARGET;
    if (ratio > 1 && seen.ready() < seen.pods()) {
      // Pods not yet ready count as idle when more are wanted, so that they are not requested
      // twice.
      double damped = seen.cpuOfReady() / seen.pods() / CPU_TARGET;
      return damped <= 1 + TOLERANCE ? seen.pods() : ceil(damped * seen.pods());
    }
    return Math.abs(ratio - 1) <= TOLERANCE ? seen.pods() : ceil(ratio * seen.ready());
  }

  /** Rounds up, but ignores floating-point residue. */
  private static int ceil(double value) {
    return (int) Math.ceil(value - 1e-9);
  }
}
