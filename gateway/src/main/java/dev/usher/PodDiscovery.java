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

/** How it is learnt which pods of one upstream are ready. */
interface PodDiscovery {
  /** A start does not wait longer for an API that does not answer. */
  Duration FIRST_LOOK = Duration.ofSeconds(5);

  /** Begins. Done when they are known, or when it takes too long; never fails. */
  Future<Void> begin();

  /** Looks so from now on. Done when pods that are new are known; never fails. */
  Future<Void> reconfigure(UpstreamOptions changed);

  /** Ends; answers still on their way are not waited for. */
  Future<Void> end();

  /** Asks each pod itself. */
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

  /** Asks the Kubernetes API; pods themselves are only asked after they did not answer. */
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
