package dev.usher.store.redis;

import java.net.URI;
import java.nio.file.Path;
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
 * @param caFile certificates in PEM that a TLS server's is checked against, null for Java's own
 */
public record RedisOptions(
    URI url,
    @Nullable String user,
    @Nullable String password,
    Duration connectTimeout,
    Duration commandTimeout,
    @Nullable Path caFile) {

  private static final int PORT = 6379;

  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  public static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(1);

  public RedisOptions {
    String scheme = url.getScheme();
    if (!"redis".equals(scheme) && !"rediss".equals(scheme)) {
      throw new IllegalArgumentException(
          "A Redis URL must begin with redis:// or rediss:// but was " + shown(url));
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException(
          "A Redis URL must name a host, of letters, digits, dots and hyphens, but was "
              + shown(url));
    }
  }

  /** Options with certificates as Java has them. */
  public RedisOptions(
      URI url,
      @Nullable String user,
      @Nullable String password,
      Duration connectTimeout,
      Duration commandTimeout) {
    this(url, user, password, connectTimeout, commandTimeout, null);
  }

  /** Options with the default time-outs, user and password taken from the URL. */
  public static RedisOptions of(URI url) {
    return new RedisOptions(url, null, null, CONNECT_TIMEOUT, COMMAND_TIMEOUT);
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return shown(url);
  }

  private static String shown(URI url) {
    String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
    String address = authority.substring(authority.lastIndexOf('@') + 1);
    String port = url.getHost() != null && url.getPort() < 0 ? ":" + PORT : "";
    return url.getScheme() + "://" + address + port;
  }
}
