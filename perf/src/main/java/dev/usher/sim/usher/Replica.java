package dev.usher.sim.usher;

import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.doorkeeper.StoreClock;
import dev.usher.pods.ProbeFailure;
import dev.usher.pods.RequestClass;
import dev.usher.pods.Slot;
import dev.usher.pods.slots.PodSet;
import dev.usher.provision.Desired;
import dev.usher.room.Decision;
import dev.usher.room.Intent;
import dev.usher.room.Room;
import dev.usher.room.RoomPolicy;
import dev.usher.room.RoomTimes;
import dev.usher.room.Visitor;
import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.SimRequest;
import dev.usher.sim.gate.World;
import dev.usher.sim.plant.PlantPod;
import dev.usher.sim.plant.PodCluster;
import dev.usher.sim.time.Appointment;
import dev.usher.sim.time.Chance;
import dev.usher.sim.usher.UsherOptions.ReplicaOptions;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreUnavailableException;
import dev.usher.token.Pass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One replica of Usher in virtual time: its loops, its clock, its view of the pods. */
final class Replica {
  /** How long without a request before a session ends. */
  static final Duration SESSION_TIMEOUT = Duration.ofSeconds(60);

  /** So long that no session is cut off: the cost of that is not studied here. */
  private static final Duration SESSION_MAX = Duration.ofHours(24);

  private static final Duration POLL_MAX = Duration.ofSeconds(20);

  /** The run begins at this time of the store, in milliseconds since 1970. */
  static final long EPOCH_MILLIS = 1_800_000_000_000L;

  /** A session younger than this is opening its first pages. */
  private static final long FIRST_MILLIS = 5000;

  private static final double TICK = 0.2;
  private static final double TELL = 0.5;
  private static final double PROBE = 1;

  /** A refused probe is known at once; this is how long to wait for one that is not answered. */
  private static final double PROBE_TIMEOUT = 1;

  private final Life life;
  private final World world;
  private final long skewMillis;
  private final StoreClock clock;
  private final double loss;
  private final Chance losses;
  private final List<Room> rooms = new ArrayList<>();
  private final Wiring wiring;
  private final boolean[] known = new boolean[PodCluster.ADDRESSES];
  private final int capMax;
  private final boolean scheduled;
  private boolean deaf;
  private Consumer<PlantPod> sending = pod -> {};

  Replica(Life life, UsherOptions options, ReplicaOptions own, QueueStore store) {
    int which = life.number();
    this.life = life;
    this.world = life.world();
    this.capMax = options.declared().maxInFlight();
    this.loss = own.loss();
    this.losses = world.chance().of("losses " + which);
    this.skewMillis = own.skewMillis();
    this.clock = new StoreClock(this::machineNow);
    for (int room = 0; room < options.weights().size(); room++) {
      RoomPolicy policy = policy("room-" + room, options.weights().get(room));
      rooms.add(new Room(room == 0 ? told(policy, options.sale()) : policy, store, which));
    }
    this.wiring = Wiring.of(life, options, rooms, store);
    this.scheduled = options.podStart() > 0;
  }

  private static RoomPolicy told(RoomPolicy policy, @Nullable SimSale sale) {
    return sale == null ? policy : policy.with(List.of(sale.event()));
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
    for (int address = 0; address < PodCluster.ADDRESSES; address++) {
      int asked = address;
      life.every(offset + 0.015 * address, PROBE, () -> probe(asked));
    }
    // Nobody comes before it has probed each pod once and made its first step: until then it knows
    // neither which pods are ready nor its share of their slots.
    for (int address = 0; address < PodCluster.ADDRESSES; address++) {
      Probed first = ask(address);
      if (first != null) {
        hear(address, first.failure());
      }
    }
    tick();
    life.every(offset + TICK, TICK, this::tick);
    life.every(offset + TELL, TELL, () -> watch(doorkeeper().tellPresence(), "tell"));
  }

  private void tick() {
    watch(doorkeeper().tick(machineNow()).thenRun(this::hearTheTime), "tick");
    if (scheduled) {
      watch(wiring.signal().step(machineNow()), "signal");
    }
    watch(wiring.waits().step(machineNow()), "waits");
    wiring.call(machineNow());
    checkCaps();
  }

  /** The pods that there should be; null while that is unknown. */
  @Nullable Desired desired() {
    wiring.signal().read(machineNow());
    return wiring.signal().told(machineNow());
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

  /** The product tolerates a store that does not answer; the next step asks again. */
  private static boolean isAway(Throwable failure) {
    return failure instanceof StoreUnavailableException
        || failure.getCause() instanceof StoreUnavailableException;
  }

  private void checkCaps() {
    wiring
        .roster()
        .view()
        .forEach(
            pod -> {
              if (pod.inFlight() > capMax) {
                throw world.journal().broken("no pod has more in flight than its cap: " + pod);
              }
            });
  }

  private void probe(int address) {
    Probed probed = ask(address);
    if (probed != null) {
      after(probed.seconds(), () -> hear(address, probed.failure()));
    }
  }

  /** What a probe finds, and how long it takes; null if nothing is probed. */
  private record Probed(double seconds, @Nullable ProbeFailure failure) {}

  private @Nullable Probed ask(int address) {
    PlantPod pod = world.cluster().at(address);
    known[address] |= pod != null;
    if (deaf || !known[address]) {
      return null;
    }
    if (pod == null || pod.stopping() || (!pod.alive() && !pod.silent())) {
      return new Probed(0, new ProbeFailure(false, "refused"));
    }
    if (!pod.alive() || pod.probeSeconds() > PROBE_TIMEOUT) {
      return new Probed(PROBE_TIMEOUT, new ProbeFailure(pod.alive(), "no answer in time"));
    }
    return new Probed(pod.probeSeconds(), null);
  }

  private void hear(int address, @Nullable ProbeFailure failure) {
    if (!deaf) {
      PlantPod pod = world.cluster().at(address);
      // A pod that died during the probe does not answer.
      boolean stale = failure == null && (pod == null || !pod.alive());
      if (!stale && !losses.happens(loss)) {
        wiring.roster().probed(Wiring.pod(address), failure);
      }
    }
  }

  private void hearTheTime() {
    clock.hear(rooms.get(0).line().time());
  }

  /** Runs it after this many seconds, if the replica is then alive and not stopped. */
  void after(double seconds, Runnable task) {
    Appointment unused = life.after(seconds, task);
  }

  /** Runs it as soon as the replica runs. */
  void run(Runnable task) {
    life.run(task);
  }

  /** Sets the listener that learns of each request that is sent. */
  void whenSending(Consumer<PlantPod> heard) {
    sending = heard;
  }

  void sent(PlantPod pod) {
    sending.accept(pod);
  }

  /** Requests that it has in flight on a pod, as far as it knows. */
  int has(int address) {
    return wiring.roster().load().inFlight().getOrDefault(Wiring.pod(address).toString(), 0);
  }

  /** Whether it learns about its pods only from requests. */
  void deaf(boolean now) {
    deaf = now;
  }

  /** The store's clock as this replica knows it, in milliseconds since 1970. */
  long now() {
    return clock.getAsLong();
  }

  /** Its machine's clock, likewise. */
  private long machineNow() {
    return EPOCH_MILLIS + world.timeline().micros() / 1000 + skewMillis;
  }

  /** One request from a visitor who shows this pass. */
  void serve(Caller caller, @Nullable Pass pass, SimRequest request) {
    long now = now();
    // The edge treats an expired pass as none.
    Pass valid = pass != null && pass.expiresAt() > now ? pass : null;
    Decision decided = room(caller.room()).decide(new Visitor(Intent.LOOK, null, valid), now);
    if (decided instanceof Decision.Admit admitted) {
      if (!request.isOver()) {
        caller.pass = admitted.pass();
      }
      boolean fresh = now - admitted.pass().admittedAt() < FIRST_MILLIS;
      new SimForwarding(world, this, request)
          .begin(fresh ? RequestClass.FIRST : RequestClass.SETTLED);
    } else {
      request.end(SimRequest.End.PUT_OUT);
    }
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

  /** The pod that a slot is on; null if it no longer exists. */
  @Nullable PlantPod plantPod(Slot slot) {
    return world.cluster().at(Wiring.address(slot.pod()));
  }
}
