package dev.usher.store.redis.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.usher.store.Crowds;
import dev.usher.store.NumberBlock;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreUnavailableException;
import dev.usher.store.redis.Crowd;
import dev.usher.store.redis.Logged;
import dev.usher.store.redis.OwnRedis;
import dev.usher.store.redis.RedisWire;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that answers with errors, is set up wrong, or has forgotten its scripts. */
@Tag("redis")
final class RedisErrorsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Queue concert = Crowd.queue("shop");
  private final OwnRedis redis;
  private final Logged logged;
  private final QueueStore store;

  RedisErrorsTest(@TempDir Path folder) {
    redis = new OwnRedis(folder, "--enable-debug-command", "yes");
    logged = new Logged(":" + redis.port);
    store = RedisReplicas.unsettled(vertx, RedisOptions.of(redis.url()));
  }

  @BeforeEach
  void connect() {
    assertThat(arrive().join().first()).isEqualTo(1);
  }

  @AfterEach
  void close() {
    store.close().toCompletableFuture().join();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    logged.close();
    redis.close();
  }

  private CompletableFuture<NumberBlock> arrive() {
    return store
        .arrive(concert, Crowds.newcomers(1))
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS);
  }

  private String ask(String... command) {
    return RedisWire.ask(redis.url(), command);
  }

  private void assertSaidOnceWhileAway(String kind) {
    for (int i = 0; i < 3; i++) {
      assertThat(catchThrowable(() -> arrive().join()))
          .hasCauseInstanceOf(StoreUnavailableException.class);
    }
    assertThat(logged.values("store_unavailable", "kind")).containsExactly(kind);
    assertThat(logged.values("store_back", "store")).isEmpty();
  }

  private void assertBack() {
    SentinelSet.until(() -> catchThrowable(() -> arrive().join()) == null);
    assertThat(logged.values("store_back", "store")).hasSize(1);
  }

  @Test
  void scriptsThatWereForgottenAreSentAgainInTheOrderOfTheCalls() {
    List<CompletableFuture<NumberBlock>> all = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 100; i++) {
        all.add(arrive());
      }
      ask("SCRIPT", "FLUSH");
    }
    List<Long> numbers = all.stream().map(each -> each.join().first()).toList();
    assertThat(numbers).isSorted().doesNotHaveDuplicates().hasSize(1000).endsWith(1001L);
    assertThat(logged.values("store_unavailable", "kind")).isEmpty();
  }

  @Test
  void aFullServerIsSaidAndWorksAgainWithMoreMemory() {
    ask("CONFIG", "SET", "maxmemory", "1");
    assertSaidOnceWhileAway("out_of_memory");
    ask("CONFIG", "SET", "maxmemory", "0");
    assertBack();
    assertThat(arrive().join().first()).isEqualTo(3);
  }

  @Test
  void aForeignKeyAtOurNameIsSaidWithTheNamesOfTheScript() {
    ask("DEL", "usher:{shop}:pool");
    ask("SET", "usher:{shop}:pool", "foreign");
    assertSaidOnceWhileAway("wrong_type");
    assertThat(logged.values("store_unavailable", "keys").get(0)).contains("usher:{shop}:pool");
    ask("DEL", "usher:{shop}:pool");
    assertBack();
  }

  @Test
  void oneScriptThatFailsIsNotHiddenByAnotherThatWorks() {
    ask("DEL", "usher:{shop}:pool");
    ask("SET", "usher:{shop}:pool", "foreign");
    Queue cinema = Crowd.queue("cinema");
    for (int i = 0; i < 5; i++) {
      assertThat(catchThrowable(() -> arrive().join())).isNotNull();
      store.line(cinema).toCompletableFuture().join();
    }
    assertThat(logged.values("store_unavailable", "kind")).containsExactly("wrong_type");
    assertThat(logged.values("store_back", "store")).isEmpty();
  }

  @Test
  void aServerThatMayEvictIsWarnedOfOnceAConnection() {
    assertThat(logged.values("store_may_evict", "policy")).isEmpty();
    ask("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
    ask("CLIENT", "KILL", "TYPE", "normal");
    SentinelSet.until(() -> catchThrowable(() -> arrive().join()) == null);
    arrive().join();
    assertThat(logged.values("store_may_evict", "policy")).containsExactly("allkeys-lru");
  }

  @Test
  void aReplicaIsNotUsedAndTheMasterOfTheSameAddressIsFoundWithinASecond() {
    ask("REPLICAOF", "127.0.0.1", "1");
    assertThat(catchThrowable(() -> arrive().join())).isNotNull();
    SentinelSet.until(() -> logged.values("store_unavailable", "kind").contains("replica"));
    ask("REPLICAOF", "NO", "ONE");
    long begun = System.nanoTime();
    assertBack();
    assertThat((System.nanoTime() - begun) / 1_000_000).isLessThan(1_500);
  }

  @Test
  void callsFailAtOnceWhileItIsAway() {
    redis.kill();
    SentinelSet.until(() -> !logged.values("store_unavailable", "kind").isEmpty());
    long begun = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      assertThat(arrive()).failsWithin(5, TimeUnit.SECONDS);
    }
    assertThat((System.nanoTime() - begun) / 1_000_000).isLessThan(2_000);
    redis.start();
    long back = System.nanoTime();
    assertBack();
    assertThat((System.nanoTime() - back) / 1_000_000).isLessThan(1_500);
  }
}
