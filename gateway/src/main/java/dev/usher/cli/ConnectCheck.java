package dev.usher.cli;

import dev.usher.config.GatewayConfig;
import dev.usher.pods.PodView;
import dev.usher.pods.probe.PodProber;
import dev.usher.pods.roster.Roster;
import dev.usher.store.redis.RedisQueueStore;
import dev.usher.store.redis.link.RedisOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A check whether everything that a configuration names can be reached: pods and store. */
final class ConnectCheck {
  /** Time for the store: sentinels and clusters are found over several connections. */
  private static final Duration STORE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final List<String> good = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();

  private ConnectCheck(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * What was found.
   *
   * @param good what answers, one sentence each
   * @param bad what does not, and what to do
   */
  record Found(List<String> good, List<String> bad) {}

  /** Asks everything. Returns when all have answered, or their time is over. */
  static Found of(GatewayConfig config) {
    Vertx vertx = Vertx.vertx();
    try {
      ConnectCheck check = new ConnectCheck(vertx);
      config.upstreams().forEach(check::pods);
      RedisOptions redis = config.redis();
      if (redis != null) {
        check.store(redis, config.upstreams());
      }
      return new Found(check.good, check.bad);
    } finally {
      vertx.close().await();
    }
  }

  private void pods(GatewayConfig.Upstream upstream) {
    String name = upstream.options().name();
    if (upstream.kubernetes() != null) {
      good.add("upstream " + name + ": its pods are known to Kubernetes; ask by --kubernetes");
      return;
    }
    Roster roster = new Roster(upstream.options(), change -> {});
    PodProber prober = new PodProber(vertx, upstream.options(), roster, bound -> 0);
    prober.patientRound().await();
    Future.fromCompletionStage(prober.end()).await();
    List<PodView> pods = roster.view();
    long ready = pods.stream().filter(PodView::ready).count();
    good.add("upstream " + name + ": " + ready + " of " + pods.size() + " pods are ready");
    pods.stream()
        .filter(pod -> !pod.ready())
        .forEach(pod -> bad.add("upstream " + name + ": " + pod.pod() + " is not: " + pod.said()));
  }

  private void store(RedisOptions redis, List<GatewayConfig.Upstream> upstreams) {
    RedisQueueStore store = RedisQueueStore.at(vertx, redis, UUID.randomUUID().toString());
    for (GatewayConfig.Upstream upstream : upstreams) {
      // It only reads, and in a cluster each upstream is on a node of its own.
      String trouble =
          Future.fromCompletionStage(store.proven(upstream.options().name(), null))
              .timeout(STORE.toMillis(), TimeUnit.MILLISECONDS)
              .map(answer -> (@Nullable String) null)
              .otherwise(failure -> String.valueOf(failure.getMessage()))
              .await();
      if (trouble != null) {
        bad.add("store: " + trouble);
        Future.fromCompletionStage(store.close()).otherwiseEmpty().await();
        return;
      }
    }
    good.add("store: " + redis + " answers");
    Future.fromCompletionStage(store.close()).otherwiseEmpty().await();
  }
}
