package dev.usher.pods;

/**
 * One pod of an upstream, by its address.
 *
 * @param host name or address
 * @param port TCP port
 * @param tls whether requests to it use TLS
 */
public record Pod(String host, int port, boolean tls) {
  @Override
  public String toString() {
    boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    return (bareIpv6 ? "[" + host + "]" : host) + ":" + port;
  }
}
