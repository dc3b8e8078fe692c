package dev.usher.store.redis;

import dev.usher.store.QueueStore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** Two replicas on the tests' Redis, whose time the test can let pass. */
public final class RedisReplicas {
  private final Vertx vertx;

  // The store's time begins ten seconds into a minute: whatever the time of day, what a test lets
  // pass crosses the same windows.
  private long offset = Math.floorMod(10_000 - System.currentTimeMillis(), 60_000);

  public RedisReplicas(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Two stores on an empty Redis. */
  public List<QueueStore> two() {
    // No test of this is about a slow store, and the machine may be busy with other tests.
    Duration patience = Duration.ofSeconds(20);
    RedisOptions options = new RedisOptions(TestRedis.fresh(), null, null, patience, patience);
    return List.of(store(options, "one"), store(options, "two"));
  }

  /** Lets time pass in the store. */
  public void pass(Duration time) {
    offset += time.toMillis();
  }

  private QueueStore store(RedisOptions options, String replica) {
    return new RedisQueueStore(new RedisLink(vertx, options), replica, () -> offset);
  }
}
