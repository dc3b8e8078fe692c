package dev.usher.sim.usher;

import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.SimRequest;
import dev.usher.sim.gate.World;
import dev.usher.sim.plant.PlantPod;
import dev.usher.sim.time.Chance;
import dev.usher.store.Place;
import dev.usher.store.QueueStore;
import dev.usher.store.memory.MemoryQueueStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Several replicas of the product and their store, any of which may fail at any time. */
public final class ReplicaFleet {
  private final World world;
  private final UsherOptions options;
  private final Weather weather;
  private final Auditor auditor;
  private final MemoryQueueStore memory;
  private final List<Seat> seats = new ArrayList<>();
  private int started;

  /** Where a replica runs: if it is killed, another may be started there. */
  private static final class Seat {
    private @Nullable Replica replica;
    private @Nullable Life life;

    /** The last one here, if it was killed while it could not know about the others. */
    private @Nullable Replica left;

    int has(int address) {
      return (replica == null ? 0 : replica.has(address)) + (left == null ? 0 : left.has(address));
    }
  }

  // Rule zero: all four are parts of one run; a record of them would have no other use.
  public ReplicaFleet(World world, UsherOptions options, Weather weather, Auditor auditor) {
    this.world = world;
    this.options = options;
    this.weather = weather;
    this.auditor = auditor;
    this.memory = new MemoryQueueStore("store", this::storeMillis, QueueStore.SETTLE);
    for (int i = 0; i < options.replicas().size(); i++) {
      seats.add(new Seat());
      start(i);
    }
  }

  private long storeMillis() {
    return Replica.EPOCH_MILLIS + world.timeline().micros() / 1000;
  }

  /** Starts a replica here, which knows nothing; does nothing if one is running. */
  public void start(int index) {
    Seat seat = seats.get(index);
    if (seat.replica != null) {
      return;
    }
    int number = ++started;
    Chance chance = world.chance().of("replica " + number);
    World own = new World(world.timeline(), world.cluster(), world.journal(), chance);
    Life life = new Life(own, number);
    QueueStore store =
        new DistantStore(
            new WatchedStore(memory.seenBy("replica-" + number), auditor, true),
            new FaultyLink(life, weather, index));
    Replica replica = new Replica(life, options, options.replicas().get(index), store);
    replica.whenSending(pod -> auditor.sent(pod, unheard(pod)));
    replica.start(chance.between(0, 0.2));
    seat.life = life;
    seat.replica = replica;
    weather.struck(index);
    world.journal().note("replica starts", index, number);
  }

  /**
   * Requests on a pod from replicas that were stopped or cut off alone, and cannot know about the
   * rest.
   */
  private int unheard(PlantPod pod) {
    int all = 0;
    for (int index = 0; index < seats.size(); index++) {
      Seat seat = seats.get(index);
      if (weather.unheard(index)) {
        all += seat.has(pod.address());
      }
    }
    return all;
  }

  /** Kills the replica here, and with it all it knew. */
  public void kill(int index) {
    Seat seat = seats.get(index);
    if (seat.life != null) {
      seat.left = weather.unheard(index) ? seat.replica : null;
      seat.life.kill();
      seat.life = null;
      seat.replica = null;
      world.journal().note("killed", index, 0);
    }
    weather.struck(index);
  }

  /**
   * Stops the replica here.
   *
   * @return resumes it, if it is still there
   */
  public Runnable stop(int index) {
    Life life = seats.get(index).life;
    if (life == null || life.isStopped()) {
      return () -> {};
    }
    Weather.Trouble trouble = new Weather.Trouble(Weather.Kind.STOPPED, index, 0);
    weather.begin(trouble);
    life.stop();
    world.journal().note("stopped", index, 0);
    return () -> {
      weather.end(trouble);
      world.journal().note("goes on", index, 0);
      life.goOn();
    };
  }

  /** Loses everything in the store. */
  public void loseStore() {
    world.journal().note("store lost", 0, 0);
    memory.lose();
    weather.struck(Weather.ALL);
  }

  /**
   * Takes a copy of the store's state.
   *
   * @return restores the store to it
   */
  public Runnable snapshot() {
    Runnable back = memory.snapshot();
    return () -> {
      world.journal().note("store behind", 0, 0);
      back.run();
      weather.struck(Weather.ALL);
    };
  }

  /** When an epoch began, at most a second too early: seconds since the run began. */
  public static double begun(long epoch) {
    return epoch - Replica.EPOCH_MILLIS / 1000;
  }

  public int size() {
    return seats.size();
  }

  /** The epoch that the replica here uses; 0 if it knows none or is not there. */
  public long epoch(int index) {
    Replica replica = seats.get(index).replica;
    return replica == null ? 0 : replica.room(0).line().epoch();
  }

  /** How old the line is that the replica here uses, in seconds. */
  public double age(int index) {
    Replica replica = seats.get(index).replica;
    return replica == null
        ? Double.POSITIVE_INFINITY
        : (storeMillis() - replica.room(0).line().time()) / 1000.0;
  }

  /** Which replica runs here; no other ever has the same number. 0 for none. */
  public int replica(int index) {
    Life life = seats.get(index).life;
    return life == null ? 0 : life.number();
  }

  /**
   * A visitor comes to the door. If the replica they meet has died or is stopped, there is no
   * answer.
   */
  public void knock(Caller caller, Consumer<Told> told) {
    int index = anyFor(caller);
    Replica replica = seats.get(index).replica;
    if (replica != null) {
      Knock knock =
          new Knock(
              world,
              replica,
              caller,
              decision -> told.accept(new Told(decision, index, age(index))));
      replica.run(knock::begin);
    }
  }

  /** One that is there, if any: a visitor who finds the door closed is sent to the next at once. */
  private int anyFor(Caller caller) {
    int first = caller.anyOf(seats.size());
    for (int i = 0; i < seats.size(); i++) {
      int index = (first + i) % seats.size();
      if (seats.get(index).replica != null) {
        return index;
      }
    }
    return first;
  }

  /** An admitted visitor's request. If its replica dies or is stopped, there is no answer. */
  public void send(Caller caller, SimRequest request) {
    Replica replica = seats.get(anyFor(caller)).replica;
    if (replica != null) {
      var pass = caller.pass;
      replica.run(() -> replica.serve(caller, pass, request));
    }
  }

  /** A visitor gives up the place or ends the session. Nobody waits for an answer. */
  public void leave(Caller caller) {
    Place place = UsherGate.placeOf(caller);
    Replica replica = seats.get(anyFor(caller)).replica;
    if (place != null && replica != null) {
      replica.run(
          () -> {
            CompletionStage<Boolean> unused = replica.room(caller.room()).leave(place);
          });
    }
  }
}
