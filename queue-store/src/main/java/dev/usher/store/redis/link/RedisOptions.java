package dev.usher.store.redis.link;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Redis.
 *
 * @param servers one server, sentinels or a cluster
 * @param user ACL user, null for the default one
 * @param password null when none is asked for
 * @param connectTimeout longest wait for a connection
 * @param commandTimeout longest wait for an answer; beyond it the store counts as unavailable
 * @param caFile certificates in PEM that a TLS server's is checked against, null for Java's own
 */
public record RedisOptions(
    RedisServers servers,
    @Nullable String user,
    @Nullable String password,
    Duration connectTimeout,
    Duration commandTimeout,
    @Nullable Path caFile) {

  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  public static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(1);

  /** Options of a single server with certificates as Java has them. */
  public RedisOptions(
      URI url,
      @Nullable String user,
      @Nullable String password,
      Duration connectTimeout,
      Duration commandTimeout) {
    this(new RedisServers.Single(url), user, password, connectTimeout, commandTimeout, null);
  }

  /** Options with the default time-outs, user and password taken from the URL. */
  public static RedisOptions of(URI url) {
    return of(new RedisServers.Single(url));
  }

  /** Options with the default time-outs, without user and password. */
  public static RedisOptions of(RedisServers servers) {
    return new RedisOptions(servers, null, null, CONNECT_TIMEOUT, COMMAND_TIMEOUT, null);
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return servers.toString();
  }
}
