package dev.usher.sim.time;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The record of a run: a hash of everything that happened, and the last events in words. */
public final class Journal {
  private static final int KEPT = 50;

  private final long seed;
  private final Timeline timeline;
  private final String[] what = new String[KEPT];
  private final long[][] numbers = new long[KEPT][3];
  private long count;
  private long hash;
  private @Nullable RuntimeException failure;
  private String plan = "";

  public Journal(long seed, Timeline timeline) {
    this.seed = seed;
    this.timeline = timeline;
    Arrays.fill(what, "");
  }

  /** Records an event, with two numbers that say whom it concerns and how much. */
  public void note(String event, long who, long how) {
    int at = (int) (count++ % KEPT);
    what[at] = event;
    numbers[at][0] = timeline.micros();
    numbers[at][1] = who;
    numbers[at][2] = how;
    hash = Chance.mixed(hash + event.hashCode() + 31 * (timeline.micros() + 31 * (who + 31 * how)));
  }

  /** Sets a description of the plan, which is printed with a broken promise. */
  public void plan(String planned) {
    plan = planned;
  }

  /** The hash: the same for two runs only if the same happened at the same times. */
  public long hash() {
    return hash;
  }

  /** How many events were recorded. */
  public long count() {
    return count;
  }

  /** The exception for a broken promise, with the seed and the last events. */
  public BrokenPromiseException broken(String promise) {
    StringBuilder told = new StringBuilder();
    told.append("Seed ").append(seed).append(" breaks a promise: ").append(promise);
    told.append("\nThe last events (seconds, event, who, how much):");
    for (long i = Math.max(0, count - KEPT); i < count; i++) {
      int at = (int) (i % KEPT);
      long[] n = numbers[at];
      told.append(
          String.format(Locale.ROOT, "%n%12.6f  %-14s %8d %8d", n[0] / 1e6, what[at], n[1], n[2]));
    }
    told.append('\n').append(plan);
    BrokenPromiseException broken = new BrokenPromiseException(told.toString());
    fail(broken);
    return broken;
  }

  /**
   * Ends the run with this failure, because an exception inside a completion stage would otherwise
   * stay there.
   */
  public void fail(RuntimeException why) {
    if (failure == null) {
      failure = why;
    }
  }

  /** Throws the failure of the run, if it failed. */
  public void check() {
    if (failure != null) {
      throw failure;
    }
  }
}
