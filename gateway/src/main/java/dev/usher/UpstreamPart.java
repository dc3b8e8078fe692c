package dev.usher;

import dev.usher.admission.MeasuredCapacity;
import dev.usher.capacity.PodSet;
import dev.usher.capacity.Timers;
import dev.usher.capacity.probe.PodLog;
import dev.usher.capacity.probe.PodProber;
import dev.usher.config.GatewayConfig;
import dev.usher.edge.ProxyOptions;
import dev.usher.room.Doorkeeper;
import dev.usher.room.Room;
import dev.usher.room.SlotShares;
import dev.usher.store.QueueStore;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;

/**
 * One upstream of a running gateway.
 *
 * @param pods which of its pods are ready
 * @param prober asks them
 * @param doorkeeper calls the visitors of its rooms
 * @param disagreement says when its view is not the other replicas'
 * @param held says when nobody is let into its rooms
 * @param proxy how requests are passed on to it
 */
record UpstreamPart(
    PodSet pods,
    PodProber prober,
    Doorkeeper doorkeeper,
    CapacityDisagreement disagreement,
    HeldAdmissions held,
    ProxyOptions proxy) {
  static UpstreamPart of(
      Vertx vertx, GatewayConfig.Upstream config, List<Room> rooms, QueueStore store) {
    String name = config.options().name();
    IntUnaryOperator random = bound -> ThreadLocalRandom.current().nextInt(bound);
    Timers timers =
        (delay, task) -> {
          long id = vertx.setTimer(Math.max(1, delay.toMillis()), timer -> task.run());
          return () -> vertx.cancelTimer(id);
        };
    PodSet pods = new PodSet(config.options(), timers, random, new PodLog(name));
    PodProber prober = new PodProber(vertx, config.options(), pods, random);
    Doorkeeper doorkeeper =
        new Doorkeeper(
            name,
            rooms,
            new SlotShares(name, pods, store, config.loss()),
            new LoggedAdmission(
                name, new MeasuredCapacity(config.options().declared(), config.options().tuning())),
            store);
    return new UpstreamPart(
        pods,
        prober,
        doorkeeper,
        new CapacityDisagreement(doorkeeper),
        new HeldAdmissions(rooms),
        config.proxy());
  }
}
