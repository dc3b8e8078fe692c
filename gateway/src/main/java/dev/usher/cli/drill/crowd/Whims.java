package dev.usher.cli.drill.crowd;

import java.time.Duration;
import java.util.SplittableRandom;

/** The random behaviour of one visitor, in seconds, repeatable by its seed. */
final class Whims {
  /** Seconds until a visitor who saw an error tries again: people look at it, then reload. */
  private static final double RELOAD_MIN = 4;

  private static final double RELOAD_MAX = 8;

  /** Cap on the exponential times; one in 150 would be longer than this many times the mean. */
  private static final double LONGEST = 5;

  private final Behaviour habits;
  private final SplittableRandom chance;

  Whims(Behaviour habits, long seed) {
    this.habits = habits;
    this.chance = new SplittableRandom(seed);
  }

  double stay() {
    return exponential(habits.session());
  }

  double think() {
    return exponential(habits.think());
  }

  double pauseBeforeReload() {
    return RELOAD_MIN + chance.nextDouble() * (RELOAD_MAX - RELOAD_MIN);
  }

  boolean goesSilently() {
    return chance.nextDouble() < habits.leaveSilently();
  }

  private double exponential(Duration mean) {
    return mean.toNanos() / 1e9 * Math.min(LONGEST, -Math.log(1 - chance.nextDouble()));
  }
}
