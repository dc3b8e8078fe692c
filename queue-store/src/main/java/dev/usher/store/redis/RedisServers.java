package dev.usher.store.redis;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which servers keep the line, and how the one to ask is found. */
public sealed interface RedisServers {
  /** All of them, or those that know of the others. */
  List<URI> urls();

  /**
   * One server.
   *
   * @param url {@code redis://host:6379/0}, or {@code rediss://} for TLS
   */
  record Single(URI url) implements RedisServers {
    public Single {
      RedisUrl.check(url);
    }

    @Override
    public List<URI> urls() {
      return List.of(url);
    }

    /** Never shows the password. */
    @Override
    public String toString() {
      return RedisUrl.shown(url);
    }
  }

  /**
   * A master and its replicas, watched by sentinels that know which of them is the master.
   *
   * @param master the name by which the sentinels know it
   * @param urls the sentinels
   * @param user ACL user of the sentinels, null for the default one
   * @param password of the sentinels, null when they ask for none
   */
  record Sentinel(String master, List<URI> urls, @Nullable String user, @Nullable String password)
      implements RedisServers {
    public Sentinel {
      urls = RedisUrl.nodes(urls);
    }

    /** Sentinels that ask for no password. */
    public Sentinel(String master, List<URI> urls) {
      this(master, urls, null, null);
    }

    /** Never shows the password. */
    @Override
    public String toString() {
      return "sentinel " + master + " at " + list(urls);
    }
  }

  /**
   * A cluster. Each upstream lies on one of its shards.
   *
   * @param urls some of its nodes; these know the others
   */
  record Cluster(List<URI> urls) implements RedisServers {
    public Cluster {
      urls = RedisUrl.nodes(urls);
    }

    @Override
    public String toString() {
      return "cluster at " + list(urls);
    }
  }

  private static String list(List<URI> urls) {
    return urls.stream().map(RedisUrl::shown).collect(Collectors.joining(", "));
  }
}
