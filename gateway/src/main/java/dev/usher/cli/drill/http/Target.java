package dev.usher.cli.drill.http;

import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/**
 * An address that a crowd goes to.
 *
 * @param host as the visitors' Host header names it
 * @param address the address of {@code host}, looked up once and not by every visitor
 * @param port TCP port
 * @param tls whether visitors speak TLS
 * @param path path and query of the page they open
 */
public record Target(String host, InetAddress address, int port, boolean tls, String path) {

  /** Reads {@code http://host:port/path}; https works too. */
  public static Target of(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wrong(url), e);
    }
    String scheme = uri.getScheme();
    String host = uri.getHost();
    if (host == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(wrong(url));
    }
    boolean tls = "https".equals(scheme);
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    try {
      return new Target(host, InetAddress.getByName(host), port, tls, path + query);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("The host of " + url + " is not known here.", e);
    }
  }

  /** Refuses a host that may be somebody else's, where a flash crowd would be an attack. */
  public void mustBeOurs(List<String> owned) {
    if (!address.isLoopbackAddress() && !owned.contains(host)) {
      throw new IllegalArgumentException(
          "A drill must go to a loopback address but was sent to "
              + host
              + ". If that host is yours and may be flooded, say so: --target-is-mine "
              + host);
    }
  }

  /** The address and port for a socket. */
  SocketAddress socket() {
    return SocketAddress.inetSocketAddress(port, address.getHostAddress());
  }

  /**
   * The options to open a connection: to the address that was found, which must prove to be this
   * host's.
   */
  ConnectOptions opening() {
    return new ConnectOptions()
        .setRemoteAddress(socket())
        .setHost(host)
        .setPort(port)
        .setSsl(tls)
        .setSniServerName(host);
  }

  /** The value of the Host header. */
  String authority() {
    return port == (tls ? 443 : 80) ? host : host + ":" + port;
  }

  /** Scheme, host and port, as in a browser's Origin header. */
  String origin() {
    return (tls ? "https://" : "http://") + authority();
  }

  @Override
  public String toString() {
    return origin() + path;
  }

  private static String wrong(String url) {
    return "A target must be http://HOST[:PORT][/PATH] or https://... but was \"" + url + "\"";
  }
}
