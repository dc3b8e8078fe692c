package dev.usher.store.redis.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.store.QueueStore;
import dev.usher.store.StoreUnavailableException;
import dev.usher.store.redis.Crowd;
import dev.usher.store.redis.OwnRedis;
import dev.usher.store.redis.RedisWire;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A master that sentinels replace, in the middle of a crowd. */
@Tag("redis")
@Tag("topology")
@Execution(ExecutionMode.CONCURRENT)
final class SentinelTest {
  private final Path folder;
  private final Vertx vertx = Vertx.vertx();

  SentinelTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void closeVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private QueueStore store(RedisServers servers) {
    return RedisReplicas.unsettled(vertx, RedisOptions.of(servers));
  }

  @Test
  void aCrowdGoesOnByItselfWhenTheMasterIsKilledAndAReplicaTakesOver() {
    try (SentinelSet set = new SentinelSet(folder);
        Crowd crowd = new Crowd(store(set.servers()), "shop")) {
      crowd.await(50);
      assertThat(crowd.failures()).isEmpty();
      set.master().kill();
      set.awaitMaster(set.all().get(1));
      long promoted = System.nanoTime();
      crowd.await(50);
      // 50 arrivals take some 0.2 s.
      assertThat((System.nanoTime() - promoted) / 1_000_000).isLessThan(2_500);
      System.out.println("Fail-over by sentinels: no number for " + crowd.longestMs() + " ms");
      assertThat(crowd.numbers()).isSortedAccordingTo(Long::compare).doesNotHaveDuplicates();
    }
  }

  @Test
  void aMasterThatHangsIsLeftForTheNewOneAndNotGoneBackTo() {
    try (SentinelSet set = new SentinelSet(folder);
        Crowd crowd = new Crowd(store(set.servers()), "shop")) {
      crowd.await(50);
      OwnRedis old = set.master();
      old.freeze();
      set.awaitMaster(set.all().get(1));
      crowd.await(50);
      old.thaw();
      int failures = crowd.failures().size();
      // It takes itself for the master until the sentinels tell it, seconds later.
      assertThat(RedisWire.ask(old.url(), "INFO")).contains("role:master");
      crowd.await(500);
      assertThat(crowd.failures()).hasSize(failures);
    }
  }

  @Test
  void oneSentinelOfThreeIsEnoughToFindTheMasterAndAWrongNameIsSaid() {
    try (SentinelSet set = new SentinelSet(folder)) {
      set.sentinels().get(0).kill();
      set.sentinels().get(2).freeze();
      try (Crowd crowd = new Crowd(store(set.servers()), "shop")) {
        crowd.await(20);
      }
      List<URI> urls = List.of(set.sentinels().get(1).url());
      // The least rights, as docs/store.md has them.
      String rule = "on >other resetchannels -@all +sentinel|get-master-addr-by-name";
      RedisWire.ask(urls.get(0), ("ACL SETUSER usher " + rule).split(" ", -1));
      QueueStore least = store(new RedisServers.Sentinel("shop", urls, "usher", "other"));
      least.line(Crowd.queue("shop")).toCompletableFuture().join();
      QueueStore wrong = store(new RedisServers.Sentinel("shopp", urls));
      assertThatThrownBy(() -> wrong.line(Crowd.queue("shop")).toCompletableFuture().join())
          .hasCauseInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("The sentinels know no master named shopp");
      set.sentinels().get(2).thaw();
    }
  }
}
