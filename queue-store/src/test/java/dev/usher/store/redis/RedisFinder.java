package dev.usher.store.redis;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisExecProvider;

/**
 * Finds a Redis for tests, in the order that {@link TestRedis} promises.
 *
 * @param environment the variables of the process
 * @param mode auto, container, server or embedded
 * @param image the image of the container
 */
record RedisFinder(Function<String, @Nullable String> environment, String mode, String image) {
  /** An engine without the image gets so long to pull it before the next way is tried. */
  private static final Duration PULL = Duration.ofSeconds(60);

  FoundRedis find() {
    return switch (mode) {
      case "auto" ->
          named().or(this::container).or(this::serverOnPath).orElseGet(RedisFinder::embedded);
      case "container" ->
          engine()
              .map(engine -> RedisContainer.start(image, engine))
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "usher.test.redis=container needs a Docker engine but none answered:"
                              + " start one, name it in DOCKER_HOST (inside a container also"
                              + " set TESTCONTAINERS_HOST_OVERRIDE), or leave the property out"));
      case "server" ->
          serverOnPath()
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "usher.test.redis=server needs redis-server on the PATH but none is"
                              + " there: install it (apt-get install redis-server), or leave the"
                              + " property out"));
      case "embedded" -> embedded();
      default ->
          throw new IllegalStateException(
              "usher.test.redis must be auto, container, server or embedded but was " + mode);
    };
  }

  private Optional<FoundRedis> named() {
    return variable("USHER_TEST_REDIS")
        .map(
            url ->
                new FoundRedis(
                    FoundRedis.Kind.NAMED, "named by USHER_TEST_REDIS", URI.create(url), () -> {}));
  }

  private Optional<FoundRedis> container() {
    // Asked before Testcontainers is, which takes seconds and pages of output to find no engine,
    // and tries two minutes for an image that cannot be had.
    return engine()
        .filter(engine -> engine.has(image) || engine.pull(image, PULL))
        .map(engine -> RedisContainer.start(image, engine));
  }

  private Optional<DockerEngine> engine() {
    return DockerEngine.answering(environment).filter(e -> e.tellsItsAddress(environment));
  }

  private Optional<FoundRedis> serverOnPath() {
    return programOnPath()
        .map(
            program ->
                RedisProcess.start(
                    program, FoundRedis.Kind.SERVER, "on the PATH (" + program + ")"));
  }

  /** A server's program, for tests that start and stop one themselves. */
  static Path program() {
    return new RedisFinder(System::getenv, "auto", "")
        .programOnPath()
        .orElseGet(RedisFinder::embeddedProgram);
  }

  private Optional<Path> programOnPath() {
    String[] folders = variable("PATH").orElse("").split(File.pathSeparator, -1);
    for (String folder : folders) {
      Path program = Path.of(folder, "redis-server");
      if (Files.isExecutable(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  private static FoundRedis embedded() {
    return RedisProcess.start(embeddedProgram(), FoundRedis.Kind.EMBEDDED, "from embedded-redis");
  }

  private static Path embeddedProgram() {
    try {
      return RedisExecProvider.defaultProvider().get().toPath();
    } catch (IOException e) {
      throw new IllegalStateException("embedded-redis must unpack its binary but could not", e);
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isBlank());
  }
}
