package dev.usher.store;

import dev.usher.house.AFifthOfTries;
import dev.usher.store.redis.link.RedisReplicas;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;

@Tag("redis")
final class RedisQueueHistoriesTest {
  private static final Vertx VERTX = Vertx.vertx();

  @AfterContainer
  static void closeVertx() {
    VERTX.close().await();
  }

  @AddLifecycleHook(AFifthOfTries.class)
  @Tag("matrix")
  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void everyHistoryKeepsThePromises(@ForAll long seed) {
    StoreTime clock = new StoreTime();
    List<QueueStore> replicas = clock.replicas.two();
    new QueueHistories(replicas, clock, new Random(seed)).run(400);
    replicas.forEach(store -> QueueStoreContract.get(store.close()));
  }

  private static final class StoreTime implements QueueHistories.Clock {
    private final RedisReplicas replicas = new RedisReplicas(VERTX);
    private long passed;

    @Override
    public long now() {
      return System.currentTimeMillis() + passed;
    }

    @Override
    public void pass(Duration time) {
      passed += time.toMillis();
      replicas.pass(time);
    }
  }
}
