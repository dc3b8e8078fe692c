package dev.usher.store.redis.link;

import java.net.URI;

/**
 * Where a Redis server is.
 *
 * @param scheme redis, or rediss for TLS
 * @param host a name or an address, one of IPv6 without brackets
 * @param port 1 to 65535
 */
record Address(String scheme, String host, int port) {
  static Address of(URI url) {
    int port = url.getPort() < 0 ? RedisUrl.PORT : url.getPort();
    return new Address(url.getScheme(), url.getHost().replaceAll("^\\[|]$", ""), port);
  }

  /** As MOVED and ASK name another server: {@code host:port}, without a host when it is ours. */
  Address other(String named) {
    int colon = named.lastIndexOf(':');
    return other(named.substring(0, colon), Integer.parseInt(named.substring(colon + 1)));
  }

  Address other(String otherHost, int otherPort) {
    return new Address(scheme, otherHost.isEmpty() ? host : otherHost, otherPort);
  }

  boolean secure() {
    return scheme.equals("rediss");
  }

  /** The same, spoken to so. */
  Address spokenTo(boolean byTls) {
    return new Address(byTls ? "rediss" : "redis", host, port);
  }

  @Override
  public String toString() {
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
