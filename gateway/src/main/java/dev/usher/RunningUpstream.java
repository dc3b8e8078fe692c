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
 * measurements and every request on its way.
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
  private volatile GatewayConfig.Upstream config;
  private volatile PodDiscovery lookout;

  /**
   * What all upstreams share.
   *
   * @param cluster the connection to the Kubernetes API
   * @param changed called with an upstream whose pods changed
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
    this.lookout = lookout(config);
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
   * Takes over changed settings for its pods and for forwarding. Completes when new pods are known,
   * or when that takes too long; never fails.
   */
  Future<Void> reconfigure(GatewayConfig.Upstream changed) {
    GatewayConfig.Upstream before = config;
    config = changed.asFarAsLive(before);
    if (Objects.equals(before.kubernetes(), changed.kubernetes())) {
      pods.reconfigure(changed.options());
      return lookout.reconfigure(changed.options());
    }
    // Before the set is told of other pods, or it would be told of the old ones once more.
    var unused = lookout.end();
    pods.reconfigure(changed.options());
    lookout = lookout(changed);
    return lookout.begin();
  }

  /** Takes over its rooms and their settings. Must be called between ticks. */
  void reconfigure(List<Room> rooms) {
    capacity.reconfigure(config.options().declared(), config.options().tuning());
    doorkeeper.reconfigure(rooms);
  }

  String name() {
    return pods.name();
  }

  /** Its pods, and which of them are ready. */
  PodSet pods() {
    return pods;
  }

  /** What the event loops share of this upstream. */
  Proxy.Shared shared() {
    return new Proxy.Shared(pods, addresses, BodyMemory.OF_PROCESS);
  }

  /** The source that tells which of its pods are ready. */
  PodDiscovery lookout() {
    return lookout;
  }

  /** The doorkeeper, which calls the visitors of its rooms. */
  Doorkeeper doorkeeper() {
    return doorkeeper;
  }

  /** The log of views that differ from the other replicas'. */
  DisagreementLog disagreement() {
    return disagreement;
  }

  /** The log of waiting visitors who do not get through to its rooms. */
  CutOffLog cutOff() {
    return cutOff;
  }

  /** The log of times when nobody is let into its rooms. */
  AdmissionHoldLog held() {
    return held;
  }

  /** The log of rooms whose numbers come near their end. */
  NumbersLog numbers() {
    return numbers;
  }

  /** The configuration in force. */
  GatewayConfig.Upstream config() {
    return config;
  }

  /** Whether no request to it is on its way. */
  boolean isIdle() {
    return pods.inFlight() == 0 && pods.holding() == 0;
  }
}
