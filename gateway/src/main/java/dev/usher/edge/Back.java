package dev.usher.edge;

import dev.usher.edge.route.Routes;
import dev.usher.http.Client;
import dev.usher.http.HostName;
import org.jspecify.annotations.Nullable;

/** The way back to the page that a visitor came from, if it is one of the same host. */
final class Back {
  /** Longest address linked back to. */
  private static final int BACK_MAX = 1000;

  private Back() {}

  /** The page of this host where the visitor was, as its path and query; null if none is told. */
  static @Nullable String to(@Nullable String referer, Client client) {
    int host = referer == null ? -1 : referer.indexOf("://") + 3;
    int path = referer == null || host < 3 ? -1 : referer.indexOf('/', host);
    if (referer == null || path < 0 || referer.length() - path > BACK_MAX) {
      return null;
    }
    String from = HostName.of(referer.substring(host, path));
    boolean ours =
        from != null
            && (from.equals(HostName.of(client.host()))
                || (client.forwardedHost() != null
                    && from.equals(HostName.of(client.forwardedHost()))));
    return ours ? within(referer.substring(path)) : null;
  }

  /** The path, if it can lead nowhere but to this host; else null. */
  static @Nullable String within(@Nullable String path) {
    return path != null
            && path.startsWith("/")
            && !path.startsWith("//")
            && !path.startsWith("/\\")
            && !path.startsWith(Routes.RESERVED)
            && path.length() <= BACK_MAX
            && path.chars().allMatch(c -> c > ' ' && c < 0x7f)
        ? path
        : null;
  }
}
