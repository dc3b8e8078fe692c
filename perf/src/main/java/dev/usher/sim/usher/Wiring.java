package dev.usher.sim.usher;

import dev.usher.admission.Admission;
import dev.usher.admission.capacity.MeasuredCapacity;
import dev.usher.admission.capacity.Tuning;
import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.doorkeeper.LossReserve;
import dev.usher.doorkeeper.SlotShares;
import dev.usher.pods.Pod;
import dev.usher.pods.Sticky;
import dev.usher.pods.Timers;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.roster.Roster;
import dev.usher.pods.slots.PodSet;
import dev.usher.pods.warm.WarmUp;
import dev.usher.provision.ScaleSignal;
import dev.usher.provision.Scaling;
import dev.usher.provision.Sizing;
import dev.usher.provision.waits.Outlook;
import dev.usher.provision.waits.WaitSignal;
import dev.usher.room.Room;
import dev.usher.sim.gate.DeclaredBefore;
import dev.usher.sim.gate.Reading;
import dev.usher.sim.gate.World;
import dev.usher.sim.plant.PodCluster;
import dev.usher.sim.time.Appointment;
import dev.usher.sim.time.Chance;
import dev.usher.store.QueueStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Wires the product's parts for one upstream together, as the gateway's main does. */
final class Wiring {
  static final String UPSTREAM = "shop";

  private static final int HOLD_QUEUE = 5000;

  private static final Duration WITHIN = Duration.ofMinutes(5);

  /** Seconds from asking for a pod until it is ready, as in the product when nothing is set. */
  private static final double USUAL_START = 60;

  /** As in the product when nothing else is configured. */
  private static final long CALLED_MILLIS = 180_000;

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  private final PodSet pods;
  private final Doorkeeper doorkeeper;
  private final ScaleSignal signal;
  private final WaitSignal waits;
  private final WarmUp warmUp;

  // Rule zero: its parts, each once.
  private Wiring(
      PodSet pods, Doorkeeper doorkeeper, ScaleSignal signal, WaitSignal waits, WarmUp warmUp) {
    this.pods = pods;
    this.warmUp = warmUp;
    this.doorkeeper = doorkeeper;
    this.signal = signal;
    this.waits = waits;
  }

  static Wiring of(Life life, UsherOptions options, List<Room> rooms, QueueStore store) {
    World world = life.world();
    Chance chance = world.chance().of("pods");
    Timers timers =
        (delay, task) -> {
          Appointment made = life.after(delay.toNanos() / 1e9, task);
          return made::cancel;
        };
    UpstreamOptions upstream = upstream(options);
    PodSet pods = new PodSet(new Roster(upstream, change -> {}), upstream, timers, chance::below);
    MeasuredCapacity controller = new MeasuredCapacity(upstream.declared(), upstream.tuning());
    Doorkeeper doorkeeper =
        new Doorkeeper(
            UPSTREAM,
            rooms,
            new SlotShares(
                UPSTREAM,
                options.listed()
                    ? pods.roster()
                    : new ReadyConditions(pods.roster(), world.cluster()),
                store,
                LossReserve.hold(REQUEST_TIMEOUT)),
            controller,
            store);
    double declared = options.podStart() > 0 ? options.podStart() : USUAL_START;
    Duration start = Duration.ofSeconds((long) declared);
    Scaling scaling = new Scaling(1, Scaling.UNBOUNDED, WITHIN, start);
    Sizing sizing = new Sizing(scaling, upstream.declared(), upstream.tuning());
    ScaleSignal signal = new ScaleSignal(doorkeeper, pods.roster(), store, sizing);
    return new Wiring(
        pods,
        doorkeeper,
        signal,
        new WaitSignal(
            doorkeeper,
            new Outlook(signal, sizing, () -> options.listed() ? 0 : world.cluster().count()),
            store),
        new WarmUp(pods.roster(), upstream, new SimCaller(life), SimCaller.SILENT));
  }

  private static UpstreamOptions upstream(UsherOptions options) {
    List<Pod> addresses = new ArrayList<>();
    for (int address = 0; address < PodCluster.ADDRESSES; address++) {
      addresses.add(pod(address));
    }
    DeclaredBefore told = options.declared();
    return new UpstreamOptions(
        UPSTREAM,
        addresses,
        new dev.usher.admission.Declared(
            told.sessions(), told.requestsPerSecond(), told.maxInFlight(), told.responseSeconds()),
        tuning(options),
        HOLD_QUEUE,
        new UpstreamOptions.ProbeOptions("/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 3),
        UpstreamOptions.STREAMS_SHARE,
        Sticky.OFF,
        options.calls() ? List.of("/") : List.of());
  }

  private static Tuning tuning(UsherOptions options) {
    Tuning usual = Tuning.DEFAULT;
    Tuning tuning =
        new Tuning(
            usual.warmUpMillis(),
            usual.warmUpRequests(),
            usual.coldShare(),
            options.proven() ? 1 : usual.startAt(),
            options.learnUpTo(),
            usual.surviveLossOf(),
            usual.overOffer());
    return options.calls() ? tuning.calling(Tuning.CALLS_MOST, CALLED_MILLIS) : tuning;
  }

  static Pod pod(int address) {
    return new Pod("pod", 1 + address, false);
  }

  static int address(Pod pod) {
    return pod.port() - 1;
  }

  /** Gives slots on the pods. */
  PodSet pods() {
    return pods;
  }

  /** Knows the pods. */
  Roster roster() {
    return pods.roster();
  }

  /** Says how many pods there should be. */
  ScaleSignal signal() {
    return signal;
  }

  /** Says how long people wait. */
  WaitSignal waits() {
    return waits;
  }

  /** Calls the pods that are due. */
  void call(long now) {
    warmUp.step(now, doorkeeper.admission().pods(), doorkeeper.leads());
  }

  Doorkeeper doorkeeper() {
    return doorkeeper;
  }

  /** What this replica reports about itself. */
  Reading reading() {
    long waiting = 0;
    for (Room room : doorkeeper.rooms()) {
      waiting += room.line().counts().waiting();
    }
    Admission now = doorkeeper.admission();
    return new Reading(
        now.capacity(),
        waiting,
        now.figures().correction(),
        now.reason().name(),
        now.figures().advice().name(),
        0);
  }
}
