package dev.usher.pods.probe;

import dev.usher.pods.Pod;
import dev.usher.pods.PodDiscovery;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.UpstreamOptions.ProbeOptions;
import dev.usher.pods.roster.Roster;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The prober of pods that failed requests have put out: asks whether they accept connections again,
 * over TLS if requests use TLS, because what a pod shows there may be what put it out. No more is
 * asked of pods whose readiness somebody else watches: whether they can work is not for us to say.
 */
public final class EjectedPodProber implements PodDiscovery {
  private static final CompletionStage<Void> AT_ONCE = CompletableFuture.completedStage(null);

  private static final long AGAIN_MILLIS = 250;
  private static final int TIMEOUT_MILLIS = 1000;

  private final Vertx vertx;
  private final Roster pods;
  private final NetClient client;
  private final Set<Pod> asked = new HashSet<>();
  private volatile ProbeOptions probe;
  private long timer = -1;

  /** Makes a prober that asks nothing before {@link #begin}. */
  public EjectedPodProber(Vertx vertx, ProbeOptions probe, Roster pods) {
    this.vertx = vertx;
    this.probe = probe;
    this.pods = pods;
    this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(TIMEOUT_MILLIS));
  }

  /** Starts to ask. Waits for nothing: pods that were never put out need not be known here. */
  @Override
  public CompletionStage<Void> begin() {
    timer = vertx.setPeriodic(AGAIN_MILLIS, beat -> pods.out().forEach(this::visit));
    return AT_ONCE;
  }

  @Override
  public CompletionStage<Void> reconfigure(UpstreamOptions changed) {
    probe = changed.probe();
    return AT_ONCE;
  }

  @Override
  public CompletionStage<Void> end() {
    vertx.cancelTimer(timer);
    return client.shutdown(0, TimeUnit.MILLISECONDS).toCompletionStage();
  }

  /** Asks a pod, on the timer's own loop, so that the set of pods being asked needs no lock. */
  private void visit(Pod pod) {
    if (!asked.add(pod)) {
      return;
    }
    client
        .connect(ProbeRequest.connectionTo(pod, probe.answer().tls()))
        .onComplete(
            made -> {
              asked.remove(pod);
              if (made.succeeded()) {
                var unused = made.result().close();
                pods.probed(pod, null);
              } else {
                pods.probed(pod, new ProbeWords(probe).failed(false, made.cause()));
              }
            });
  }
}
