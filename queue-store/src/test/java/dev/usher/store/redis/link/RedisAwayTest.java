package dev.usher.store.redis.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.usher.store.Crowds;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreUnavailableException;
import dev.usher.store.redis.Cut;
import dev.usher.store.redis.OwnRedis;
import dev.usher.store.redis.RedisQueueStore;
import dev.usher.store.redis.RedisWire;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that is stopped, frozen, cut off, or not the right one. */
@Tag("redis")
final class RedisAwayTest {
  private static final Queue CONCERT =
      new Queue(
          "shop",
          "concert",
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(45));
  private static final long COMMAND_MS = 700;

  private final Path folder;
  private final Vertx vertx = Vertx.vertx();

  RedisAwayTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private QueueStore store(URI url, @Nullable String password) {
    return store(url, password, Duration.ofMillis(COMMAND_MS));
  }

  private QueueStore store(URI url, @Nullable String password, Duration command) {
    RedisOptions options = new RedisOptions(url, null, password, Duration.ofSeconds(2), command);
    return new RedisQueueStore(new RedisLink(vertx, options), "one", () -> 0, Duration.ZERO);
  }

  @AfterEach
  void closeVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aRedisThatWasKilledIsFoundAgainWhenItIsBack() {
    try (OwnRedis redis = new OwnRedis(folder)) {
      QueueStore store = store(redis.url(), null);
      comesBack(store);
      for (int i = 0; i < 3; i++) {
        redis.kill();
        assertAwayInTime(store);
        redis.start();
        comesBack(store);
      }
    }
  }

  @Test
  void aFrozenRedisIsAwayWithinTheTimeOutAndWorksWhenItGoesOn() {
    try (OwnRedis redis = new OwnRedis(folder)) {
      QueueStore store = store(redis.url(), null);
      comesBack(store);
      redis.freeze();
      for (int i = 0; i < 3; i++) {
        assertAwayInTime(store);
      }
      redis.thaw();
      comesBack(store);
    }
  }

  @Test
  void scriptsThatLayInAFrozenRedisDoNotHoldUpItsTime() {
    try (OwnRedis redis = new OwnRedis(folder)) {
      RedisOptions options =
          new RedisOptions(
              redis.url(), null, null, Duration.ofSeconds(2), Duration.ofMillis(COMMAND_MS));
      QueueStore store =
          new RedisQueueStore(new RedisLink(vertx, options), "one", () -> 0, Duration.ZERO, true);
      comesBack(store);
      for (int freeze = 0; freeze < 2; freeze++) {
        redis.freeze();
        long began = System.nanoTime();
        while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(6)) {
          assertAwayInTime(store);
        }
        redis.thaw();
        comesBack(store);
      }
      long time = store.line(CONCERT).toCompletableFuture().join().time();
      assertThat(System.currentTimeMillis() - time).isLessThan(1000);
      assertThat(redis.ask("GET", "usher:{shop}:clock")).endsWith(" 0");
    }
  }

  @Test
  void aConnectionThatWasCutWithoutAWordIsReplaced() throws IOException {
    try (OwnRedis redis = new OwnRedis(folder);
        Cut way = new Cut(redis.url(), false)) {
      QueueStore store = store(way.url(), null);
      comesBack(store);
      way.cut();
      assertAwayInTime(store);
      way.mend();
      comesBack(store);
    }
  }

  @Test
  void whatAnOldConnectionSwallowedIsNotHeldAgainstANewOne() throws IOException {
    try (OwnRedis redis = new OwnRedis(folder);
        Cut way = new Cut(redis.url(), false)) {
      // Long enough for a new connection on a busy machine: a third one must have another cause.
      long commandMillis = 5 * COMMAND_MS;
      QueueStore store = store(way.url(), null, Duration.ofMillis(commandMillis));
      comesBack(store);
      way.mend();
      List<CompletableFuture<?>> swallowed = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        // One after another, over a time-out: the first ends the connection for all.
        swallowed.add(store.line(CONCERT).toCompletableFuture().handle((line, e) -> e));
        CompletableFuture.runAsync(
                () -> {},
                CompletableFuture.delayedExecutor(commandMillis / 12, TimeUnit.MILLISECONDS))
            .join();
      }
      comesBack(store);
      CompletableFuture.allOf(swallowed.toArray(CompletableFuture[]::new)).join();
      comesBack(store);
      assertThat(way.made()).isEqualTo(2);
    }
  }

  @Test
  void aConnectionThatWasCutWhileItWasMadeIsReplaced() throws IOException {
    try (OwnRedis redis = new OwnRedis(folder);
        Cut way = new Cut(redis.url(), true)) {
      QueueStore store = store(way.url(), null);
      assertAwayInTime(store);
      assertAwayInTime(store);
      way.mend();
      comesBack(store);
    }
  }

  @Test
  void aRedisThatTurnedIntoAReplicaIsAskedForOnANewConnection() {
    try (OwnRedis redis = new OwnRedis(folder)) {
      QueueStore store = store(redis.url(), null);
      comesBack(store);
      RedisWire.ask(redis.url(), "REPLICAOF", "127.0.0.1", "1");
      assertThat(failure(store)).hasMessageContaining("READONLY");
      // It asks on new connections by itself, and goes on as soon as one leads to a master.
      assertThat(failure(store)).hasMessageContaining("READONLY");
      RedisWire.ask(redis.url(), "REPLICAOF", "NO", "ONE");
      comesBack(store);
    }
  }

  @Test
  void manyWhoAskWhileRedisIsFrozenAllHearSoInTime() {
    try (OwnRedis redis = new OwnRedis(folder)) {
      QueueStore store = store(redis.url(), null);
      comesBack(store);
      redis.freeze();
      long begun = System.nanoTime();
      List<CompletableFuture<?>> all = new ArrayList<>();
      for (int i = 0; i < 5000; i++) {
        all.add(store.line(CONCERT).toCompletableFuture());
      }
      for (CompletableFuture<?> each : all) {
        assertThatThrownBy(each::join).hasCauseInstanceOf(StoreUnavailableException.class);
      }
      assertThat(millis(begun)).isLessThan(COMMAND_MS + 3000);
      redis.thaw();
      comesBack(store);
    }
  }

  @Test
  void aWrongPasswordIsSaidWithTheAddressAndWithoutThePassword() {
    try (OwnRedis redis = new OwnRedis(folder, "--requirepass", "right-secret")) {
      String port = ":" + redis.port;
      for (QueueStore store :
          List.of(
              store(redis.url(), "wrong-secret"),
              store(redis.url(), null),
              store(URI.create("redis://:wrong-secret@127.0.0.1" + port), null))) {
        Throwable failure = failure(store);
        assertThat(failure).hasMessageContaining("redis://127.0.0.1" + port);
        assertNoneTells(failure, "wrong-secret");
      }
      comesBack(store(redis.url(), "right-secret"));
      comesBack(store(URI.create("redis://:right-secret@127.0.0.1" + port), null));
      comesBack(store(URI.create("redis://default:right-secret@127.0.0.1" + port + "/1"), null));
    }
  }

  @Test
  void aWrongAddressIsSaidWithoutThePassword() {
    for (String url :
        List.of(
            "redis://:secret@127.0.0.1:1",
            "redis://:secret@no-such-host.invalid:6379",
            "rediss://:secret@127.0.0.1:1")) {
      Throwable failure = failure(store(URI.create(url), null));
      assertThat(failure).hasMessageContaining(url.replace(":secret@", ""));
      assertNoneTells(failure, "secret");
    }
    assertThatThrownBy(() -> RedisOptions.of(URI.create("http://:secret@127.0.0.1:6379")))
        .hasMessageContaining("http://127.0.0.1:6379")
        .hasMessageNotContaining("secret");
    assertThat(RedisOptions.of(URI.create("redis://:secret@cache")))
        .hasToString("redis://cache:6379");
    assertThatThrownBy(() -> RedisOptions.of(URI.create("redis:///0")))
        .hasMessageContaining("must name a host");
  }

  private static void assertNoneTells(Throwable failure, String secret) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      assertThat(each.toString()).doesNotContain(secret);
    }
  }

  private static void assertAwayInTime(QueueStore store) {
    long begun = System.nanoTime();
    failure(store);
    // Busy machines answer late; twice the time-out would be a queue of time-outs.
    assertThat(millis(begun)).isLessThan(2 * COMMAND_MS);
  }

  private static Throwable failure(QueueStore store) {
    CompletionStage<?> stage = store.arrive(CONCERT, Crowds.newcomers(1));
    Throwable thrown =
        catchThrowable(() -> stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join());
    assertThat(thrown)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StoreUnavailableException.class);
    return Objects.requireNonNull(thrown.getCause());
  }

  private static void comesBack(QueueStore store) {
    long begun = System.nanoTime();
    while (true) {
      try {
        store.line(CONCERT).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
        return;
      } catch (CompletionException e) {
        assertThat(millis(begun)).as("back after " + e.getCause()).isLessThan(5000);
      }
    }
  }

  private static long millis(long begun) {
    return (System.nanoTime() - begun) / 1_000_000;
  }
}
