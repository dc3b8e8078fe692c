package dev.usher.helm.cluster;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Another watcher of the shop's EndpointSlices: what it sees and when is what Usher is held to. */
final class Slices implements AutoCloseable, Watcher<EndpointSlice> {
  private final Map<String, EndpointSlice> slices = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final Watch watch;

  /** So many pods were ready from this moment on. */
  record Change(long nanos, long ready) {}

  Slices(String namespace, String service) {
    watch =
        Kube.client()
            .discovery()
            .v1()
            .endpointSlices()
            .inNamespace(namespace)
            .withLabel("kubernetes.io/service-name", service)
            .watch(this);
  }

  @Override
  public synchronized void eventReceived(Action action, EndpointSlice slice) {
    long now = System.nanoTime();
    if (action == Action.DELETED) {
      slices.remove(slice.getMetadata().getName());
    } else {
      slices.put(slice.getMetadata().getName(), slice);
    }
    long ready = count();
    if (changes.isEmpty() || changes.get(changes.size() - 1).ready() != ready) {
      changes.add(new Change(now, ready));
    }
  }

  @Override
  public void onClose(WatcherException cause) {
    System.out.println("The watch of the slices broke: " + cause);
  }

  private long count() {
    return slices.values().stream()
        .map(EndpointSlice::getEndpoints)
        .flatMap(Collection::stream)
        .filter(endpoint -> !Boolean.FALSE.equals(endpoint.getConditions().getReady()))
        .map(Endpoint::getAddresses)
        .distinct()
        .count();
  }

  synchronized long ready() {
    return changes.isEmpty() ? 0 : changes.get(changes.size() - 1).ready();
  }

  synchronized int slices() {
    return slices.size();
  }

  /** The changes since this moment. */
  synchronized List<Change> since(long nanos) {
    return changes.stream().filter(change -> change.nanos() >= nanos).toList();
  }

  @Override
  public void close() {
    watch.close();
  }
}
