package dev.usher.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("redis")
final class RedisFinderTest {
  private static final String IMAGE =
      System.getProperty("usher.test.redis.image", "redis:7.0-alpine");
  private static final Map<String, String> NO_ENGINE =
      Map.of("DOCKER_HOST", "unix:///nowhere/docker.sock");

  @Test
  void aRedisNamedByTheEnvironmentComesFirstAndIsNotStopped() {
    try (FoundRedis own = found("embedded", NO_ENGINE)) {
      String url = own.url().toString();
      try (FoundRedis named = found("auto", Map.of("USHER_TEST_REDIS", url))) {
        assertThat(named.kind()).isEqualTo(FoundRedis.Kind.NAMED);
        assertThat(named.url()).isEqualTo(own.url());
      }
      assertThat(RedisWire.ask(own.url(), "PING")).isEqualTo("PONG");
    }
  }

  @Test
  void aContainerComesSecondWhereAnEngineHasTheImage() {
    assumeTrue(
        DockerEngine.answering(System::getenv)
            .filter(engine -> engine.tellsItsAddress(System::getenv) && engine.has(IMAGE))
            .isPresent(),
        "no Docker engine with " + IMAGE);
    try (FoundRedis redis = new RedisFinder(System::getenv, "auto", IMAGE).find()) {
      assertThat(redis.kind()).isEqualTo(FoundRedis.Kind.CONTAINER);
      assertThat(redis.toString()).contains(" in a container of " + IMAGE + " at redis://");
    }
  }

  @Test
  void aServerOnThePathComesThirdAndTheEmbeddedOneLast() {
    try (FoundRedis last = found("auto", NO_ENGINE)) {
      assertThat(last.kind()).isEqualTo(FoundRedis.Kind.EMBEDDED);
      assertThat(last.version()).isEqualTo("7.0.15");
    }
    String path = System.getenv("PATH");
    assumeTrue(hasServer(path), "no redis-server on the PATH");
    Map<String, String> withPath =
        Map.of("PATH", path, "DOCKER_HOST", "unix:///nowhere/docker.sock");
    try (FoundRedis third = found("auto", withPath)) {
      assertThat(third.kind()).isEqualTo(FoundRedis.Kind.SERVER);
    }
  }

  @Test
  void aServerThatIsInsistedOnButMissingFailsWithTheFix() {
    assertThatThrownBy(() -> found("server", Map.of("PATH", "/nowhere")))
        .hasMessageContaining("needs redis-server on the PATH")
        .hasMessageContaining("apt-get install redis-server");
  }

  @Test
  void aContainerThatIsInsistedOnWithoutAnEngineFailsWithTheFix() {
    assertThatThrownBy(() -> found("container", NO_ENGINE))
        .hasMessageContaining("needs a Docker engine but none answered")
        .hasMessageContaining("DOCKER_HOST");
  }

  @Test
  void aWrongModeIsRefusedByName() {
    assertThatThrownBy(() -> found("docker", NO_ENGINE))
        .hasMessage("usher.test.redis must be auto, container, server or embedded but was docker");
  }

  @Test
  void aStoppedServerAnswersNoMore() {
    FoundRedis redis = found("embedded", NO_ENGINE);
    redis.close();
    assertThatThrownBy(() -> RedisWire.ask(redis.url(), "PING"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aFreshRedisHoldsNothing() {
    RedisWire.ask(TestRedis.url(), "SET", "left-over", "1");
    assertThat(RedisWire.ask(TestRedis.fresh(), "DBSIZE")).isEqualTo("0");
  }

  private static FoundRedis found(String mode, Map<String, String> environment) {
    return new RedisFinder(environment::get, mode, IMAGE).find();
  }

  private static boolean hasServer(String path) {
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, "redis-server"))) {
        return true;
      }
    }
    return false;
  }
}
