package dev.usher.config;

import dev.usher.config.schema.Origin;
import dev.usher.config.schema.Settings;
import dev.usher.store.redis.link.RedisOptions;
import dev.usher.store.redis.link.RedisServers;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code store.redis}: one server, sentinels or a cluster. */
final class RedisReader {
  static final String URL = "USHER_REDIS_URL";
  static final String PASSWORD = "USHER_REDIS_PASSWORD";
  static final String SENTINEL_PASSWORD = "USHER_REDIS_SENTINEL_PASSWORD";

  private static final List<String> WAYS = List.of("url", "sentinel", "cluster");

  private final Map<String, String> environment;

  RedisReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Null if the settings are wrong, which is then noted. */
  @Nullable RedisOptions read(Settings redis) {
    ListenReader.readable(redis, "ca");
    RedisServers servers = servers(redis);
    if (servers == null) {
      return null;
    }
    unusedAuthority(redis, servers);
    return new RedisOptions(
        servers,
        redis.textOrNull("user"),
        secret(PASSWORD),
        redis.duration("connectTimeout"),
        redis.duration("commandTimeout"),
        file(redis, "ca"));
  }

  /**
   * Warns of an authority although no server uses TLS: either TLS was meant, or everything goes
   * over the wire in the clear.
   */
  private static void unusedAuthority(Settings redis, RedisServers servers) {
    boolean named = servers.urls().get(0).getScheme().equals("rediss");
    if (redis.isSet("ca") && !named && !servers.secure()) {
      redis.warn(
          "ca", "is of no use, for nobody is spoken to by TLS: write rediss:// for redis://");
    }
    Settings sentinel = redis.groupIfSet("sentinel");
    if (sentinel != null && sentinel.isSet("ca") && !named) {
      sentinel.warn(
          "ca",
          "is of no use, for the sentinels are not spoken to by TLS: write rediss:// for redis://"
              + " in nodes");
    }
  }

  private static @Nullable Path file(Settings group, String setting) {
    String file = group.textOrNull(setting);
    return file == null || file.indexOf('\0') >= 0 ? null : Path.of(file);
  }

  private @Nullable RedisServers servers(Settings redis) {
    List<String> ways = WAYS.stream().filter(redis::isSet).toList();
    if (ways.size() != 1) {
      // The schema reports if there is none at all.
      ways.stream().skip(1).limit(1).forEach(way -> refuseSecond(redis, way, ways));
      return null;
    }
    Settings sentinel = redis.groupIfSet("sentinel");
    Settings cluster = redis.groupIfSet("cluster");
    if (sentinel != null) {
      ListenReader.readable(sentinel, "ca");
      List<URI> nodes = nodes(sentinel);
      return nodes.isEmpty()
          ? null
          : new RedisServers.Sentinel(
              sentinel.text("master"),
              nodes,
              sentinel.textOrNull("user"),
              secret(SENTINEL_PASSWORD),
              RedisServers.Spoken.valueOf(sentinel.text("servers").toUpperCase(Locale.ROOT)),
              file(sentinel, "ca"));
    }
    if (cluster != null) {
      List<URI> nodes = nodes(cluster);
      return nodes.isEmpty() ? null : new RedisServers.Cluster(nodes);
    }
    URI url = uri(redis.text("url"));
    if (url == null) {
      redis.refuse(
          "url",
          "must be a URL such as redis://host:6379/0 but its host or port cannot be read; a"
              + " password with special characters belongs into "
              + PASSWORD);
      return null;
    }
    return new RedisServers.Single(url);
  }

  private static void refuseSecond(Settings redis, String way, List<String> ways) {
    boolean byVariable = redis.origin(ways.get(0)) instanceof Origin.Named;
    redis.refuse(
        way,
        "must be the only one of url, sentinel and cluster but "
            + ways.get(0)
            + " is set, too"
            + (byVariable ? ", by " + URL : ""));
  }

  /** Empty if one of them is wrong, which is then noted. */
  private static List<URI> nodes(Settings group) {
    List<URI> urls = new ArrayList<>();
    for (Settings.Item item : group.items("nodes")) {
      URI url = uri(item.text());
      if (url == null) {
        group.refuse(
            item, "must be a URL such as redis://host:26379 but its host or port cannot be read");
        return List.of();
      }
      if (!urls.isEmpty() && !urls.get(0).getScheme().equals(url.getScheme())) {
        group.refuse(item, "must begin as the others do: all with redis:// or all with rediss://");
        return List.of();
      }
      urls.add(url);
    }
    return urls;
  }

  private static @Nullable URI uri(String text) {
    try {
      URI url = URI.create(text);
      return url.getHost() != null && url.getPort() <= 65535 ? url : null;
    } catch (IllegalArgumentException e) {
      // The exception's message repeats the URL, which may hold a password; ours does not.
      return null;
    }
  }

  private @Nullable String secret(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }
}
