package dev.usher;

import dev.usher.admission.Declared;
import dev.usher.admission.MeasuredCapacity;
import dev.usher.capacity.PodSet;
import dev.usher.capacity.Timers;
import dev.usher.capacity.kubernetes.Cluster;
import dev.usher.capacity.kubernetes.KubernetesOptions;
import dev.usher.capacity.kubernetes.KubernetesPods;
import dev.usher.capacity.probe.PodLog;
import dev.usher.capacity.probe.Revisit;
import dev.usher.config.GatewayConfig;
import dev.usher.edge.ProxyOptions;
import dev.usher.room.Doorkeeper;
import dev.usher.room.Proofs;
import dev.usher.room.Room;
import dev.usher.room.SlotShares;
import dev.usher.store.QueueStore;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * One upstream of a running gateway.
 *
 * @param pods which of its pods are ready
 * @param lookout how that is learnt
 * @param doorkeeper calls the visitors of its rooms
 * @param disagreement says when its view is not the other replicas'
 * @param held says when nobody is let into its rooms
 * @param proxy how requests are passed on to it
 */
record UpstreamPart(
    PodSet pods,
    Lookout lookout,
    Doorkeeper doorkeeper,
    CapacityDisagreement disagreement,
    HeldAdmissions held,
    ProxyOptions proxy) {
  /**
   * What all upstreams share.
   *
   * @param cluster the way to the Kubernetes API
   * @param changed told of an upstream whose pods changed
   */
  record Surroundings(
      Vertx vertx, QueueStore store, Supplier<Cluster> cluster, Consumer<String> changed) {}

  static UpstreamPart of(
      Surroundings surroundings, GatewayConfig.Upstream config, List<Room> rooms) {
    Vertx vertx = surroundings.vertx();
    QueueStore store = surroundings.store();
    String name = config.options().name();
    IntUnaryOperator random = bound -> ThreadLocalRandom.current().nextInt(bound);
    Timers timers =
        (delay, task) -> {
          long id = vertx.setTimer(Math.max(1, delay.toMillis()), timer -> task.run());
          return () -> vertx.cancelTimer(id);
        };
    PodSet pods = new PodSet(config.options(), timers, random, new PodLog(name));
    Declared declared = config.options().declared();
    Doorkeeper doorkeeper =
        new Doorkeeper(
            name,
            rooms,
            new SlotShares(name, pods, store, config.loss()),
            new LoggedAdmission(
                name,
                new Proofs(
                    name,
                    declared,
                    new MeasuredCapacity(declared, config.options().tuning()),
                    store)),
            store);
    return new UpstreamPart(
        pods,
        lookout(surroundings, config, pods, random),
        doorkeeper,
        new CapacityDisagreement(doorkeeper),
        new HeldAdmissions(rooms),
        config.proxy());
  }

  private static Lookout lookout(
      Surroundings around, GatewayConfig.Upstream config, PodSet pods, IntUnaryOperator random) {
    KubernetesOptions kubernetes = config.kubernetes();
    if (kubernetes == null) {
      return Lookout.byProbes(around.vertx(), config.options(), pods, random);
    }
    Runnable changed = () -> around.changed().accept(pods.name());
    return Lookout.byApi(
        new KubernetesPods(around.cluster().get(), kubernetes, pods, changed),
        new Revisit(around.vertx(), pods));
  }
}
