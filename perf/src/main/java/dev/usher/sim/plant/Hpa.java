package dev.usher.sim.plant;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The arithmetic of Kubernetes' horizontal pod autoscaler: a step every 15 s, 10 % tolerance, so
 * many more in one step as its behaviour allows, and down only to the most that was wanted in the
 * last 300 s.
 */
public final class Hpa {
  /** Time between two steps. */
  public static final double SYNC_SECONDS = 15;

  private static final double CPU_TARGET = 0.7;
  private static final double TOLERANCE = 0.1;
  private static final double STABLE_SECONDS = 300;
  private static final double MINUTE = 60;

  private final int min;
  private final int max;
  private final Deque<Wish> wishes = new ArrayDeque<>();

  private final Behaviour behaviour;
  private double fewerAt = Double.NEGATIVE_INFINITY;

  /**
   * How fast it may go.
   *
   * @param times up to so many times the pods in a step, or
   * @param more so many more
   * @param keeps the share of pods that a minute leaves, when there are fewer
   * @param tolerates whether it takes no notice of an external number that differs by a tenth; the
   *     rules of scenarios have no such number in mind
   */
  public record Behaviour(int times, int more, double keeps, boolean tolerates) {
    /** As in Kubernetes when nothing is set. */
    public static final Behaviour DEFAULT = new Behaviour(2, 4, 0, false);

    /** As the chart sets it in the ScaledObject. */
    public static final Behaviour ADVISED = new Behaviour(10, 100, 0.9, true);
  }

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

  public Hpa(int min, int max, Behaviour behaviour) {
    this.min = min;
    this.max = max;
    this.behaviour = behaviour;
  }

  /** How many pods there should be now. */
  public int step(double now, Seen seen) {
    int wanted = Math.max(byCpu(seen), byExternal(seen));
    wanted = Math.max(min, Math.min(max, wanted));
    wishes.addLast(new Wish(now, wanted));
    while (wishes.getFirst().at() < now - STABLE_SECONDS) {
      wishes.removeFirst();
    }
    if (wanted >= seen.pods()) {
      int allowed = Math.max(seen.pods() * behaviour.times(), seen.pods() + behaviour.more());
      return Math.min(wanted, allowed);
    }
    int most = wishes.stream().mapToInt(Wish::pods).max().orElse(wanted);
    return fewer(now, seen.pods(), Math.min(seen.pods(), most));
  }

  private int fewer(double now, int pods, int wanted) {
    if (wanted == pods || now - fewerAt < MINUTE) {
      return pods;
    }
    fewerAt = behaviour.keeps() > 0 ? now : fewerAt;
    return Math.max(wanted, (int) (pods * behaviour.keeps()));
  }

  private int byExternal(Seen seen) {
    double ratio = (double) seen.external() / Math.max(1, seen.pods());
    boolean unnoticed = behaviour.tolerates() && Math.abs(ratio - 1) <= TOLERANCE;
    return unnoticed ? seen.pods() : seen.external();
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
