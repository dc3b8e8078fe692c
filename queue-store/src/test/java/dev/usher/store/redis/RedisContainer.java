package dev.usher.store.redis;

import java.net.URI;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A Redis server in a container. */
final class RedisContainer {
  private static final int PORT = 6379;

  private RedisContainer() {}

  static FoundRedis start(String image, DockerEngine engine) {
    // Testcontainers' client speaks a fixed version, which an older engine refuses.
    System.setProperty("api.version", engine.apiVersion());
    return start(image);
  }

  // Closed by FoundRedis, at the end of the JVM.
  @SuppressWarnings("resource")
  private static FoundRedis start(String image) {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withExposedPorts(PORT)
            .withCommand("--save", "", "--protected-mode", "no")
            // Not the default, a check by the container's own shell: a small image has none.
            .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*", 1));
    container.start();
    URI url = URI.create("redis://" + container.getHost() + ":" + container.getMappedPort(PORT));
    return new FoundRedis(
        FoundRedis.Kind.CONTAINER, "in a container of " + image, url, container::stop);
  }
}
