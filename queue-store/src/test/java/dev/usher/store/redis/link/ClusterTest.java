package dev.usher.store.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Crowds;
import dev.usher.store.NumberBlock;
import dev.usher.store.QueueStore;
import dev.usher.store.redis.Crowd;
import dev.usher.store.redis.OwnRedis;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose slots move and whose masters die, in the middle of a crowd. */
@Tag("redis")
@Tag("topology")
final class ClusterTest {
  /** On different shards, as is checked. */
  private static final String SHOP = "shop";

  private static final String CINEMA = "cinema";

  private final Vertx vertx = Vertx.vertx();
  private final ClusterSet cluster;
  private final QueueStore store;

  ClusterTest(@TempDir Path folder) {
    cluster = new ClusterSet(folder);
    store = RedisReplicas.unsettled(vertx, RedisOptions.of(cluster.servers()));
  }

  @BeforeEach
  void theUpstreamsLieOnDifferentShards() {
    assertThat(ClusterSet.shardOf(SHOP)).isNotEqualTo(ClusterSet.shardOf(CINEMA));
  }

  @AfterEach
  void close() {
    store.close().toCompletableFuture().join();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    cluster.close();
  }

  private OwnRedis master(String upstream) {
    return cluster.nodes().get(ClusterSet.shardOf(upstream));
  }

  private OwnRedis replica(String upstream) {
    return cluster.nodes().get(3 + ClusterSet.shardOf(upstream));
  }

  @Test
  void aSlotMovesDuringACrowdAndNoNumberIsLostOrGivenTwice() {
    try (Crowd shop = new Crowd(store, SHOP);
        Crowd cinema = new Crowd(store, CINEMA)) {
      shop.await(50);
      OwnRedis from = master(SHOP);
      OwnRedis to = master(CINEMA);
      cluster.beginMove(SHOP, from, to);
      cinema.await(20);
      cluster.endMove(SHOP, from, to);
      shop.await(50);
      assertThat(shop.failures()).isEmpty();
      assertThat(cinema.failures()).isEmpty();
      assertThat(shop.numbers()).startsWith(1L, 2L).isSorted().doesNotHaveDuplicates();
      assertThat(shop.numbers().get(shop.numbers().size() - 1)).isEqualTo(shop.numbers().size());
    }
  }

  @Test
  void callsKeepTheirOrderWhileTheirSlotMoves() {
    arrive(SHOP, 1).join();
    OwnRedis from = master(SHOP);
    OwnRedis to = master(CINEMA);
    List<CompletableFuture<NumberBlock>> all = new ArrayList<>();
    cluster.beginMove(SHOP, from, to);
    for (int i = 0; i < 200; i++) {
      all.add(arrive(SHOP, 1));
      if (i == 100) {
        cluster.endMove(SHOP, from, to);
      }
    }
    List<Long> numbers = all.stream().map(each -> each.join().first()).toList();
    assertThat(numbers).hasSize(200).isSorted().doesNotHaveDuplicates();
  }

  private CompletableFuture<NumberBlock> arrive(String upstream, int count) {
    return store.arrive(Crowd.queue(upstream), Crowds.newcomers(count)).toCompletableFuture();
  }

  @Test
  void aLostMasterIsReplacedByItsReplicaAndHurtsNoOtherShard() {
    try (Crowd shop = new Crowd(store, SHOP);
        Crowd cinema = new Crowd(store, CINEMA)) {
      shop.await(50);
      cinema.await(50);
      master(SHOP).kill();
      cluster.awaitMaster(replica(SHOP));
      long promoted = System.nanoTime();
      shop.await(50);
      assertThat((System.nanoTime() - promoted) / 1_000_000).isLessThan(2_500);
      System.out.println("Fail-over of a shard: no number for " + shop.longestMs() + " ms");
      assertThat(shop.failures()).isNotEmpty();
      assertThat(cinema.failures()).isEmpty();
      assertThat(cinema.longestMs()).isLessThan(shop.longestMs());
    }
  }
}
