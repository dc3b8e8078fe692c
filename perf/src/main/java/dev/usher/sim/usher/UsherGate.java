package dev.usher.sim.usher;

import dev.usher.provision.Desired;
import dev.usher.room.Decision;
import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.FrontGate;
import dev.usher.sim.gate.GateAnswer;
import dev.usher.sim.gate.Reading;
import dev.usher.sim.gate.SimRequest;
import dev.usher.sim.gate.World;
import dev.usher.sim.time.Chance;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.memory.MemoryQueueStore;
import dev.usher.token.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The product itself: its rooms, doorkeepers, pod sets and store, without HTTP. */
public final class UsherGate implements FrontGate {
  private static final double BETWEEN_REPLICAS_SECONDS = 0.07;

  /** How long a process takes to start. */
  private static final double STARTS_SECONDS = 2;

  private final World world;
  private final UsherOptions options;
  private final WatchedStore.Watch watch;
  private final MemoryQueueStore memory;
  private final List<Replica> replicas = new ArrayList<>();
  private final List<Life> lives = new ArrayList<>();
  private int started;

  public UsherGate(World world, UsherOptions options) {
    this.world = world;
    this.options = options;
    this.watch = new WatchedStore.Watch(world.journal());
    this.memory =
        new MemoryQueueStore(
            "nobody", () -> Replica.EPOCH_MILLIS + world.timeline().micros() / 1000);
    for (int i = 0; i < options.replicas().size(); i++) {
      start(i);
      replicas.get(i).start(i * BETWEEN_REPLICAS_SECONDS);
    }
  }

  /** Makes a replica for this seat that knows nothing. */
  private void start(int place) {
    int number = started++;
    QueueStore seen = memory.seenBy("replica-" + number);
    UsherOptions.ReplicaOptions replica = options.replicas().get(place);
    QueueStore watched = new WatchedStore(seen, watch, replica.telling());
    boolean near = replica.storeSeconds() == 0 && replica.loss() == 0;
    Chance network = world.chance().of("network " + number);
    World own =
        new World(
            world.timeline(), world.cluster(), world.journal(), world.chance().of("r" + number));
    QueueStore store =
        near ? watched : new DistantStore(watched, new LossyLink(world, replica, network));
    Life life = new Life(own, number);
    Replica made = new Replica(life, options, replica, store);
    if (place < replicas.size()) {
      replicas.set(place, made);
      lives.set(place, life);
    } else {
      replicas.add(made);
      lives.add(life);
    }
  }

  /** Kills the leader and starts another replica in its place. */
  public void killLeader() {
    for (int place = 0; place < replicas.size(); place++) {
      if (replicas.get(place).doorkeeper().leads()) {
        replace(place);
        return;
      }
    }
  }

  /** Shuts down the replica in this seat cleanly, and starts another there. */
  public void restart(int place) {
    CompletionStage<Void> unused = replicas.get(place).doorkeeper().resign();
    replace(place);
  }

  private void replace(int place) {
    lives.get(place).kill();
    start(place);
    replicas.get(place).start(STARTS_SECONDS);
  }

  private Replica anyFor(Caller caller) {
    return replicas.get(caller.anyOf(replicas.size()));
  }

  @Override
  public void knock(Caller caller, Consumer<GateAnswer> told) {
    new Knock(world, anyFor(caller), caller, d -> told.accept(said(caller, d))).begin();
  }

  private GateAnswer said(Caller caller, Decision decision) {
    if (decision instanceof Decision.TakeNumber) {
      throw world.journal().broken("nobody is lost, but this one was: " + caller.inLine);
    }
    if (decision instanceof Decision.Admit) {
      return GateAnswer.COME_IN;
    }
    return decision instanceof Decision.Wait wait
        ? GateAnswer.waitFor(wait.askAgainMillis() / 1000.0, wait.range())
        : GateAnswer.REFUSED;
  }

  /** Whether a waiting visitor's turn has come, as far as the first replica knows. */
  @Override
  public boolean isCalled(Caller caller) {
    return caller.inLine instanceof Ticket ticket
        && ticket.place().number() <= replicas.get(0).room(caller.room()).line().called();
  }

  @Override
  public void send(Caller caller, SimRequest request) {
    anyFor(caller).serve(caller, caller.pass, request);
  }

  @Override
  public void leave(Caller caller) {
    Place place = placeOf(caller);
    if (place != null) {
      CompletionStage<Boolean> unused = anyFor(caller).room(caller.room()).leave(place);
      caller.pass = null;
      caller.inLine = null;
    }
  }

  static @Nullable Place placeOf(Caller caller) {
    if (caller.pass != null) {
      return caller.pass.place();
    }
    return caller.inLine instanceof Ticket ticket ? ticket.place() : null;
  }

  @Override
  public Reading reading() {
    for (Replica replica : replicas) {
      if (replica.doorkeeper().leads()) {
        return replica.wiring().reading();
      }
    }
    return Reading.NOTHING;
  }

  /** The pods that there should be, as an autoscaler is told; 0 while that is unknown. */
  public int desiredPods() {
    for (Replica replica : replicas) {
      Desired told = replica.desired();
      if (told != null) {
        return told.desired();
      }
    }
    return 0;
  }

  /** Sessions that the store counts. */
  public long sessions() {
    return watch.sessions();
  }

  /** Lets these replicas learn about their pods only from requests, or from probes again. */
  public void deaf(boolean deaf) {
    replicas.forEach(replica -> replica.deaf(deaf));
  }

  /** How long a silently ended session holds its place after its last page. */
  public static double idleTailSeconds() {
    // On average its last window is half over, and four whole ones follow.
    return Replica.policy("room", 1).queue().sessionWindow().toMillis()
        * (Queue.SESSION_WINDOWS - 0.5)
        / 1000;
  }
}
