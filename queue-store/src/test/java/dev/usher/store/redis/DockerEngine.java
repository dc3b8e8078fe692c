package dev.usher.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Docker engine that answered, asked a few plain questions before Testcontainers is let at it.
 *
 * @param address its socket
 */
record DockerEngine(SocketAddress address) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Pattern API_VERSION = Pattern.compile("(?i)\\bapi-version: *([0-9.]+)");

  /** The engine named by DOCKER_HOST, else the one behind a usual socket; empty when none is. */
  static Optional<DockerEngine> answering(Function<String, @Nullable String> environment) {
    return addresses(environment)
        .map(DockerEngine::new)
        .filter(engine -> engine.get("GET /_ping", PATIENCE).contains(" 200 "))
        .findFirst();
  }

  /** The newest version of its interface that it speaks. */
  String apiVersion() {
    Matcher version = API_VERSION.matcher(get("GET /_ping", PATIENCE));
    if (!version.find()) {
      throw new IllegalStateException("A Docker engine must tell its version but did not");
    }
    return version.group(1);
  }

  /**
   * Whether Testcontainers can tell where ports of this engine's containers are. Inside a container
   * of an engine that does not name its gateway it runs an image to find out, and waits two minutes
   * where that cannot be pulled.
   */
  boolean tellsItsAddress(Function<String, @Nullable String> environment) {
    return !Files.exists(Path.of("/.dockerenv"))
        || environment.apply("TESTCONTAINERS_HOST_OVERRIDE") != null
        || get("GET /networks/bridge", PATIENCE).contains("\"Gateway\":\"1");
  }

  boolean has(String image) {
    return get("GET /images/" + image + "/json", PATIENCE).contains(" 200 ");
  }

  /** Whether the image is there now. */
  boolean pull(String image, Duration within) {
    get("POST /images/create?fromImage=" + image, within);
    return has(image);
  }

  private static Stream<SocketAddress> addresses(Function<String, @Nullable String> environment) {
    String named = environment.apply("DOCKER_HOST");
    if (named != null && !named.isBlank()) {
      URI uri = URI.create(named);
      return "unix".equals(uri.getScheme())
          ? Stream.of(UnixDomainSocketAddress.of(uri.getPath()))
          : Stream.of(new InetSocketAddress(uri.getHost(), uri.getPort()));
    }
    String runtime = environment.apply("XDG_RUNTIME_DIR");
    return Stream.of(
            Path.of("/var/run/docker.sock"),
            Path.of(runtime == null ? "/run" : runtime, "docker.sock"),
            Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"))
        .filter(Files::exists)
        .map(UnixDomainSocketAddress::of);
  }

  /** The whole answer, or nothing when it did not come in time. */
  private String get(String methodAndPath, Duration within) {
    try (SocketChannel channel = SocketChannel.open(address);
        Selector selector = Selector.open()) {
      channel.write(UTF_8.encode(methodAndPath + " HTTP/1.0\r\n\r\n"));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      return readToTheEnd(channel, selector, within);
    } catch (IOException nobodyThere) {
      return "";
    }
  }

  private static String readToTheEnd(SocketChannel channel, Selector selector, Duration within)
      throws IOException {
    long end = System.nanoTime() + within.toNanos();
    StringBuilder answer = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    for (long left = within.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      selector.select(left);
      selector.selectedKeys().clear();
      if (channel.read(buffer) < 0) {
        return answer.toString();
      }
      answer.append(UTF_8.decode(buffer.flip()));
      buffer.clear();
    }
    return "";
  }
}
