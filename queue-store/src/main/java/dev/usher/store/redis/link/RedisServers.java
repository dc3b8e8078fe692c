package dev.usher.store.redis.link;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which servers keep the line, and how the one to ask is found. */
public sealed interface RedisServers {
  /** All of them, or those that know of the others. */
  List<URI> urls();

  /** Whether those that keep the line are spoken to by TLS. */
  default boolean secure() {
    return RedisUrl.secure(urls().get(0));
  }

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
   * @param spoken how the servers are spoken to that they name
   * @param caFile certificates in PEM that the sentinels' are checked against, null for the
   *     servers'
   */
  record Sentinel(
      String master,
      List<URI> urls,
      @Nullable String user,
      @Nullable String password,
      Spoken spoken,
      @Nullable Path caFile)
      implements RedisServers {
    public Sentinel {
      urls = RedisUrl.nodes(urls);
    }

    /** Sentinels that are spoken to as their servers are. */
    public Sentinel(
        String master, List<URI> urls, @Nullable String user, @Nullable String password) {
      this(master, urls, user, password, Spoken.ALIKE, null);
    }

    /** Sentinels that ask for no password. */
    public Sentinel(String master, List<URI> urls) {
      this(master, urls, null, null);
    }

    @Override
    public boolean secure() {
      return spoken == Spoken.ALIKE ? RedisUrl.secure(urls.get(0)) : spoken == Spoken.TLS;
    }

    /** Never shows the password. */
    @Override
    public String toString() {
      String servers =
          spoken == Spoken.ALIKE
              ? ""
              : secure() ? ", its servers by TLS" : ", its servers without TLS";
      return "sentinel " + master + " at " + list(urls) + servers;
    }
  }

  /** How servers are spoken to that no URL says it of. */
  enum Spoken {
    /** As those who name them. */
    ALIKE,
    /** By TLS. */
    TLS,
    /** Without. */
    PLAIN
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
