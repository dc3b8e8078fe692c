package dev.usher;

import dev.usher.admission.MeasuredCapacity;
import dev.usher.capacity.PodSet;
import dev.usher.capacity.Timers;
import dev.usher.capacity.kubernetes.Cluster;
import dev.usher.capacity.kubernetes.KubernetesOptions;
import dev.usher.capacity.kubernetes.KubernetesPods;
import dev.usher.capacity.probe.PodLog;
import dev.usher.capacity.probe.Revisit;
import dev.usher.config.GatewayConfig;
import dev.usher.edge.Addresses;
import dev.usher.edge.BodyMemory;
import dev.usher.edge.Proxy;
import dev.usher.room.Doorkeeper;
import dev.usher.room.Proofs;
import dev.usher.room.Room;
import dev.usher.room.SlotShares;
import dev.usher.store.QueueStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One upstream of a running gateway. It lives on when its configuration changes, and with it all
 * that was measured and every request on its way.
 */
final class UpstreamPart {
  private final Surroundings around;
  private final PodSet pods;
  private final Addresses addresses;
  private final MeasuredCapacity capacity;
  private final Doorkeeper doorkeeper;
  private final CapacityDisagreement disagreement;
  private final HeldAdmissions held;
  private final CutOffCrowds cutOff;
  private final NumbersInUse numbers;
  private volatile GatewayConfig.Upstream config;
  private volatile Lookout lookout;

  /**
   * What all upstreams share.
   *
   * @param cluster the way to the Kubernetes API
   * @param changed told of an upstream whose pods changed
   */
  record Surroundings(
      Vertx vertx, QueueStore store, Supplier<Cluster> cluster, Consumer<String> changed) {}

  UpstreamPart(Surroundings around, GatewayConfig.Upstream config, List<Room> rooms) {
    this.around = around;
    this.config = config;
    Vertx vertx = around.vertx();
    String name = config.options().name();
    Timers timers =
        (delay, task) -> {
          long id = vertx.setTimer(Math.max(1, delay.toMillis()), timer -> task.run());
          return () -> vertx.cancelTimer(id);
        };
    this.pods = new PodSet(config.options(), timers, UpstreamPart::random, new PodLog(name));
    this.addresses = new Addresses(name);
    this.capacity = new MeasuredCapacity(config.options().declared(), config.options().tuning());
    this.doorkeeper =
        new Doorkeeper(
            name,
            rooms,
            new SlotShares(name, pods, around.store(), config.loss()),
            new LoggedAdmission(name, new Proofs(name, capacity, around.store())),
            around.store());
    this.disagreement = new CapacityDisagreement(doorkeeper);
    this.held = new HeldAdmissions(doorkeeper::rooms);
    this.cutOff = new CutOffCrowds(doorkeeper::rooms);
    this.numbers = new NumbersInUse(doorkeeper::rooms);
    this.lookout = lookout(config);
  }

  private static int random(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }

  private Lookout lookout(GatewayConfig.Upstream config) {
    KubernetesOptions kubernetes = config.kubernetes();
    if (kubernetes == null) {
      return Lookout.byProbes(around.vertx(), config.options(), pods, UpstreamPart::random);
    }
    Runnable changed = () -> around.changed().accept(pods.name());
    return Lookout.byApi(
        new KubernetesPods(around.cluster().get(), kubernetes, pods, changed),
        new Revisit(around.vertx(), config.options().probe(), pods));
  }

  /**
   * Looks for its pods, and passes requests on to them, as this says from now on. Done when pods
   * that are new are known, or it takes too long; never fails.
   */
  Future<Void> take(GatewayConfig.Upstream changed) {
    GatewayConfig.Upstream before = config;
    config = changed.asFarAsLive(before);
    if (Objects.equals(before.kubernetes(), changed.kubernetes())) {
      pods.goBy(changed.options());
      return lookout.take(changed.options());
    }
    // Before the set is told of other pods, or the old ones were told of once more.
    var unused = lookout.end();
    pods.goBy(changed.options());
    lookout = lookout(changed);
    return lookout.begin();
  }

  /** Has these rooms and reckons so from now on. To be called between steps. */
  void take(List<Room> rooms) {
    capacity.take(config.options().declared(), config.options().tuning());
    doorkeeper.take(rooms);
  }

  String name() {
    return pods.name();
  }

  /** Which of its pods are ready. */
  PodSet pods() {
    return pods;
  }

  /** What the event loops share of it. */
  Proxy.Shared shared() {
    return new Proxy.Shared(pods, addresses, BodyMemory.OF_PROCESS);
  }

  /** How that is learnt. */
  Lookout lookout() {
    return lookout;
  }

  /** Calls the visitors of its rooms. */
  Doorkeeper doorkeeper() {
    return doorkeeper;
  }

  /** Says when its view is not the other replicas'. */
  CapacityDisagreement disagreement() {
    return disagreement;
  }

  /** Says when those who wait in its rooms do not get through. */
  CutOffCrowds cutOff() {
    return cutOff;
  }

  /** Says when nobody is let into its rooms. */
  HeldAdmissions held() {
    return held;
  }

  /** Says when a room's numbers come near their end. */
  NumbersInUse numbers() {
    return numbers;
  }

  /** What is in force. */
  GatewayConfig.Upstream config() {
    return config;
  }

  /** Whether no request is on its way to it. */
  boolean isIdle() {
    return pods.inFlight() == 0 && pods.holding() == 0;
  }
}
