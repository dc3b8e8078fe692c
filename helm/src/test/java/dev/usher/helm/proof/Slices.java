package dev.usher.helm.proof;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Watches the slices of a Service as any other client would, and keeps what changed when. */
final class Slices implements AutoCloseable {
  private final Map<String, Set<String>> slices = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final Watch watch;

  /** From now on these addresses were ready. */
  record Change(long atMillis, Set<String> ready) {}

  Slices(World world, String service) {
    this.watch =
        world
            .client()
            .discovery()
            .v1()
            .endpointSlices()
            .inNamespace(world.namespace())
            .withLabel("kubernetes.io/service-name", service)
            .watch(
                new Watcher<EndpointSlice>() {
                  @Override
                  public void eventReceived(Action action, EndpointSlice slice) {
                    see(action, slice);
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    System.out.println("the test's own watch ended: " + cause);
                  }
                });
  }

  private synchronized void see(Watcher.Action action, EndpointSlice slice) {
    long now = System.currentTimeMillis();
    String name = slice.getMetadata().getName();
    if (action == Watcher.Action.DELETED) {
      slices.remove(name);
    } else if (action == Watcher.Action.ADDED || action == Watcher.Action.MODIFIED) {
      slices.put(name, ready(slice));
    }
    Set<String> all = new TreeSet<>();
    slices.values().forEach(all::addAll);
    if (changes.isEmpty() || !changes.get(changes.size() - 1).ready().equals(all)) {
      changes.add(new Change(now, all));
    }
  }

  private static Set<String> ready(EndpointSlice slice) {
    Set<String> ready = new TreeSet<>();
    if (slice.getEndpoints() != null) {
      slice.getEndpoints().stream()
          .filter(endpoint -> !Boolean.FALSE.equals(endpoint.getConditions().getReady()))
          .forEach(endpoint -> ready.addAll(endpoint.getAddresses()));
    }
    return ready;
  }

  synchronized List<Change> changes() {
    return List.copyOf(changes);
  }

  /** How many slices there are. */
  synchronized int count() {
    return slices.size();
  }

  Set<String> ready() {
    List<Change> all = changes();
    return all.isEmpty() ? Set.of() : all.get(all.size() - 1).ready();
  }

  @Override
  public void close() {
    watch.close();
  }
}
