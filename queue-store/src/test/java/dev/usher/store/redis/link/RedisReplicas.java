package dev.usher.store.redis.link;

import dev.usher.store.QueueStore;
import dev.usher.store.redis.RedisQueueStore;
import dev.usher.store.redis.TestRedis;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Replicas on the tests' Redis, whose time the test can let pass. */
public final class RedisReplicas {
  /** No test of this is about a slow store, and the machine may be busy with other tests. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final Duration settle;
  private long offset;

  /** Stores that have nothing to lose. */
  public RedisReplicas(Vertx vertx) {
    this(vertx, Duration.ZERO);
  }

  /**
   * @param settle how long queues settle after a loss
   */
  public RedisReplicas(Vertx vertx, Duration settle) {
    this.vertx = vertx;
    this.settle = settle;
  }

  /** Two stores on an empty Redis. */
  public List<QueueStore> two() {
    return stores(TestRedis.fresh(), "one", "two");
  }

  /** Stores of these replicas at one Redis. */
  public List<QueueStore> stores(URI url, String... names) {
    RedisOptions options = new RedisOptions(url, null, null, PATIENCE, PATIENCE);
    return Stream.of(names).map(name -> store(options, name)).toList();
  }

  /** A store on an empty Redis, of a replica that knows how much time went by. */
  public QueueStore timely() {
    RedisLink link =
        new RedisLink(vertx, new RedisOptions(TestRedis.fresh(), null, null, PATIENCE, PATIENCE));
    return new RedisQueueStore(link, "timely", () -> offset, settle, true);
  }

  /** Lets time pass in the store. */
  public void pass(Duration time) {
    offset += time.toMillis();
  }

  /** A store that goes on at once after the loss of its state: for tests of the way to it. */
  public static QueueStore unsettled(Vertx vertx, RedisOptions options) {
    return new RedisQueueStore(new RedisLink(vertx, options), "one", () -> 0, Duration.ZERO);
  }

  private QueueStore store(RedisOptions options, String replica) {
    return new RedisQueueStore(new RedisLink(vertx, options), replica, () -> offset, settle);
  }
}
