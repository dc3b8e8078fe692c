package dev.usher.store.redis.link;

import dev.usher.store.QueueStore;
import dev.usher.store.redis.KeptRedis;
import dev.usher.store.redis.RedisQueueStore;
import dev.usher.store.redis.TestRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Replicas on the tests' Redis for whom no time passes but what the test lets pass. Every script
 * finds the server's clock an hour further back than the one before, so time stays where it is.
 */
public final class FrozenReplicas {
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final AtomicLong offset = new AtomicLong(-1000 * HOUR);
  private final URI url = TestRedis.fresh();
  private final String clock;

  /**
   * @param upstream the one whose queues are asked for
   */
  public FrozenReplicas(String upstream) {
    KeptRedis.learnScripts();
    this.clock = "usher:{" + upstream + "}:clock";
  }

  /**
   * Stores of these replicas, whose queues settle for so long after a loss. They are to be asked on
   * this context, so that scripts run in the order in which they are made.
   */
  public List<QueueStore> stores(Context context, Duration settle, List<String> names) {
    return Future.<List<QueueStore>>future(
            made -> context.runOnContext(v -> made.complete(make(context.owner(), settle, names))))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private List<QueueStore> make(Vertx vertx, Duration settle, List<String> names) {
    Duration patience = Duration.ofSeconds(20);
    RedisOptions options = new RedisOptions(url, null, null, patience, patience);
    return names.stream()
        .<QueueStore>map(
            name ->
                new RedisQueueStore(
                    new RedisLink(vertx, options), name, () -> offset.addAndGet(-HOUR), settle))
        .toList();
  }

  /** It is this time, in milliseconds since 1970, until it is said again. */
  public void setTime(long now) {
    TestRedis.ask("SET", clock, now + " 0");
  }
}
