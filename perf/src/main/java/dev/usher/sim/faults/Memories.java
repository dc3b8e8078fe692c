package dev.usher.sim.faults;

import dev.usher.sim.gate.World;
import dev.usher.sim.usher.ReplicaFleet;
import dev.usher.sim.usher.Weather;
import java.util.ArrayList;
import java.util.List;

/**
 * Knows for every loss of the store which replicas can restore what was lost. What was reported by
 * replicas that are gone, to a store that has lost it, is forgotten: nobody can know it.
 */
final class Memories {
  private static final double LOOK_SECONDS = 0.1;

  /** Time by which a healthy replica has restored what it remembers. */
  private static final double BROUGHT_BACK_SECONDS = 4;

  private final World world;
  private final ReplicaFleet fleet;
  private final Weather weather;
  private final List<Loss> losses = new ArrayList<>();

  /** What one replica knew when the store lost its data. */
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

  /** The loss of everything after {@code kept}, and who remembers what. */
  private record Loss(double kept, double at, List<Memory> memories) {
    /** Whether the state of that time was kept, or was restored by someone who knew it. */
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

  /** The store has lost everything it learnt after this time, in seconds since the run began. */
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

  /** Whether the line that a replica reads belongs to this epoch. */
  boolean reads(int seat, long epoch) {
    return fleet.epoch(seat) == epoch;
  }

  /** Whether the store lost something after this time. */
  boolean lostSince(double time) {
    return losses.stream().anyMatch(loss -> loss.at() >= time);
  }

  /**
   * Whether the store's state of this time is known: to the store, or to someone who has restored
   * it. A replica that was cut off may have told a visitor about it much later, and died with it.
   */
  boolean know(double asOf) {
    return losses.stream().allMatch(loss -> loss.spares(asOf));
  }
}
