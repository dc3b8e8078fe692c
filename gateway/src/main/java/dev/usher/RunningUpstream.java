package dev.usher;

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
import dev.usher.pods.Timers;
import dev.usher.pods.kubernetes.Cluster;
import dev.usher.pods.kubernetes.KubernetesOptions;
import dev.usher.pods.kubernetes.KubernetesPods;
import dev.usher.pods.probe.EjectedPodProber;
import dev.usher.pods.probe.PodLog;
import dev.usher.pods.slots.PodSet;
import dev.usher.provision.ScaleSignal;
import dev.usher.provision.Sizing;
import dev.usher.proxy.BodyMemory;
import dev.usher.proxy.Proxy;
import dev.usher.proxy.turn.Addresses;
import dev.usher.room.Room;
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
final class RunningUpstream {
  private final Surroundings around;
  private final PodSet pods;
  private final Addresses addresses;
  private final MeasuredCapacity capacity;
  private final Doorkeeper doorkeeper;
  private final DisagreementLog disagreement;
  private final AdmissionHoldLog held;
  private final CutOffLog cutOff;
  private final NumbersLog numbers;
  private final ScaleSignal signal;
  private volatile GatewayConfig.Upstream config;
  private volatile PodDiscovery lookout;

  /**
   * What all upstreams share.
   *
   * @param cluster the way to the Kubernetes API
   * @param changed told of an upstream whose pods changed
   */
  record Surroundings(
      Vertx vertx, QueueStore store, Supplier<Cluster> cluster, Consumer<String> changed) {}

  RunningUpstream(Surroundings around, GatewayConfig.Upstream config, List<Room> rooms) {
    this.around = around;
    this.config = config;
    Vertx vertx = around.vertx();
    String name = config.options().name();
    Timers timers =
        (delay, task) -> {
          long id = vertx.setTimer(Math.max(1, delay.toMillis()), timer -> task.run());
          return () -> vertx.cancelTimer(id);
        };
    this.pods = new PodSet(config.options(), timers, RunningUpstream::random, new PodLog(name));
    this.addresses = new Addresses(name);
    this.capacity = new MeasuredCapacity(config.options().declared(), config.options().tuning());
    this.doorkeeper =
        new Doorkeeper(
            name,
            rooms,
            new SlotShares(name, pods, around.store(), config.loss()),
            new AdmissionLog(name, new Proofs(name, capacity, around.store())),
            around.store());
    this.disagreement = new DisagreementLog(doorkeeper);
    this.held = new AdmissionHoldLog(doorkeeper::rooms);
    this.cutOff = new CutOffLog(doorkeeper::rooms);
    this.numbers = new NumbersLog(doorkeeper::rooms);
    this.signal = new ScaleSignal(doorkeeper, pods, around.store(), sizing(config));
    this.lookout = lookout(config);
  }

  private static Sizing sizing(GatewayConfig.Upstream config) {
    return new Sizing(config.scaling(), config.options().declared(), config.options().tuning());
  }

  private static int random(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }

  private PodDiscovery lookout(GatewayConfig.Upstream config) {
    KubernetesOptions kubernetes = config.kubernetes();
    if (kubernetes == null) {
      return PodDiscovery.byProbes(around.vertx(), config.options(), pods, RunningUpstream::random);
    }
    Runnable changed = () -> around.changed().accept(pods.name());
    return PodDiscovery.byApi(
        new KubernetesPods(around.cluster().get(), kubernetes, pods, changed),
        new EjectedPodProber(around.vertx(), config.options().probe(), pods));
  }

  /**
   * Looks for its pods, and passes requests on to them, as this says from now on. Done when pods
   * that are new are known, or it takes too long; never fails.
   */
  Future<Void> reconfigure(GatewayConfig.Upstream changed) {
    GatewayConfig.Upstream before = config;
    config = changed.asFarAsLive(before);
    if (Objects.equals(before.kubernetes(), changed.kubernetes())) {
      pods.reconfigure(changed.options());
      return lookout.reconfigure(changed.options());
    }
    // Before the set is told of other pods, or the old ones were told of once more.
    var unused = lookout.end();
    pods.reconfigure(changed.options());
    lookout = lookout(changed);
    return lookout.begin();
  }

  /** Has these rooms and reckons so from now on. To be called between steps. */
  void reconfigure(List<Room> rooms) {
    capacity.reconfigure(config.options().declared(), config.options().tuning());
    doorkeeper.reconfigure(rooms);
    signal.reconfigure(sizing(config));
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
  PodDiscovery lookout() {
    return lookout;
  }

  /** Calls the visitors of its rooms. */
  Doorkeeper doorkeeper() {
    return doorkeeper;
  }

  /** Says when its view is not the other replicas'. */
  DisagreementLog disagreement() {
    return disagreement;
  }

  /** Says how many pods it should have. */
  ScaleSignal signal() {
    return signal;
  }

  /** Says when those who wait in its rooms do not get through. */
  CutOffLog cutOff() {
    return cutOff;
  }

  /** Says when nobody is let into its rooms. */
  AdmissionHoldLog held() {
    return held;
  }

  /** Says when a room's numbers come near their end. */
  NumbersLog numbers() {
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
