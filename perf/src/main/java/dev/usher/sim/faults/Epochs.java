package dev.usher.sim.faults;

import dev.usher.sim.gate.World;
import dev.usher.sim.usher.ReplicaFleet;
import dev.usher.sim.usher.Weather;

/**
 * Checks that a new epoch begins only if nobody remembers the old one, that is, if no replica was
 * healthy for as long as it takes to restore what it knows.
 */
final class Epochs {
  private static final double LOOK_SECONDS = 0.1;
  private static final double BROUGHT_BACK_SECONDS = 4;

  /**
   * For this time after everything was forgotten the epoch may change again: old tickets come back.
   */
  private static final double GATHERED_SECONDS = 80;

  private final World world;
  private final ReplicaFleet fleet;
  private final Weather weather;
  private final long[] before;
  private long known;
  private double forgottenAt = Double.NEGATIVE_INFINITY;
  private int forgotten;

  Epochs(World world, ReplicaFleet fleet, Weather weather) {
    this.world = world;
    this.fleet = fleet;
    this.weather = weather;
    this.before = new long[fleet.size()];
    world.timeline().every(LOOK_SECONDS, LOOK_SECONDS, this::look);
  }

  private void look() {
    long latest = known;
    for (int seat = 0; seat < before.length; seat++) {
      latest = Math.max(latest, fleet.epoch(seat));
    }
    if (latest > known && known > 0) {
      begun(latest);
    }
    known = latest;
    for (int seat = 0; seat < before.length; seat++) {
      before[seat] = fleet.epoch(seat);
    }
  }

  private void begun(long epoch) {
    double now = world.timeline().seconds();
    world.journal().note("new epoch", epoch, known);
    if (now - forgottenAt < GATHERED_SECONDS) {
      return;
    }
    for (int seat = 0; seat < before.length; seat++) {
      if (before[seat] == known && weather.wellFor(seat) > BROUGHT_BACK_SECONDS) {
        throw world
            .journal()
            .broken("a line is not begun anew while replica " + seat + " remembers the old one");
      }
    }
    forgottenAt = now;
    forgotten++;
  }

  /** How often everyone had forgotten the line. */
  int forgotten() {
    return forgotten;
  }
}
