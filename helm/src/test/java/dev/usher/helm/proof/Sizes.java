package dev.usher.helm.proof;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** How many pods a Deployment was asked for over time, as a watch of it tells. */
final class Sizes implements Watcher<Deployment>, AutoCloseable {
  private final List<Integer> asked = new CopyOnWriteArrayList<>();
  private final Watch watch;
  private volatile int ready;

  Sizes(KubernetesClient client, String namespace, String name) {
    this.watch = client.apps().deployments().inNamespace(namespace).withName(name).watch(this);
  }

  @Override
  public void eventReceived(Action action, Deployment seen) {
    Integer replicas = seen.getSpec().getReplicas();
    if (asked.isEmpty() || !Objects.equals(asked.get(asked.size() - 1), replicas)) {
      asked.add(replicas);
    }
    Integer are = seen.getStatus().getReadyReplicas();
    ready = are == null ? 0 : are;
  }

  @Override
  public void onClose(WatcherException cause) {
    throw new IllegalStateException("the watch of a Deployment ended", cause);
  }

  /** What it was asked for, one after the other. */
  List<Integer> asked() {
    return List.copyOf(asked);
  }

  int now() {
    return asked.isEmpty() ? -1 : asked.get(asked.size() - 1);
  }

  int ready() {
    return ready;
  }

  @Override
  public void close() {
    watch.close();
  }
}
