package dev.usher.store.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import dev.usher.store.QueueStore;
import dev.usher.store.redis.Crowd;
import dev.usher.store.redis.Logged;
import dev.usher.store.redis.OwnCertificate;
import dev.usher.store.redis.OwnRedis;
import dev.usher.store.redis.RedisQueueStore;
import dev.usher.store.redis.link.RedisServers.Spoken;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sentinel and the server that it names, of which one speaks TLS or each has an own authority.
 */
@Tag("redis")
final class SentinelTlsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final Path folder;
  private final Vertx vertx = Vertx.vertx();

  SentinelTlsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void makeCertificates() throws IOException, InterruptedException {
    OwnCertificate.make(folder, "server", "IP:127.0.0.1");
    OwnCertificate.make(folder, "sentinel", "IP:127.0.0.1");
  }

  @AfterEach
  void closeVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private OwnRedis server() {
    Path own = SentinelSet.folder(folder, "redis");
    return new OwnRedis(own, OwnCertificate.options(folder, "server").toArray(String[]::new));
  }

  /** It never reaches a server of TLS and does not care: nobody is there to take over. */
  private OwnRedis sentinel(int serverPort) throws IOException {
    Path own = SentinelSet.folder(folder, "watch");
    Path file = own.resolve("sentinel.conf");
    Files.writeString(file, "sentinel monitor shop 127.0.0.1 " + serverPort + " 2\n");
    return OwnRedis.sentinel(
        own, file, OwnCertificate.options(folder, "sentinel").toArray(String[]::new));
  }

  private RedisServers.Sentinel at(String scheme, int port, Spoken spoken, @Nullable String ca) {
    List<URI> nodes = List.of(URI.create(scheme + "://127.0.0.1:" + port));
    return new RedisServers.Sentinel("shop", nodes, null, null, spoken, file(ca));
  }

  private @Nullable Path file(@Nullable String certificate) {
    return certificate == null ? null : folder.resolve(certificate + ".crt");
  }

  private QueueStore store(RedisServers servers, @Nullable String ca) {
    return store(servers, ca, PATIENCE);
  }

  private QueueStore store(RedisServers servers, @Nullable String ca, Duration connecting) {
    return RedisQueueStore.at(
        vertx, new RedisOptions(servers, null, null, connecting, PATIENCE, file(ca)), "one");
  }

  private void answers(RedisServers servers, @Nullable String ca) {
    QueueStore store = store(servers, ca);
    assertThat(store.line(Crowd.queue("shop")).toCompletableFuture())
        .succeedsWithin(20, TimeUnit.SECONDS);
    store.close().toCompletableFuture().join();
  }

  private void told(RedisServers servers, @Nullable String ca, String fix) {
    told(store(servers, ca), servers, fix);
  }

  /** Every call fails; one whose time is over before the handshake is does not say why. */
  private void told(QueueStore store, RedisServers servers, String fix) {
    try (Logged log = new Logged(servers.toString())) {
      Wait.within(
          Duration.ofSeconds(60),
          "\"" + fix + "\" is said",
          () -> {
            assertThat(store.line(Crowd.queue("shop")).toCompletableFuture())
                .failsWithin(20, TimeUnit.SECONDS);
            return log.values("store_unavailable", "fix").stream().anyMatch(f -> f.contains(fix));
          });
    }
    store.close().toCompletableFuture().join();
  }

  @Test
  void serversSpeakTlsAndSentinelsDoNot() throws IOException {
    try (OwnRedis server = server();
        OwnRedis sentinel = sentinel(server.tlsPort)) {
      answers(at("redis", sentinel.port, Spoken.TLS, null), "server");
      told(
          at("redis", sentinel.port, Spoken.ALIKE, null),
          "server",
          "set store.redis.sentinel.servers to tls");
      told(at("redis", sentinel.port, Spoken.TLS, null), null, "set store.redis.ca to the file");
    }
  }

  @Test
  void sentinelsSpeakTlsAndServersDoNot() throws IOException {
    try (OwnRedis server = server();
        OwnRedis sentinel = sentinel(server.port)) {
      answers(at("rediss", sentinel.tlsPort, Spoken.PLAIN, "sentinel"), null);
      answers(at("rediss", sentinel.tlsPort, Spoken.PLAIN, null), "sentinel");
      told(
          at("rediss", sentinel.tlsPort, Spoken.ALIKE, "sentinel"),
          "server",
          "set store.redis.sentinel.servers to plain");
      told(
          at("rediss", sentinel.port, Spoken.PLAIN, "sentinel"),
          null,
          "in store.redis.sentinel.nodes");
    }
  }

  @Test
  void aSentinelWithoutTlsIsNamedWhicheverTimeIsOverFirst() throws IOException {
    try (OwnRedis server = server();
        OwnRedis sentinel = sentinel(server.port)) {
      RedisServers spoken = at("rediss", sentinel.port, Spoken.PLAIN, "sentinel");
      QueueStore store = store(spoken, null, Duration.ofSeconds(1));
      told(store, spoken, "in store.redis.sentinel.nodes");
    }
  }

  @Test
  void eachIsKnownByAnAuthorityOfItsOwn() throws IOException {
    try (OwnRedis server = server();
        OwnRedis sentinel = sentinel(server.tlsPort)) {
      answers(at("rediss", sentinel.tlsPort, Spoken.ALIKE, "sentinel"), "server");
      told(
          at("rediss", sentinel.tlsPort, Spoken.ALIKE, null),
          "server",
          "set store.redis.sentinel.ca, or store.redis.ca, to the file");
      told(
          at("rediss", sentinel.tlsPort, Spoken.ALIKE, "sentinel"),
          "sentinel",
          "set store.redis.ca to the file");
    }
  }
}
