package dev.usher;

import dev.usher.admission.PodLimit;
import dev.usher.admission.capacity.MeasuredCapacity;
import dev.usher.config.GatewayConfig;
import dev.usher.doorkeeper.AdmissionHoldLog;
import dev.usher.doorkeeper.AdmissionLog;
import dev.usher.doorkeeper.CutOffLog;
import dev.usher.doorkeeper.DisagreementLog;
import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.doorkeeper.NumbersLog;
import dev.usher.doorkeeper.Proofs;
import dev.usher.doorkeeper.SlotShares;
import dev.usher.ops.Running;
import dev.usher.pods.PodDiscovery;
import dev.usher.pods.Timers;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.kubernetes.Cluster;
import dev.usher.pods.kubernetes.KubernetesOptions;
import dev.usher.pods.kubernetes.KubernetesPods;
import dev.usher.pods.probe.EjectedPodProber;
import dev.usher.pods.probe.PathCaller;
import dev.usher.pods.probe.PodLog;
import dev.usher.pods.probe.PodProber;
import dev.usher.pods.probe.WarmUpLog;
import dev.usher.pods.roster.Roster;
import dev.usher.pods.slots.PodSet;
import dev.usher.pods.warm.WarmUp;
import dev.usher.provision.GrowthLog;
import dev.usher.provision.ScaleSignal;
import dev.usher.provision.Scaling;
import dev.usher.provision.Sizing;
import dev.usher.provision.floor.FloorBoard;
import dev.usher.provision.floor.FloorKeeper;
import dev.usher.provision.floor.FloorPlaces;
import dev.usher.provision.waits.Outlook;
import dev.usher.provision.waits.WaitSignal;
import dev.usher.proxy.BodyMemory;
import dev.usher.proxy.Proxy;
import dev.usher.proxy.connection.ProxyOptions;
import dev.usher.proxy.turn.Addresses;
import dev.usher.room.Room;
import dev.usher.store.QueueStore;
import dev.usher.store.upstream.Lease;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One upstream of a running gateway. It lives on when its configuration changes, and with it all
 * measurements and every request on its way.
 */
final class RunningUpstream {
  private final Shared shared;
  private final Roster roster;
  private final PodSet pods;
  private final Addresses addresses;
  private final MeasuredCapacity capacity;
  private final Doorkeeper doorkeeper;
  private final DisagreementLog disagreement;
  private final AdmissionHoldLog held;
  private final CutOffLog cutOff;
  private final NumbersLog numbers;
  private final ScaleSignal signal;
  private final WaitSignal waits;
  private final FloorBoard floor;
  private @Nullable FloorKeeper keeper;
  private final GrowthLog growth;
  private final PathCaller caller;
  private final WarmUp warmUp;
  private volatile GatewayConfig.Upstream config;
  private volatile List<PodDiscovery> discoveries;

  /**
   * What all upstreams share.
   *
   * @param cluster the connection to the Kubernetes API
   * @param changed called with an upstream whose pods changed
   */
  record Shared(
      Vertx vertx, QueueStore store, Supplier<Cluster> cluster, Consumer<String> changed) {}

  RunningUpstream(Shared shared, GatewayConfig.Upstream config, List<Room> rooms) {
    this.shared = shared;
    this.config = config;
    Vertx vertx = shared.vertx();
    String name = config.options().name();
    Timers timers =
        (delay, task) -> {
          long id = vertx.setTimer(Math.max(1, delay.toMillis()), timer -> task.run());
          return () -> vertx.cancelTimer(id);
        };
    this.roster = new Roster(config.options(), new PodLog(name));
    this.pods = new PodSet(roster, config.options(), timers, RunningUpstream::random);
    this.addresses = new Addresses(name);
    this.capacity = new MeasuredCapacity(config.options().declared(), config.options().tuning());
    this.doorkeeper =
        new Doorkeeper(
            name,
            rooms,
            new SlotShares(name, roster, shared.store(), config.loss()),
            new AdmissionLog(name, new Proofs(name, capacity, shared.store())),
            shared.store());
    this.disagreement = new DisagreementLog(doorkeeper);
    this.held = new AdmissionHoldLog(doorkeeper::rooms);
    this.cutOff = new CutOffLog(doorkeeper::rooms);
    this.numbers = new NumbersLog(doorkeeper::rooms);
    this.discoveries = discoveries(config);
    this.signal = new ScaleSignal(doorkeeper, roster, shared.store(), sizing(config));
    this.waits = new WaitSignal(doorkeeper, outlook(config), shared.store());
    this.floor = new FloorBoard(name, shared.store());
    this.growth = new GrowthLog(signal);
    this.caller = new PathCaller(vertx, config.options());
    this.warmUp = new WarmUp(roster, config.options(), caller, new WarmUpLog(name));
  }

  private Outlook outlook(GatewayConfig.Upstream first) {
    return new Outlook(
        signal, sizing(first), () -> config.kubernetes() == null ? 0 : roster.staying());
  }

  private static Sizing sizing(GatewayConfig.Upstream config) {
    return new Sizing(config.scaling(), config.options().declared(), config.options().tuning());
  }

  private static int random(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }

  private List<PodDiscovery> discoveries(GatewayConfig.Upstream config) {
    KubernetesOptions kubernetes = config.kubernetes();
    if (kubernetes == null) {
      return List.of(
          new PodProber(shared.vertx(), config.options(), roster, RunningUpstream::random));
    }
    Runnable changed = () -> shared.changed().accept(name());
    return List.of(
        new KubernetesPods(shared.cluster().get(), kubernetes, roster, changed),
        new EjectedPodProber(shared.vertx(), config.options().probe(), roster));
  }

  private Future<Void> eachDiscovery(Function<PodDiscovery, CompletionStage<Void>> verb) {
    return Future.join(
            discoveries.stream().map(each -> Future.fromCompletionStage(verb.apply(each))).toList())
        .mapEmpty();
  }

  /**
   * Starts to look for its pods, so that the first tick finds them. Completes when they are known,
   * or when that takes too long; never fails.
   */
  Future<Void> begin() {
    return eachDiscovery(PodDiscovery::begin);
  }

  /** Stops looking for its pods, and leaves the rest as it is. */
  Future<Void> end() {
    return eachDiscovery(PodDiscovery::end);
  }

  /**
   * Takes over changed settings for its pods and for forwarding. Completes when new pods are known,
   * or when that takes too long; never fails.
   */
  Future<Void> reconfigure(GatewayConfig.Upstream changed) {
    GatewayConfig.Upstream before = config;
    config = changed.asFarAsLive(before);
    if (Objects.equals(before.kubernetes(), changed.kubernetes())) {
      reconfigurePods(changed.options());
      return eachDiscovery(each -> each.reconfigure(changed.options()));
    }
    // Before the set is told of other pods, or it would be told of the old ones once more.
    var unused = end();
    reconfigurePods(changed.options());
    discoveries = discoveries(changed);
    return begin();
  }

  private void reconfigurePods(UpstreamOptions changed) {
    roster.reconfigure(changed);
    pods.reconfigure(changed);
    caller.reconfigure(changed);
    warmUp.reconfigure(changed);
  }

  /** Takes over its rooms and their settings. Must be called between ticks. */
  void reconfigure(List<Room> rooms) {
    capacity.reconfigure(config.options().declared(), config.options().tuning());
    doorkeeper.reconfigure(rooms);
    signal.reconfigure(sizing(config));
    waits.reconfigure(sizing(config));
  }

  /** One tick of its doorkeeper, with its logs. Fails when the store does. */
  Future<Void> tick(LongSupplier clock) {
    long now = clock.getAsLong();
    return Future.succeededFuture()
        .compose(v -> Future.fromCompletionStage(doorkeeper.tick(now)))
        .onComplete(done -> held.look(clock.getAsLong()))
        .onComplete(done -> warmUp.step(now, doorkeeper.admission().pods(), doorkeeper.leads()))
        .onComplete(done -> openGates(doorkeeper.admission().pods(), now))
        .onSuccess(
            done -> {
              disagreement.look(now);
              numbers.look();
              cutOff.look();
            });
  }

  /** Not only the leader: pods must not stay out because the store is away. */
  private void openGates(List<PodLimit> limits, long now) {
    boolean nobodyCalls = config.options().warmUpPaths().isEmpty();
    discoveries.forEach(
        each ->
            each.openGates(
                pod ->
                    nobodyCalls
                        || limits.stream()
                            .filter(limit -> limit.pod().equals(pod.toString()))
                            .anyMatch(PodLimit::isWarmedEnough),
                now));
  }

  /** Says how many pods it should have, as of its last tick. Fails when the store does. */
  Future<Void> signal(LongSupplier clock) {
    long now = clock.getAsLong();
    if (grows() && doorkeeper.lease().held()) {
      growth.look(now);
    }
    return Future.fromCompletionStage(
        signal.step(now).thenCombine(waits.step(now), (said, told) -> null));
  }

  /** Whether pods can be added while it runs: nobody adds any to a list in a file. */
  private boolean grows() {
    return config.kubernetes() != null;
  }

  /** Whether Usher itself raises the floor of whoever says how many pods there are. */
  boolean hasFloor() {
    GatewayConfig.Upstream now = config;
    return now.kubernetes() != null && now.scaling().floor() != Scaling.Floor.OFF;
  }

  /** The namespace of its Service, "" if its pods are listed. */
  String namespace() {
    KubernetesOptions service = config.kubernetes();
    return service == null ? "" : shared.cluster().get().namespaceOf(service);
  }

  /**
   * Looks at the floor, and does what is to be done while this replica leads. Not in a tick: the
   * Kubernetes API may take seconds. Fails when the store does.
   */
  Future<Void> floor(LongSupplier clock) {
    GatewayConfig.Upstream by = config;
    KubernetesOptions service = by.kubernetes();
    if (service == null || !hasFloor()) {
      return Future.succeededFuture();
    }
    long now = clock.getAsLong();
    Lease lease = doorkeeper.lease();
    if (!lease.held()) {
      return Future.fromCompletionStage(floor.step(lease, null, now));
    }
    FloorKeeper.Term term = new FloorKeeper.Term(lease.fence(), now);
    return shared
        .vertx()
        .executeBlocking(() -> keeper().step(service, by.scaling(), signal.told(now), term), false)
        .compose(news -> Future.fromCompletionStage(floor.step(lease, news, now)));
  }

  /** Tells the store where something may be raised, and learns it. Fails when the store does. */
  Future<Void> tellOf(FloorPlaces places) {
    return Future.fromCompletionStage(places.tell(shared.store(), doorkeeper.lease()));
  }

  private FloorKeeper keeper() {
    FloorKeeper made = keeper == null ? new FloorKeeper(shared.cluster().get(), name()) : keeper;
    keeper = made;
    return made;
  }

  /** Tells the store who was seen in its rooms. */
  CompletionStage<Void> tellPresence() {
    return doorkeeper.tellPresence();
  }

  /**
   * Tells the store that this replica has no more part in it: whom it saw last, that it does not
   * lead, and that its slots are for the others. No tick may follow.
   */
  Future<Void> resign() {
    return Future.fromCompletionStage(
        doorkeeper.tellPresence().thenCompose(told -> doorkeeper.resign()));
  }

  /** Resigns, and stops looking for its pods. */
  Future<Void> leave() {
    // A store that does not answer takes the slots back by itself.
    return Future.join(end(), resign(), caller.end()).mapEmpty();
  }

  String name() {
    return roster.name();
  }

  /** The store's time, as last told by its first room; empty while it has no room. */
  OptionalLong storeTime() {
    return doorkeeper.rooms().stream().mapToLong(room -> room.line().time()).findFirst();
  }

  /** The parts that operators look at. */
  Running.Upstream shown() {
    return new Running.Upstream(
        doorkeeper, roster, config.options().declared(), signal, floor, warmUp, this::grows);
  }

  /** What the event loops share of this upstream. */
  Proxy.Shared sharedByLoops() {
    return new Proxy.Shared(pods, addresses, BodyMemory.OF_PROCESS);
  }

  /** The options by which the event loops forward requests to it. */
  ProxyOptions proxy() {
    return config.proxy();
  }

  /** Whether no request to it is on its way. */
  boolean isIdle() {
    return roster.inFlight() == 0 && pods.holding() == 0;
  }
}
