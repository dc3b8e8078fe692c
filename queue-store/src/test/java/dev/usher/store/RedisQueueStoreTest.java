package dev.usher.store;

import dev.usher.store.redis.RedisReplicas;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

@Tag("redis")
final class RedisQueueStoreTest extends QueueStoreContract {
  private static final Vertx VERTX = Vertx.vertx();

  private final RedisReplicas replicas = new RedisReplicas(VERTX);

  @AfterAll
  static void closeVertx() {
    get(VERTX.close().toCompletionStage());
  }

  @Override
  List<QueueStore> twoReplicas() {
    // Plays speak of windows of a minute: they begin 10 s into one, whatever the time is.
    long intoMinute = Math.floorMod(System.currentTimeMillis(), 60_000L);
    replicas.pass(Duration.ofMillis(70_000 - intoMinute));
    return replicas.two();
  }

  @Override
  void pass(Duration time) {
    replicas.pass(time);
  }
}
