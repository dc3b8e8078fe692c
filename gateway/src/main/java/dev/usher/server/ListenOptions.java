package dev.usher.server;

import dev.usher.http.Cidr;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of the listener that visitors connect to.
 *
 * @param host address to listen on
 * @param port TCP port, 0 for any free one
 * @param tls certificate and key, or null for plain HTTP
 * @param proxies your own load balancers in front
 * @param limits what a visitor may send
 */
public record ListenOptions(
    String host, int port, @Nullable Tls tls, Proxies proxies, Limits limits) {

  /** The addresses of your own load balancers. */
  public List<Cidr> trustedProxies() {
    return proxies.trusted();
  }

  /**
   * Load balancers in front.
   *
   * @param trusted their addresses; what others forward is not believed
   * @param writeForwarded whether they write Forwarded, rather than X-Forwarded-For and the like
   * @param proxyProtocol whether every connection of theirs begins with the PROXY protocol
   */
  public record Proxies(List<Cidr> trusted, boolean writeForwarded, boolean proxyProtocol) {
    public static final Proxies NONE = new Proxies(List.of(), false, false);

    /**
     * Whether this is the address of one of them; null, or a text that is not an address, never is.
     */
    public boolean trust(@Nullable String address) {
      return !trusted.isEmpty()
          && address != null
          && trust(NetUtil.createInetAddressFromIpAddressString(address));
    }

    boolean trust(@Nullable InetAddress address) {
      if (address != null) {
        for (int i = 0; i < trusted.size(); i++) {
          if (trusted.get(i).contains(address)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /** PEM files of a certificate chain and its key. */
  public record Tls(String certificate, String key) {}

  /**
   * Limits on what comes in.
   *
   * @param headerBytes longest request head
   * @param bodyBytes longest request body, 0 for no limit
   * @param connections open connections of visitors
   * @param connectionsPerAddress those of them from one address, 0 for no limit
   * @param idle time after which a connection with nothing asked and nothing owed is closed
   * @param trustedIdle the same for a connection of a trusted proxy
   * @param headerRead time in which a request head must be complete
   * @param leastRate rate that bodies and answers must keep while they wait for the visitor
   * @param streams streams of waiting visitors
   */
  public record Limits(
      int headerBytes,
      long bodyBytes,
      int connections,
      int connectionsPerAddress,
      Duration idle,
      Duration trustedIdle,
      Duration headerRead,
      LeastRate leastRate,
      int streams) {
    /** As many streams as the usual number of connections allows. */
    public static final int STREAMS_DEFAULT = 15_000;

    /** Limits with the usual least rate and number of streams. */
    public Limits(
        int headerBytes,
        long bodyBytes,
        int connections,
        int connectionsPerAddress,
        Duration idle,
        Duration trustedIdle,
        Duration headerRead) {
      this(
          headerBytes,
          bodyBytes,
          connections,
          connectionsPerAddress,
          idle,
          trustedIdle,
          headerRead,
          LeastRate.DEFAULT,
          STREAMS_DEFAULT);
    }
  }
}
