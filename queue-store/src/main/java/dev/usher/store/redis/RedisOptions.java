package dev.usher.store.redis;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Redis.
 *
 * @param url {@code redis://host:6379/0}, or {@code rediss://} for TLS
 * @param user ACL user, null for the default one
 * @param password null when none is asked for
 * @param connectTimeout longest wait for a connection
 * @param commandTimeout longest wait for an answer; beyond it the store counts as unavailable
 */
public record RedisOptions(
    URI url,
    @Nullable String user,
    @Nullable String password,
    Duration connectTimeout,
    Duration commandTimeout) {

  private static final int PORT = 6379;

  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  public static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(1);

  public RedisOptions {
    String scheme = url.getScheme();
    if (!"redis".equals(scheme) && !"rediss".equals(scheme)) {
      throw new IllegalArgumentException(
          // Not the URL itself: it may hold a password.
          "A Redis URL must begin with redis:// or rediss:// but its scheme was " + scheme);
    }
  }

  /** Options with the default time-outs, user and password taken from the URL. */
  public static RedisOptions of(URI url) {
    return new RedisOptions(url, null, null, CONNECT_TIMEOUT, COMMAND_TIMEOUT);
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    int port = url.getPort() < 0 ? PORT : url.getPort();
    return url.getScheme() + "://" + url.getHost() + ":" + port;
  }
}
