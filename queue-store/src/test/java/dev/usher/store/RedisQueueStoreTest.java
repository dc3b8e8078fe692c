package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.redis.link.RedisReplicas;
import dev.usher.store.upstream.Lease;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("redis")
final class RedisQueueStoreTest extends QueueStoreContract {
  private static final Vertx VERTX = Vertx.vertx();

  private final RedisReplicas replicas = new RedisReplicas(VERTX);

  @AfterAll
  static void closeVertx() {
    get(VERTX.close().toCompletionStage());
  }

  @Override
  public List<QueueStore> twoReplicas() {
    // Plays speak of windows of a minute: they begin 10 s into one, whatever the time is.
    long intoMinute = Math.floorMod(System.currentTimeMillis(), 60_000L);
    replicas.pass(Duration.ofMillis(70_000 - intoMinute));
    return replicas.two();
  }

  @Test
  void aServerWhoseClockIsAheadEndsNoSessionAndNoPlace() {
    QueueStore timely = replicas.timely();
    Lease lead = get(timely.lead("shop", VALID));
    get(timely.line(concert));
    get(timely.arrive(concert, newcomers(20)));
    get(timely.call(lead, budget(10, 100, VALID), shares()));
    long epoch = get(timely.line(concert)).epoch();
    for (int n = 1; n <= 10; n++) {
      assertThat(get(timely.claim(concert, new Place("concert", epoch, 0, n))))
          .isEqualTo(Claim.ADMITTED);
    }
    long before = get(timely.line(concert)).time();
    for (Duration ahead : List.of(Duration.ofMinutes(9), Duration.ofHours(-3))) {
      // As after a fail-over: nobody waited so long.
      pass(ahead);
      assertThat(get(timely.call(lead, budget(10, 100, VALID), shares())).sessions()).isEqualTo(10);
      Line after = get(timely.line(concert));
      assertThat(after.time() - before).isBetween(0L, 20_000L);
      assertThat(after.ahead(20)).isEqualTo(9);
    }
    get(timely.close());
  }

  @Test
  void timeComesCloserToTheServersClockByATenth() {
    QueueStore timely = replicas.timely();
    for (Duration set : List.of(Duration.ofMinutes(1), Duration.ofMinutes(-3))) {
      get(timely.line(concert));
      pass(set);
      long before = get(timely.line(concert)).time();
      for (int i = 0; i < 50; i++) {
        pass(Duration.ofSeconds(4));
        get(timely.line(concert));
      }
      // The tests' Redis and this machine take a moment, too.
      long went = get(timely.line(concert)).time() - before;
      long most = set.isNegative() ? 180_000 : 220_000;
      assertThat(went).isBetween(most, most + 15_000);
    }
    get(timely.close());
  }

  @Override
  public void pass(Duration time) {
    replicas.pass(time);
  }
}
