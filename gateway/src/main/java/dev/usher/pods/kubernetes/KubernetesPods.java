package dev.usher.pods.kubernetes;

import dev.usher.pods.Pod;
import dev.usher.pods.PodDiscovery;
import dev.usher.pods.PodFact;
import dev.usher.pods.Sticky;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.roster.Roster;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
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
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The follower of one service's pods, which tells the roster. All of it runs on one thread of its
 * own; events only say that something changed.
 */
public final class KubernetesPods implements PodDiscovery {
  /**
   * Time in which successive changes are gathered, to be told together; a pod is used a moment
   * after its event.
   */
  private static final long GATHER_MILLIS = 30;

  /** Longest time for which a start waits for an API that does not answer. */
  private static final long FIRST_LOOK_SECONDS = 5;

  private static final long BEAT_MILLIS = 1000;

  /** How many beats pass between two looks at the selector and the own zone. */
  private static final int SELDOM = 30;

  /** Time before a failed start is tried again, plus up to half of it. */
  private static final int AGAIN_MILLIS = 1000;

  private final Cluster cluster;
  private final KubernetesClient client;
  private final KubernetesOptions service;
  private final Location place;
  private final Roster pods;
  private final Runnable changed;
  private final ApiLog log;
  private final Endpoints endpoints;
  private final Watches watches;
  private final WarmGates gates;
  private final Heartbeat heartbeat;
  private final ScheduledExecutorService thread;

  /** Waits for answers, so that the thread of the events need not. */
  private final ExecutorService asker;

  private final AtomicBoolean telling = new AtomicBoolean();
  private final CompletableFuture<Void> known = new CompletableFuture<>();

  // From here on, confined to the thread.
  private Map<String, String> selector = Map.of();
  private @Nullable String ownZone;
  private int beats;
  private boolean silent;

  /**
   * Makes a follower that asks nothing before {@link #begin}.
   *
   * @param pods the roster that is told
   * @param changed run whenever the roster was told of a change
   */
  public KubernetesPods(Cluster cluster, KubernetesOptions service, Roster pods, Runnable changed) {
    this.cluster = cluster;
    this.client = cluster.client();
    this.service = service;
    this.place = cluster.place(service);
    this.pods = pods;
    this.changed = changed;
    this.log = new ApiLog(pods.name());
    PodIndex index = new PodIndex(this::changed);
    this.endpoints = new Endpoints(service, index);
    this.watches = new Watches(client, place, index, log);
    this.gates = new WarmGates(cluster, service, log);
    this.heartbeat = new Heartbeat(client, place);
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

  @Override
  public CompletionStage<Void> begin() {
    thread.execute(this::list);
    beatAgain();
    return known.copy().completeOnTimeout(null, FIRST_LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** Does nothing: no option that may change while an upstream runs concerns the API. */
  @Override
  public CompletionStage<Void> reconfigure(UpstreamOptions changed) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> end() {
    log.end();
    thread.execute(watches::end);
    thread.shutdown();
    asker.shutdownNow();
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void openGates(Predicate<Pod> ready, long now) {
    if (!asker.isShutdown()) {
      gates.open(ready, now, asker);
    }
  }

  private void list() {
    look(
        seen -> {
          selector = selectorOf(Objects.requireNonNull(seen.service()));
          lookAtService(Objects.requireNonNull(seen.service()));
          ownZone = seen.zone() == null ? ownZone : seen.zone();
          watch();
        },
        this::listAgain);
  }

  private void listAgain() {
    later(this::list, AGAIN_MILLIS + cluster.random().applyAsInt(AGAIN_MILLIS / 2));
  }

  private void watch() {
    heartbeat.startAnew();
    watches.begin(selector);
  }

  /** Notes that something changed; it is told soon, with whatever else changes by then. */
  private void changed() {
    if (telling.compareAndSet(false, true)) {
      later(this::tell, GATHER_MILLIS);
    }
  }

  private void later(Runnable task, long millis) {
    if (!thread.isShutdown()) {
      var unused = thread.schedule(() -> attempt(task), millis, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Runs a task. A fault of our own, such as an object that nobody has thought of, must not stop
   * the follower.
   */
  private void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException bug) {
      log.bug(bug);
    }
  }

  private void tell() {
    telling.set(false);
    List<EndpointSlice> slices = watches.slices();
    if (slices == null) {
      return;
    }
    Endpoints.Joined joined = endpoints.join(slices, ownZone);
    if (joined.portMissing()) {
      log.trouble(ApiTrouble.noPort(pods.name(), service.port(), joined.ports()));
    }
    pods.know(joined.pods());
    gates.know(joined.awaited(), pods.name());
    if (!known.isDone()) {
      log.listed(place, joined.pods().size(), ready(joined.pods()));
      known.complete(null);
    }
    changed.run();
  }

  private static long ready(List<PodFact> facts) {
    return facts.stream().filter(fact -> fact.standing() == PodFact.Standing.READY).count();
  }

  private void beatAgain() {
    // Up to a tenth earlier, so that replicas do not ask in step.
    later(this::beat, BEAT_MILLIS - cluster.random().applyAsInt((int) BEAT_MILLIS / 10));
  }

  private void beat() {
    if (watches.slices() == null) {
      beatAgain();
      return;
    }
    var unused = heartbeat.ask().whenCompleteAsync(this::answered, thread);
  }

  private void answered(@Nullable Map<String, String> said, @Nullable Throwable failure) {
    attempt(() -> hear(said, failure));
    beatAgain();
  }

  private void hear(@Nullable Map<String, String> said, @Nullable Throwable failure) {
    List<EndpointSlice> slices = watches.slices();
    if (said == null) {
      silent = true;
      log.trouble(ApiTrouble.of(Objects.requireNonNull(failure)));
    } else if (slices != null && heartbeat.agrees(said, Endpoints.versions(slices))) {
      pods.heard();
      wellAgain();
      lookAround();
    } else if (slices != null) {
      log.listingAgain("the watch did not tell of changes");
      watch();
    }
  }

  /** A watch that broke with the API waits longer and longer; now it is known that it need not. */
  private void wellAgain() {
    if (silent && !watches.areOn()) {
      log.listingAgain("the API answers again");
      later(this::watch, cluster.random().applyAsInt(AGAIN_MILLIS / 2));
    } else if (watches.areOn()) {
      log.well();
    }
    silent = false;
  }

  private void lookAround() {
    beats++;
    boolean zoneMissing = service.preferZone() && ownZone == null && beats < SELDOM;
    if (zoneMissing || beats % SELDOM == 0) {
      look(this::take, () -> {});
    }
  }

  /** Whether the service asks for something that has no effect here. */
  private void lookAtService(Service found) {
    if (service.opensGate() && selectorOf(found).isEmpty()) {
      log.fault(ApiTrouble.noSelector(place, pods.name()));
    }
    boolean asked =
        found.getSpec() != null && "ClientIP".equals(found.getSpec().getSessionAffinity());
    if (asked && pods.waiting().sticky().sticky() == Sticky.OFF) {
      log.affinity(place);
    }
  }

  private void take(Look seen) {
    lookAtService(Objects.requireNonNull(seen.service()));
    if (seen.zone() != null && !seen.zone().equals(ownZone)) {
      ownZone = seen.zone();
      changed();
    }
    Map<String, String> selects = selectorOf(Objects.requireNonNull(seen.service()));
    if (!selects.equals(selector)) {
      selector = selects;
      log.listingAgain("the service selects other pods");
      watch();
    }
  }

  /** The labels by which a service knows its pods; none if somebody else makes its slices. */
  static Map<String, String> selectorOf(Service found) {
    Map<String, String> selector = found.getSpec() == null ? null : found.getSpec().getSelector();
    return selector == null ? Map.of() : Map.copyOf(selector);
  }

  /** What is looked at only seldom: the service, and the zone of this replica. */
  private record Look(@Nullable Service service, @Nullable String zone) {}

  private void look(Consumer<Look> then, Runnable otherwise) {
    var unused =
        CompletableFuture.supplyAsync(
                () ->
                    new Look(
                        client
                            .services()
                            .inNamespace(place.namespace())
                            .withName(place.service())
                            .get(),
                        service.preferZone() ? cluster.ownZone() : null),
                asker)
            .whenCompleteAsync(
                (seen, failure) -> {
                  if (seen != null && seen.service() != null) {
                    then.accept(seen);
                    return;
                  }
                  log.trouble(
                      failure == null
                          ? ApiTrouble.noService(place, pods.name())
                          : ApiTrouble.of(failure));
                  otherwise.run();
                },
                thread);
  }
}
