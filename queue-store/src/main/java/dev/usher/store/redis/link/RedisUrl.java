package dev.usher.store.redis.link;

import java.net.URI;
import java.util.List;

/** What a URL of a Redis must be, and how it is shown without its password. */
final class RedisUrl {
  static final int PORT = 6379;

  private RedisUrl() {}

  static void check(URI url) {
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

  static boolean secure(URI url) {
    return "rediss".equals(url.getScheme());
  }

  /** Nodes of one set: all with TLS or none, and nothing but host and port. */
  static List<URI> nodes(List<URI> urls) {
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("At least one Redis node must be named but none was");
    }
    for (URI url : urls) {
      check(url);
      if (url.getUserInfo() != null || !(url.getPath().isEmpty() || url.getPath().equals("/"))) {
        throw new IllegalArgumentException(
            "A Redis node must be named without user, password and database but was "
                + shown(url)
                + " with more");
      }
      if (!url.getScheme().equals(urls.get(0).getScheme())) {
        throw new IllegalArgumentException(
            "Redis nodes must all begin with redis:// or all with rediss:// but were "
                + shown(urls.get(0))
                + " and "
                + shown(url));
      }
    }
    return List.copyOf(urls);
  }

  static String shown(URI url) {
    String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
    String address = authority.substring(authority.lastIndexOf('@') + 1);
    String port = url.getHost() != null && url.getPort() < 0 ? ":" + PORT : "";
    return url.getScheme() + "://" + address + port;
  }
}
