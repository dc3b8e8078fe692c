package dev.usher;

import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.kubernetes.KubernetesPods;
import dev.usher.pods.probe.EjectedPodProber;
import dev.usher.pods.probe.PodProber;
import dev.usher.pods.slots.PodSet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/** The source that tells which pods of one upstream are ready. */
interface PodDiscovery {
  /** Longest time for which a start waits for an API that does not answer. */
  Duration FIRST_LOOK = Duration.ofSeconds(5);

  /** Starts. Completes when the pods are known, or when that takes too long; never fails. */
  Future<Void> begin();

  /** Takes over changed options. Completes when new pods are known; never fails. */
  Future<Void> reconfigure(UpstreamOptions changed);

  /** Stops; answers still on their way are not waited for. */
  Future<Void> end();

  /** A source that probes each pod itself. */
  static PodDiscovery byProbes(
      Vertx vertx, UpstreamOptions options, PodSet pods, IntUnaryOperator random) {
    PodProber prober = new PodProber(vertx, options, pods, random);
    return new PodDiscovery() {
      @Override
      public Future<Void> begin() {
        return prober.firstRound();
      }

      @Override
      public Future<Void> reconfigure(UpstreamOptions changed) {
        return prober.reconfigure(changed);
      }

      @Override
      public Future<Void> end() {
        return prober.stop();
      }
    };
  }

  /**
   * A source that follows the Kubernetes API; pods themselves are only asked after they failed to
   * answer.
   */
  static PodDiscovery byApi(KubernetesPods watched, EjectedPodProber revisit) {
    return new PodDiscovery() {
      @Override
      public Future<Void> begin() {
        revisit.start();
        return Future.fromCompletionStage(watched.start())
            .timeout(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS)
            .otherwiseEmpty();
      }

      @Override
      public Future<Void> reconfigure(UpstreamOptions changed) {
        revisit.take(changed.probe());
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> end() {
        watched.stop();
        return revisit.stop();
      }
    };
  }
}
