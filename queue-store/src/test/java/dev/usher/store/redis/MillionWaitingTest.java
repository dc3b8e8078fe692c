package dev.usher.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Bits;
import dev.usher.store.Budget;
import dev.usher.store.Crowds;
import dev.usher.store.Line;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.RoomWeight;
import dev.usher.store.redis.link.RedisReplicas;
import dev.usher.store.upstream.Lease;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("redis")
final class MillionWaitingTest {
  private static final int WAITING = 1_000_000;
  private static final int BLOCK = 10_000;
  private static final double MIB = 1024.0 * 1024;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Vertx vertx = Vertx.vertx();
  private final RedisReplicas replicas = new RedisReplicas(vertx);
  private final Queue concert =
      new Queue("shop", "concert", WINDOW, Duration.ofSeconds(30), Duration.ofSeconds(45));

  @AfterEach
  void closeVertx() {
    get(vertx.close().toCompletionStage());
  }

  @Test
  void aMillionWaitingSeenByThreeReplicasTakeAtMostTwoMebibytes() {
    URI url = TestRedis.fresh();
    List<QueueStore> three = replicas.stores(url, "one", "two", "three");
    Lease lease = get(three.get(0).lead("shop", Duration.ofHours(1)));
    get(three.get(0).line(concert));
    long before = used(url);

    long begun = System.nanoTime();
    for (int i = 0; i < WAITING / BLOCK; i++) {
      get(three.get(i % 3).arrive(concert, Crowds.newcomers(BLOCK)));
    }
    print("numbers given in blocks of %,d: %,.0f a second", BLOCK, WAITING / seconds(begun));
    for (int window = 0; window < 3; window++) {
      replicas.pass(WINDOW);
      for (int r = 0; r < 3; r++) {
        get(
            three
                .get(r)
                .see(concert, new PresenceReport(epoch(three), 0, everyThird(r), Bits.NONE)));
      }
    }
    begun = System.nanoTime();
    tick(three, lease, 0);
    print("one call at %,d waiting: %.1f ms", WAITING, 1000 * seconds(begun));
    begun = System.nanoTime();
    tick(three, lease, 1000);
    print("one call of 1,000 at %,d waiting: %.1f ms", WAITING, 1000 * seconds(begun));
    begun = System.nanoTime();
    Line line = get(three.get(1).line(concert));
    print("one refresh at %,d waiting: %.1f ms", WAITING, 1000 * seconds(begun));
    assertThat(line.counts().waiting()).isEqualTo(WAITING - 1000);
    assertThat(line.ahead(WAITING)).isEqualTo(WAITING - 1001);

    assertAtMostTwoMebibytes(url, before);
    three.forEach(store -> get(store.close()));
  }

  private void assertAtMostTwoMebibytes(URI url, long before) {
    double used = (used(url) - before) / MIB;
    double keys = Long.parseLong(RedisWire.ask(url, "EVAL", SUM_OF_KEYS, "0")) / MIB;
    print("%,d waiting: %.2f MiB of used_memory, %.2f MiB in keys", WAITING, used, keys);
    assertThat(used).isLessThanOrEqualTo(2);
    assertThat(keys).isLessThanOrEqualTo(2);
  }

  private static final String SUM_OF_KEYS =
      "local sum = 0 for _, k in ipairs(redis.call('KEYS', '*')) do"
          + " sum = sum + redis.call('MEMORY', 'USAGE', k, 'SAMPLES', 0) end return tostring(sum)";

  private void tick(List<QueueStore> three, Lease lease, int capacity) {
    Budget budget = new Budget(capacity, 1000, Budget.KEEP_ALL, Duration.ofMinutes(1));
    assertThat(get(three.get(0).call(lease, budget, List.of(new RoomWeight(concert, 1)))).called())
        .isEqualTo(capacity);
  }

  private long epoch(List<QueueStore> three) {
    return get(three.get(0).line(concert)).epoch();
  }

  private static Bits everyThird(int from) {
    BitSet numbers = new BitSet(WAITING);
    for (int n = from + 1; n <= WAITING; n += 3) {
      numbers.set(n);
    }
    return Bits.of(numbers);
  }

  private static long used(URI url) {
    return RedisWire.ask(url, "INFO", "memory")
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length()).strip()))
        .sum();
  }

  @Test
  void theJoinsOfOneSecondAreManyInBlocksAndAlone() {
    List<QueueStore> stores = replicas.stores(TestRedis.fresh(), "one");
    QueueStore store = stores.get(0);
    joins(store, 1);
    for (int block : new int[] {1, 10, 100}) {
      double joins = joins(store, block);
      print("joins in blocks of %d, 64 calls on their way: %,.0f a second", block, joins);
      // A tenth of what a machine of two cores does: a guard against doing it one by one.
      assertThat(joins).isGreaterThan(200.0 * block);
    }
    get(store.close());
  }

  /** Joins a second over half a second. */
  private double joins(QueueStore store, int block) {
    long begun = System.nanoTime();
    int calls = 0;
    while (seconds(begun) < 0.5) {
      CompletableFuture<?>[] some = new CompletableFuture<?>[64];
      for (int i = 0; i < some.length; i++) {
        some[i] = store.arrive(concert, Crowds.newcomers(block)).toCompletableFuture();
      }
      get(CompletableFuture.allOf(some));
      calls += some.length;
    }
    return calls * block / seconds(begun);
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
