package dev.usher.pods.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The two watches of one service: of its slices and of its pods. Each lists, then watches from
 * there, starts over if the API no longer knows that version, and waits longer after each failure.
 * Confined to one thread, except that changes are told on any.
 */
final class Watches {
  /**
   * Longest wait for the first list of pods: slices tell which pods are ready even without it, and
   * it may not even be allowed.
   */
  private static final long PODS_MILLIS = 2000;

  private final KubernetesClient client;
  private final Location place;
  private final PodIndex index;
  private final ApiLog log;
  private @Nullable SharedIndexInformer<EndpointSlice> slices;
  private @Nullable SharedIndexInformer<Pod> pods;

  Watches(KubernetesClient client, Location place, PodIndex index, ApiLog log) {
    this.client = client;
    this.place = place;
    this.index = index;
    this.log = log;
  }

  /**
   * Starts to watch, again if need be. The index is told of changes, and also when the first list
   * is complete.
   *
   * @param selector the labels of the service's pods; empty if it selects none itself
   */
  void begin(Map<String, String> selector) {
    end();
    SharedIndexInformer<EndpointSlice> slices =
        client
            .discovery()
            .v1()
            .endpointSlices()
            .inNamespace(place.namespace())
            .withLabel(Cluster.SERVICE_NAME, place.service())
            .runnableInformer(0)
            .addEventHandler(new Changes(index))
            .exceptionHandler(this::goOn);
    this.slices = slices;
    CompletableFuture<Void> listed = slices.start().toCompletableFuture();
    CompletableFuture<Void> read = listed;
    if (selector.isEmpty()) {
      index.clear();
    } else {
      read = watchPods(selector);
    }
    var unused =
        CompletableFuture.allOf(
                listed, read.completeOnTimeout(null, PODS_MILLIS, TimeUnit.MILLISECONDS))
            .thenRun(index::changed);
  }

  private CompletableFuture<Void> watchPods(Map<String, String> selector) {
    SharedIndexInformer<Pod> pods =
        client
            .pods()
            .inNamespace(place.namespace())
            .withLabels(selector)
            .runnableInformer(0)
            .itemStore(new SlimPods())
            .addEventHandler(index.anew())
            .exceptionHandler(this::goOn);
    this.pods = pods;
    return pods.start().toCompletableFuture();
  }

  private boolean goOn(boolean started, Throwable failure) {
    log.trouble(ApiTrouble.of(failure));
    return true;
  }

  void end() {
    if (slices != null) {
      slices.stop();
      slices = null;
    }
    if (pods != null) {
      pods.stop();
      pods = null;
    }
  }

  /** The slices as they are known; null until they were listed for the first time. */
  @Nullable List<EndpointSlice> slices() {
    return slices == null || !slices.hasSynced() ? null : slices.getStore().list();
  }

  /** Whether both watches hear of changes as they happen. */
  boolean areOn() {
    return slices != null && slices.isWatching() && (pods == null || pods.isWatching());
  }

  /** Tells that something changed, whatever it is. */
  private record Changes(PodIndex index) implements ResourceEventHandler<EndpointSlice> {
    @Override
    public void onAdd(EndpointSlice added) {
      index.changed();
    }

    @Override
    public void onUpdate(EndpointSlice old, EndpointSlice updated) {
      index.changed();
    }

    @Override
    public void onDelete(EndpointSlice deleted, boolean lastStateUnknown) {
      index.changed();
    }
  }
}
