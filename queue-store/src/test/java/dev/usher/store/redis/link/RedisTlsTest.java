package dev.usher.store.redis.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreUnavailableException;
import dev.usher.store.redis.Logged;
import dev.usher.store.redis.OwnCertificate;
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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("redis")
final class RedisTlsTest {
  private static final Queue CONCERT =
      new Queue(
          "shop",
          "concert",
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(45));

  private final Path folder;
  private final Vertx vertx = Vertx.vertx();

  RedisTlsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void makeCertificates() throws IOException, InterruptedException {
    OwnCertificate.make(folder, "right", "DNS:localhost");
    OwnCertificate.make(folder, "other", "DNS:elsewhere");
  }

  @AfterEach
  void closeVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private OwnRedis redis(String certificate, String... more) {
    List<String> options = new ArrayList<>(OwnCertificate.options(folder, certificate));
    options.addAll(List.of("--requirepass", "secret"));
    options.addAll(List.of(more));
    return new OwnRedis(folder, options.toArray(String[]::new));
  }

  private long ask(OwnRedis redis, @Nullable String ca) {
    URI url = URI.create("rediss://:secret@localhost:" + redis.tlsPort);
    return ask(new RedisServers.Single(url), null, ca);
  }

  private long ask(RedisServers servers, @Nullable String password, @Nullable String ca) {
    Path file = ca == null ? null : folder.resolve(ca + ".crt");
    Duration patience = Duration.ofSeconds(10);
    RedisOptions options = new RedisOptions(servers, null, password, patience, patience, file);
    QueueStore store = RedisQueueStore.at(vertx, options, "one");
    return store.line(CONCERT).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join().time();
  }

  @Test
  void theNodesOfAClusterAreAskedOverTlsToo() {
    try (OwnRedis redis =
        redis(
            "right",
            "--cluster-enabled",
            "yes",
            "--cluster-port",
            "{bus}",
            "--tls-cluster",
            "yes")) {
      URI plain = URI.create("redis://:secret@127.0.0.1:" + redis.port);
      RedisWire.ask(plain, "CLUSTER", "ADDSLOTSRANGE", "0", "16383");
      SentinelSet.until(() -> RedisWire.ask(plain, "CLUSTER", "INFO").contains("cluster_state:ok"));
      URI url = URI.create("rediss://localhost:" + redis.tlsPort);
      RedisServers cluster = new RedisServers.Cluster(List.of(url));
      assertThat(ask(cluster, "secret", "right")).isPositive();
    }
  }

  @Test
  void aServerIsAskedOverTlsWhenItsCertificateIsTrusted() {
    try (OwnRedis redis = redis("right")) {
      assertThat(ask(redis, "right")).isPositive();
    }
  }

  @Test
  void aServerWhoseCertificateIsNotTrustedIsNotAsked() {
    try (OwnRedis redis = redis("right")) {
      for (String ca : new String[] {null, "other"}) {
        assertThatThrownBy(() -> ask(redis, ca))
            .hasCauseInstanceOf(StoreUnavailableException.class)
            .hasMessageContaining("rediss://localhost:" + redis.tlsPort)
            .hasMessageNotContaining("secret");
      }
    }
  }

  @Test
  void whoSpeaksPlainlyToTlsAndTheOtherWayRoundIsToldToWriteTheOtherAndOnce() {
    try (OwnRedis redis = redis("right")) {
      assertTold("redis://:secret@localhost:" + redis.tlsPort, "write rediss:// instead");
      assertTold("rediss://:secret@localhost:" + redis.port, "write redis:// instead");
    }
  }

  @Test
  void whoseAuthorityIsNotTrustedIsToldToNameIt() {
    try (OwnRedis redis = redis("right")) {
      assertTold("rediss://:secret@localhost:" + redis.tlsPort, "set store.redis.ca");
    }
  }

  /** Asks ten times, and nobody but ourselves says anything of it, and we once. */
  private void assertTold(String url, String fix) {
    URI at = URI.create(url);
    Duration patience = Duration.ofSeconds(3);
    RedisServers servers = new RedisServers.Single(at);
    RedisOptions options = new RedisOptions(servers, null, null, patience, patience, null);
    QueueStore store = RedisQueueStore.at(vertx, options, "one");
    try (Logged log = new Logged(":" + at.getPort())) {
      for (int i = 0; i < 10; i++) {
        assertThat(store.line(CONCERT).toCompletableFuture()).failsWithin(20, TimeUnit.SECONDS);
      }
      assertThat(log.values("store_unavailable", "kind"))
          .singleElement()
          .isIn("tls", "unreachable", "timed_out");
      assertThat(log.values("store_unavailable", "fix").get(0)).contains(fix);
    }
    store.close().toCompletableFuture().join();
  }

  @Test
  void aServerWithTheCertificateOfAnotherIsNotAsked() {
    try (OwnRedis redis = redis("other")) {
      assertThatThrownBy(() -> ask(redis, "other"))
          .hasCauseInstanceOf(StoreUnavailableException.class);
    }
  }
}
