package dev.usher.sim.usher;

import dev.usher.admission.AdmissionController;
import dev.usher.admission.FillToCapacity;
import dev.usher.capacity.PodSet;
import dev.usher.capacity.Timers;
import dev.usher.capacity.UpstreamOptions;
import dev.usher.room.Doorkeeper;
import dev.usher.room.Pod;
import dev.usher.room.Room;
import dev.usher.sim.gate.Declared;
import dev.usher.sim.gate.Reading;
import dev.usher.sim.gate.World;
import dev.usher.sim.plant.Cluster;
import dev.usher.sim.time.Appointment;
import dev.usher.sim.time.Chance;
import dev.usher.store.QueueStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Puts the product's parts of one upstream together, as the gateway's main does. */
final class Wiring {
  static final String UPSTREAM = "shop";

  /** As the gateway has it: visitors called at one tick. */
  private static final int STEP = 1000;

  private static final int HOLD_QUEUE = 1000;

  private final PodSet pods;
  private final Doorkeeper doorkeeper;

  private Wiring(PodSet pods, Doorkeeper doorkeeper) {
    this.pods = pods;
    this.doorkeeper = doorkeeper;
  }

  static Wiring of(World world, UsherOptions options, List<Room> rooms, QueueStore store) {
    Chance chance = world.chance().of("pods");
    Timers timers =
        (delay, task) -> {
          Appointment made = world.timeline().after(delay.toNanos() / 1e9, task);
          return made::cancel;
        };
    PodSet pods = new PodSet(upstream(options.declared()), timers, chance::below, change -> {});
    AdmissionController controller = new FillToCapacity(STEP);
    return new Wiring(pods, new Doorkeeper(UPSTREAM, rooms, pods::capacity, controller, store));
  }

  private static UpstreamOptions upstream(Declared declared) {
    List<Pod> addresses = new ArrayList<>();
    for (int address = 0; address < Cluster.ADDRESSES; address++) {
      addresses.add(pod(address));
    }
    return new UpstreamOptions(
        UPSTREAM,
        addresses,
        declared.sessions(),
        declared.maxInFlight(),
        HOLD_QUEUE,
        new UpstreamOptions.ProbeOptions("/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 3));
  }

  static Pod pod(int address) {
    return new Pod("pod", 1 + address, false);
  }

  static int address(Pod pod) {
    return pod.port() - 1;
  }

  PodSet pods() {
    return pods;
  }

  Doorkeeper doorkeeper() {
    return doorkeeper;
  }

  /** What this replica says of itself. */
  Reading reading() {
    long waiting = 0;
    long capacity = 0;
    for (Room room : doorkeeper.rooms()) {
      waiting += room.line().counts().waiting();
      capacity = room.line().counts().capacity();
    }
    return new Reading(capacity, waiting, Double.NaN, doorkeeper.admission().reason().name(), 0);
  }
}
