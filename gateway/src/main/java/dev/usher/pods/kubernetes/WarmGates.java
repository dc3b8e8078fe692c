package dev.usher.pods.kubernetes;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import dev.usher.pods.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** The readiness gates of one service's pods that are still shut. */
final class WarmGates {
  /** Before a pod's gate is tried again: the watch tells soon whether it is open. */
  private static final long AGAIN_MILLIS = 5000;

  private final Cluster cluster;
  private final Location place;
  private final boolean ours;
  private final ApiLog log;
  private final AtomicBoolean opening = new AtomicBoolean();
  private final Map<String, Long> triedAt = new ConcurrentHashMap<>();
  private volatile Map<Pod, ReadinessGate.Waiting> shut = Map.of();

  WarmGates(Cluster cluster, KubernetesOptions service, ApiLog log) {
    this.cluster = cluster;
    this.place = cluster.place(service);
    this.ours = service.opensGate();
    this.log = log;
  }

  /**
   * Takes in which are shut.
   *
   * @param upstream whose they are
   */
  void know(Map<Pod, ReadinessGate.Waiting> now, String upstream) {
    shut = Map.copyOf(now);
    triedAt.keySet().retainAll(now.values().stream().map(ReadinessGate.Waiting::uid).toList());
    if (!ours && !now.isEmpty()) {
      log.trouble(ApiTrouble.shutGate(upstream));
    }
  }

  /** Opens those of these pods. Does nothing while it still does. */
  void open(Predicate<Pod> ready, long now, Executor asker) {
    List<ReadinessGate.Waiting> those =
        !ours
            ? List.of()
            : shut.entrySet().stream()
                .filter(each -> ready.test(each.getKey()))
                .map(Map.Entry::getValue)
                .filter(pod -> Math.abs(now - triedAt.getOrDefault(pod.uid(), 0L)) >= AGAIN_MILLIS)
                .toList();
    if (!those.isEmpty() && opening.compareAndSet(false, true)) {
      asker.execute(
          () -> {
            try {
              those.forEach(pod -> open(pod, now));
            } finally {
              opening.set(false);
            }
          });
    }
  }

  private void open(ReadinessGate.Waiting pod, long now) {
    triedAt.put(pod.uid(), now);
    try {
      ReadinessGate.open(cluster.client(), place.namespace(), pod);
      log.opened(pod.name());
    } catch (KubernetesClientException failure) {
      // One that is gone meanwhile, or another one of its name, needs nothing.
      if (failure.getCode() != HTTP_NOT_FOUND && failure.getCode() != HTTP_CONFLICT) {
        log.trouble(
            failure.getCode() == HTTP_FORBIDDEN
                ? ApiTrouble.missing("patch", "pods/status", place.namespace())
                : ApiTrouble.of(failure));
      }
    }
  }
}
