package dev.usher.provision;

import dev.usher.admission.Declared;
import dev.usher.admission.capacity.MeasuredCapacity;
import dev.usher.admission.capacity.Tuning;
import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.doorkeeper.LossReserve;
import dev.usher.doorkeeper.SlotShares;
import dev.usher.pods.Pod;
import dev.usher.pods.ProbeFailure;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.roster.Roster;
import dev.usher.pods.slots.PodSet;
import dev.usher.provision.waits.Outlook;
import dev.usher.provision.waits.WaitSignal;
import dev.usher.room.Decision;
import dev.usher.room.Room;
import dev.usher.room.RoomPolicy;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** One gateway in front of listed pods that bear 200 sessions each, with one room. */
final class Replica {
  private static final Declared DECLARED = new Declared(200, 0, 0, 0);
  private static final Tuning WARM = new Tuning(0, 0, 1, 1, 1, 1, 0);
  private static final Queue CONCERT =
      new Queue(
          "shop",
          "concert",
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(45));

  final PodSet pods;
  final Room room;
  final Doorkeeper doorkeeper;
  final ScaleSignal signal;
  final Outlook outlook;
  final WaitSignal waits;
  private final List<Pod> listed;

  Replica(int number, QueueStore store, int pods) {
    this.listed =
        IntStream.rangeClosed(1, pods).mapToObj(i -> new Pod("10.0.0." + i, 8080, false)).toList();
    var probe =
        new UpstreamOptions.ProbeOptions("/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 3);
    var options = new UpstreamOptions("shop", listed, DECLARED, WARM, 10, probe);
    this.pods =
        new PodSet(
            new Roster(options, change -> {}), options, (delay, task) -> () -> {}, bound -> 0);
    this.room = new Room(policy(), store, number);
    this.doorkeeper =
        new Doorkeeper(
            "shop",
            List.of(room),
            new SlotShares(
                "shop", this.pods.roster(), store, LossReserve.hold(Duration.ofSeconds(30))),
            new MeasuredCapacity(DECLARED, WARM),
            store);
    Scaling scaling =
        new Scaling(1, Scaling.UNBOUNDED, Duration.ofMinutes(10), Duration.ofMinutes(1));
    Sizing sizing = new Sizing(scaling, DECLARED, WARM);
    this.signal = new ScaleSignal(doorkeeper, this.pods.roster(), store, sizing);
    this.outlook = new Outlook(signal, sizing, () -> pods);
    this.waits = new WaitSignal(doorkeeper, outlook, store);
  }

  private static RoomPolicy policy() {
    return new RoomPolicy(
        CONCERT,
        "City Concert",
        1,
        Duration.ofMinutes(1),
        Duration.ofHours(1),
        100_000,
        Duration.ofSeconds(1),
        Duration.ofSeconds(20));
  }

  /** The first so many pods are ready. */
  void ready(int count) {
    listed.subList(0, count).forEach(pod -> pods.roster().probed(pod, null));
  }

  /** The first so many pods fail as often as it takes. */
  void fail(int count) {
    for (int probe = 0; probe < 3; probe++) {
      listed
          .subList(0, count)
          .forEach(pod -> pods.roster().probed(pod, new ProbeFailure(false, "refused")));
    }
  }

  /** One step of all that takes steps. Fails when the store does. */
  void tick(long now) {
    done(doorkeeper.tellPresence());
    done(doorkeeper.tick(now));
    done(signal.step(now));
    done(waits.step(now));
  }

  /** So many visitors arrive, and stay. */
  void arrive(int visitors, long now) {
    for (int i = 0; i < visitors; i++) {
      done(room.number(new Decision.TakeNumber(null), now));
    }
  }

  static <T> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
