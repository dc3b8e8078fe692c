package dev.usher.sim.faults;

import dev.usher.sim.gate.World;
import dev.usher.sim.usher.ReplicaFleet;
import dev.usher.sim.usher.Weather;
import java.util.ArrayList;
import java.util.List;

/**
 * Knows for every loss of the store which replicas can bring back what was lost. What was told by
 * replicas that are gone and noted in a store that lost it is forgotten: nobody can know it.
 */
final class Memories {
  private static final double LOOK_SECONDS = 0.1;

  /** By then a replica to which all is well has brought back what it remembers. */
  private static final double BROUGHT_BACK_SECONDS = 4;

  private final World world;
  private final ReplicaFleet fleet;
  private final Weather weather;
  private final List<Loss> losses = new ArrayList<>();

  /** What one replica knew when the store lost it. */
  private static final class Memory {
    private final int seat;
    private final int replica;
    private final double view;
    private boolean broughtBack;

    Memory(int seat, int replica, double view) {
      this.seat = seat;
      this.replica = replica;
      this.view = view;
    }
  }

  /** One loss of all that came after {@code kept}, and who remembers what. */
  private record Loss(double kept, double at, List<Memory> memories) {
    /** Whether what was so then was kept, or is known to somebody who has brought it back. */
    boolean spares(double asOf) {
      return asOf <= kept
          || asOf > at
          || memories.stream().anyMatch(memory -> memory.broughtBack && memory.view >= asOf);
    }
  }

  Memories(World world, ReplicaFleet fleet, Weather weather) {
    this.world = world;
    this.fleet = fleet;
    this.weather = weather;
    world.timeline().every(LOOK_SECONDS, LOOK_SECONDS, this::look);
  }

  private void look() {
    for (Loss loss : losses) {
      for (Memory memory : loss.memories()) {
        memory.broughtBack |=
            fleet.replica(memory.seat) == memory.replica
                && weather.wellFor(memory.seat) > BROUGHT_BACK_SECONDS;
      }
    }
  }

  /** The store has lost all that it learnt after this time, in seconds since the run began. */
  void storeLost(double kept) {
    double now = world.timeline().seconds();
    List<Memory> memories = new ArrayList<>();
    for (int seat = 0; seat < fleet.size(); seat++) {
      if (fleet.epoch(seat) > 0) {
        memories.add(new Memory(seat, fleet.replica(seat), now - fleet.age(seat)));
      }
    }
    losses.add(new Loss(kept, now, memories));
  }

  /** Whether the line that a replica reads is of this epoch. */
  boolean reads(int seat, long epoch) {
    return fleet.epoch(seat) == epoch;
  }

  /** Whether the store lost something after this time. */
  boolean lostSince(double time) {
    return losses.stream().anyMatch(loss -> loss.at() >= time);
  }

  /**
   * Whether what was so in the store at this time is known: to the store, or to who has told it
   * again. A replica that was cut off may have told it to a visitor much later, and died with it.
   */
  boolean know(double asOf) {
    return losses.stream().allMatch(loss -> loss.spares(asOf));
  }
}
