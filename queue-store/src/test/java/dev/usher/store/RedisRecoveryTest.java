package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.redis.KeptRedis;
import dev.usher.store.redis.TestRedis;
import dev.usher.store.redis.link.RedisReplicas;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("redis")
final class RedisRecoveryTest extends NoticeContract {
  private static final Vertx VERTX = Vertx.vertx();

  private final RedisReplicas replicas = new RedisReplicas(VERTX, QueueStore.SETTLE);

  @AfterAll
  static void closeVertx() {
    get(VERTX.close().toCompletionStage());
  }

  @Override
  public List<QueueStore> twoReplicas() {
    long intoMinute = Math.floorMod(System.currentTimeMillis(), 60_000L);
    replicas.pass(Duration.ofMillis(70_000 - intoMinute));
    return replicas.two();
  }

  @Override
  public void pass(Duration time) {
    replicas.pass(time);
  }

  @Test
  void whoLeavesWhileOnlyTheStateWasLostIsNotCountedBelowNobody() {
    get(store.arrive(concert, newcomers(10)));
    call(0, 0);
    assertThat(line(concert).counts().waiting()).isEqualTo(10);
    Place third = place(3);
    QueueMemory memory = memory(store);
    TestRedis.ask("DEL", "usher:{shop}:concert:state");
    get(store.restore(concert, memory));
    get(store.leave(concert, third));
    assertThat(line(concert).counts().waiting()).isNotNegative();
    pass(SETTLED);
    line(concert);
    call(0, 0);
    assertThat(line(concert).counts().waiting()).isEqualTo(9);
  }

  @Override
  public void lose() {
    KeptRedis.lose();
  }

  @Override
  public Runnable snapshot() {
    return KeptRedis.snapshot();
  }
}
