package dev.usher.capacity.kubernetes;

import dev.usher.capacity.PodFact;
import dev.usher.capacity.PodSet;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Follows the pods of one service, and tells the pod set. All of it runs on one thread of its own;
 * events only say that something changed.
 */
public final class ServicePods {
  /** Changes that come in a row are told together; a pod is used a moment after its event. */
  private static final long GATHER_MILLIS = 30;

  private static final long BEAT_MILLIS = 1000;

  /** The selector and the own zone are looked at every so many beats. */
  private static final int SELDOM = 30;

  /** A start in trouble is tried again after so long, and up to half of it more. */
  private static final int AGAIN_MILLIS = 1000;

  private final Cluster cluster;
  private final KubernetesClient client;
  private final ServiceOptions service;
  private final String namespace;
  private final PodSet pods;
  private final Runnable changed;
  private final ApiLog log;
  private final PodBook book = new PodBook(this::changed);
  private final Endpoints endpoints;
  private final Heartbeat heartbeat;
  private final ScheduledExecutorService thread;

  /** Waits for answers, so that events need not. */
  private final ExecutorService asker;

  private final AtomicBoolean told = new AtomicBoolean();
  private final AtomicInteger listings = new AtomicInteger();
  private final CompletableFuture<Void> known = new CompletableFuture<>();

  // From here on, confined to the thread.
  private @Nullable SharedIndexInformer<EndpointSlice> slices;
  private @Nullable SharedIndexInformer<Pod> watched;
  private Map<String, String> selector = Map.of();
  private @Nullable String ownZone;
  private int beats;
  private boolean silent;

  /**
   * Asks nobody before {@link #start}.
   *
   * @param pods the set that is told
   * @param changed run whenever the set was told of a change
   */
  // Rule zero: what is followed, who is told of it, and how to get there; nothing travels together.
  public ServicePods(Cluster cluster, ServiceOptions service, PodSet pods, Runnable changed) {
    this.cluster = cluster;
    this.client = cluster.client();
    this.service = service;
    this.namespace = cluster.namespace(service);
    this.pods = pods;
    this.changed = changed;
    this.log = new ApiLog(pods.name());
    this.endpoints = new Endpoints(service, book);
    this.heartbeat = new Heartbeat(client, namespace, service.service());
    this.thread = Executors.newSingleThreadScheduledExecutor(named("usher-pods-" + pods.name()));
    this.asker = Executors.newSingleThreadExecutor(named("usher-pods-ask-" + pods.name()));
  }

  private static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Begins to follow the pods. Done when they are known for the first time; never fails. */
  public CompletionStage<Void> start() {
    thread.execute(this::list);
    beatAgain();
    return known;
  }

  /** Follows them no more. */
  public void stop() {
    thread.shutdownNow();
    asker.shutdownNow();
    stopWatching();
  }

  /** How often all was listed, the first time included. */
  public int listings() {
    return listings.get();
  }

  private void list() {
    var unused =
        CompletableFuture.supplyAsync(this::look, asker)
            .whenCompleteAsync(
                (seen, failure) -> {
                  if (seen == null || seen.service() == null) {
                    log.trouble(failure == null ? noService() : ApiTrouble.of(failure));
                    again();
                  } else {
                    selector = selectorOf(seen.service());
                    ownZone = seen.zone() == null ? ownZone : seen.zone();
                    watch();
                  }
                },
                thread);
  }

  private void again() {
    int delay = AGAIN_MILLIS + cluster.random().applyAsInt(AGAIN_MILLIS / 2);
    var unused = thread.schedule(this::list, delay, TimeUnit.MILLISECONDS);
  }

  private ApiTrouble noService() {
    return new ApiTrouble(
        "kubernetes_no_service",
        "Service %s must exist in namespace %s but does not"
            .formatted(service.service(), namespace),
        "create it, or correct upstreams.%s.kubernetes".formatted(pods.name()));
  }

  private static Map<String, String> selectorOf(Service found) {
    Map<String, String> selector = found.getSpec() == null ? null : found.getSpec().getSelector();
    return selector == null ? Map.of() : Map.copyOf(selector);
  }

  private void watch() {
    stopWatching();
    listings.incrementAndGet();
    heartbeat.startAnew();
    SharedIndexInformer<EndpointSlice> slices =
        client
            .discovery()
            .v1()
            .endpointSlices()
            .inNamespace(namespace)
            .withLabel(Cluster.SERVICE_NAME, service.service())
            .runnableInformer(0)
            .addEventHandler(new Changes<>(this::changed))
            .exceptionHandler(this::goOn);
    this.slices = slices;
    CompletionStage<Void> listed = slices.start();
    // Pods of a service without a selector are somebody else's business.
    CompletionStage<Void> read = selector.isEmpty() ? listed : watchPods();
    var unused =
        CompletableFuture.allOf(listed.toCompletableFuture(), read.toCompletableFuture())
            // Without the pods themselves their slices still tell who is ready.
            .completeOnTimeout(null, Heartbeat.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
            .thenRun(this::changed);
  }

  private CompletionStage<Void> watchPods() {
    SharedIndexInformer<Pod> watched =
        client
            .pods()
            .inNamespace(namespace)
            .withLabels(selector)
            .runnableInformer(0)
            .itemStore(new SlimPods())
            .addEventHandler(book)
            .exceptionHandler(this::goOn);
    this.watched = watched;
    return watched.start();
  }

  private boolean goOn(boolean started, Throwable failure) {
    log.trouble(ApiTrouble.of(failure));
    return true;
  }

  private void stopWatching() {
    if (slices != null) {
      slices.stop();
    }
    if (watched != null) {
      watched.stop();
      watched = null;
    }
  }

  /** Something changed: it is told soon, with whatever else changes by then. */
  private void changed() {
    if (!thread.isShutdown() && told.compareAndSet(false, true)) {
      var unused = thread.schedule(this::tell, GATHER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void tell() {
    told.set(false);
    if (slices == null || !slices.hasSynced()) {
      return;
    }
    Endpoints.Joined joined = endpoints.join(slices.getStore().list(), ownZone);
    if (joined.portMissing()) {
      log.trouble(noPort(joined));
    }
    pods.know(joined.pods());
    if (!known.isDone()) {
      log.listed(namespace + "/" + service.service(), joined.pods().size(), ready(joined.pods()));
      known.complete(null);
    }
    changed.run();
  }

  private static int ready(List<PodFact> facts) {
    return (int) facts.stream().filter(fact -> fact.standing() == PodFact.Standing.READY).count();
  }

  private ApiTrouble noPort(Endpoints.Joined joined) {
    String wanted = service.port();
    return new ApiTrouble(
        "kubernetes_no_port",
        wanted == null
            ? "upstreams.%s.kubernetes.port must be set, for the service has several: %s"
                .formatted(pods.name(), String.join(", ", joined.ports()))
            : "upstreams.%s.kubernetes.port must be one of %s but was %s"
                .formatted(pods.name(), String.join(", ", joined.ports()), wanted),
        "correct it; until then none of the pods is used");
  }

  private void beat() {
    if (slices == null || !slices.hasSynced()) {
      beatAgain();
      return;
    }
    var unused = heartbeat.ask().whenCompleteAsync(this::answered, thread);
  }

  private void beatAgain() {
    if (!thread.isShutdown()) {
      var unused = thread.schedule(this::beat, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void answered(@Nullable Map<String, String> said, @Nullable Throwable failure) {
    try {
      if (said == null) {
        silent = true;
        log.trouble(ApiTrouble.of(Objects.requireNonNull(failure)));
      } else if (slices != null
          && heartbeat.agrees(said, Endpoints.versions(slices.getStore().list()))) {
        pods.heard();
        wellAgain();
        lookAround();
      } else {
        log.begunAnew("the watch did not tell of changes");
        list();
      }
    } finally {
      beatAgain();
    }
  }

  /** A watch that broke with the API waits longer and longer; it is known now that it need not. */
  private void wellAgain() {
    boolean watching = Objects.requireNonNull(slices).isWatching();
    if (silent && !watching) {
      log.begunAnew("the API answers again");
      int jitter = cluster.random().applyAsInt(AGAIN_MILLIS / 2);
      var unused = thread.schedule(this::list, jitter, TimeUnit.MILLISECONDS);
    } else if (watching && (watched == null || watched.isWatching())) {
      log.well();
    }
    silent = false;
  }

  private void lookAround() {
    beats++;
    boolean zone = service.preferZone() && ownZone == null && beats < SELDOM;
    if (!zone && beats % SELDOM != 0) {
      return;
    }
    var unused =
        CompletableFuture.supplyAsync(this::look, asker)
            .whenCompleteAsync(
                (seen, failure) -> {
                  if (seen == null) {
                    log.trouble(ApiTrouble.of(Objects.requireNonNull(failure)));
                  } else {
                    take(seen);
                  }
                },
                thread);
  }

  /** What is looked at seldom: the service, and the zone of this replica. */
  private record Look(@Nullable Service service, @Nullable String zone) {}

  private Look look() {
    return new Look(
        client.services().inNamespace(namespace).withName(service.service()).get(),
        service.preferZone() ? cluster.ownZone() : null);
  }

  private void take(Look seen) {
    if (seen.zone() != null && !seen.zone().equals(ownZone)) {
      ownZone = seen.zone();
      changed();
    }
    if (seen.service() == null) {
      log.trouble(noService());
    } else if (!selectorOf(seen.service()).equals(selector)) {
      selector = selectorOf(seen.service());
      log.begunAnew("the service selects other pods");
      watch();
    }
  }

  /** Says that something changed, whatever it is. */
  private record Changes<T>(Runnable changed) implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T added) {
      changed.run();
    }

    @Override
    public void onUpdate(T old, T updated) {
      changed.run();
    }

    @Override
    public void onDelete(T deleted, boolean lastStateUnknown) {
      changed.run();
    }
  }
}
