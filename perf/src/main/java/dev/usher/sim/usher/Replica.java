package dev.usher.sim.usher;

import dev.usher.capacity.PodSet;
import dev.usher.capacity.ProbeFailure;
import dev.usher.room.Doorkeeper;
import dev.usher.room.Room;
import dev.usher.room.RoomPolicy;
import dev.usher.room.RoomTimes;
import dev.usher.room.Slot;
import dev.usher.sim.gate.World;
import dev.usher.sim.plant.Cluster;
import dev.usher.sim.plant.PlantPod;
import dev.usher.sim.time.Chance;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One replica of Usher in virtual time: its loops, its clock, its view of the pods. */
final class Replica {
  /** Sessions end after so long without a request. */
  static final Duration SESSION_TIMEOUT = Duration.ofSeconds(60);

  /** No session of the plant is cut off: what that costs is not what is looked at here. */
  private static final Duration SESSION_MAX = Duration.ofHours(24);

  private static final Duration POLL_MAX = Duration.ofSeconds(20);

  /** The run begins at this time of the store, in milliseconds since 1970. */
  static final long EPOCH_MILLIS = 1_800_000_000_000L;

  private static final double TICK = 0.2;
  private static final double TELL = 0.5;
  private static final double PROBE = 1;

  /** A refused probe is known at once; for one that is not answered one waits so long. */
  private static final double PROBE_TIMEOUT = 1;

  private final World world;
  private final long skewMillis;
  private final double loss;
  private final Chance losses;
  private final List<Room> rooms = new ArrayList<>();
  private final Wiring wiring;
  private final boolean[] known = new boolean[Cluster.ADDRESSES];
  private final int capMax;
  private boolean deaf;

  Replica(World world, UsherOptions options, int which, QueueStore store) {
    this.world = world;
    this.capMax = options.declared().maxInFlight();
    this.loss = options.replicas().get(which).loss();
    this.losses = world.chance().of("losses " + which);
    this.skewMillis = options.replicas().get(which).skewMillis();
    for (int room = 0; room < options.weights().size(); room++) {
      rooms.add(new Room(policy("room-" + room, options.weights().get(room)), store, which));
    }
    World own =
        new World(
            world.timeline(), world.cluster(), world.journal(), world.chance().of("r" + which));
    this.wiring = Wiring.of(own, options, rooms, store);
  }

  static RoomPolicy policy(String name, int weight) {
    Queue queue =
        new Queue(
            Wiring.UPSTREAM,
            name,
            RoomTimes.presenceWindow(POLL_MAX),
            RoomTimes.sessionWindow(SESSION_TIMEOUT),
            Duration.ofSeconds(45));
    return new RoomPolicy(
        queue,
        name,
        weight,
        SESSION_TIMEOUT,
        SESSION_MAX,
        1_000_000,
        Duration.ofSeconds(1),
        POLL_MAX);
  }

  /** Begins its loops, a little after those of the replicas before it. */
  void start(double offset) {
    for (int address = 0; address < Cluster.ADDRESSES; address++) {
      int asked = address;
      world.timeline().every(offset + 0.015 * address, PROBE, () -> probe(asked));
    }
    world.timeline().every(offset + TICK, TICK, this::tick);
    world.timeline().every(offset + TELL, TELL, () -> watch(doorkeeper().tellPresence(), "tell"));
  }

  private void tick() {
    watch(doorkeeper().tick(now()), "tick");
    checkCaps();
  }

  private void watch(CompletionStage<Void> stage, String what) {
    CompletionStage<Void> unused =
        stage.whenComplete(
            (done, failure) -> {
              if (failure != null && !isAway(failure)) {
                world.journal().fail(new IllegalStateException("A " + what + " failed", failure));
              }
            });
  }

  /** The product bears a store that does not answer; the next step asks again. */
  private static boolean isAway(Throwable failure) {
    return failure instanceof StoreUnavailableException
        || failure.getCause() instanceof StoreUnavailableException;
  }

  private void checkCaps() {
    wiring
        .pods()
        .view()
        .forEach(
            pod -> {
              if (pod.inFlight() > capMax) {
                throw world.journal().broken("no pod has more in flight than its cap: " + pod);
              }
            });
  }

  private void probe(int address) {
    PlantPod pod = world.cluster().at(address);
    known[address] |= pod != null;
    if (deaf || !known[address]) {
      return;
    }
    if (pod == null || pod.stopping() || (!pod.alive() && !pod.silent())) {
      hear(address, new ProbeFailure(false, "refused"));
    } else if (!pod.alive() || pod.probeSeconds() > PROBE_TIMEOUT) {
      ProbeFailure late = new ProbeFailure(pod.alive(), "no answer in time");
      after(PROBE_TIMEOUT, () -> hear(address, late));
    } else {
      after(pod.probeSeconds(), () -> hear(address, null));
    }
  }

  private void hear(int address, @Nullable ProbeFailure failure) {
    if (!deaf) {
      PlantPod pod = world.cluster().at(address);
      // A pod that died while it was asked does not answer.
      boolean stale = failure == null && (pod == null || !pod.alive());
      if (!stale && !losses.happens(loss)) {
        wiring.pods().probed(Wiring.pod(address), failure);
      }
    }
  }

  private void after(double seconds, Runnable task) {
    world.timeline().after(seconds, task);
  }

  /** Whether it hears nothing of its pods but what requests tell. */
  void deaf(boolean now) {
    deaf = now;
  }

  /** This replica's clock, in milliseconds since 1970. */
  long now() {
    return EPOCH_MILLIS + world.timeline().micros() / 1000 + skewMillis;
  }

  Room room(int index) {
    return rooms.get(index);
  }

  PodSet pods() {
    return wiring.pods();
  }

  Wiring wiring() {
    return wiring;
  }

  Doorkeeper doorkeeper() {
    return wiring.doorkeeper();
  }

  /** The pod that a slot is on; null when it is no more. */
  @Nullable PlantPod plantPod(Slot slot) {
    return world.cluster().at(Wiring.address(slot.pod()));
  }
}
