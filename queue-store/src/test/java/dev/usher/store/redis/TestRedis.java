package dev.usher.store.redis;

import java.net.URI;

/**
 * The one Redis of this test JVM, started when first asked for and stopped when the JVM ends.
 *
 * <p>Found in this order: the URL in {@code USHER_TEST_REDIS}; a container, when a Docker engine
 * answers; {@code redis-server} on the PATH; the binary within embedded-redis. The system property
 * {@code usher.test.redis} (container, server or embedded, by default auto) insists on one of them.
 */
public final class TestRedis {
  private TestRedis() {}

  /** Where it is. What earlier tests wrote is still there. */
  public static URI url() {
    return Holder.FOUND.url();
  }

  /** Where it is, after everything in it was removed: keys, scripts and functions. */
  public static URI fresh() {
    URI url = url();
    // Not FLUSHALL: the database named by USHER_TEST_REDIS may have neighbours.
    RedisWire.ask(url, "FLUSHDB");
    RedisWire.ask(url, "SCRIPT", "FLUSH");
    RedisWire.ask(url, "FUNCTION", "FLUSH");
    return url;
  }

  /** Asks it something, past the client under test. */
  public static String ask(String... command) {
    return RedisWire.ask(url(), command);
  }

  /** Initialised by the JVM at first use, once, whatever the number of threads that ask. */
  private static final class Holder {
    static final FoundRedis FOUND = find();

    private static FoundRedis find() {
      FoundRedis found =
          new RedisFinder(
                  System::getenv,
                  System.getProperty("usher.test.redis", "auto"),
                  System.getProperty("usher.test.redis.image", "redis:7.0-alpine"))
              .find();
      Runtime.getRuntime().addShutdownHook(new Thread(found::close, "stop-test-redis"));
      System.out.println("Redis for tests: " + found);
      return found;
    }
  }
}
