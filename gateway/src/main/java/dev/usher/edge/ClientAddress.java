package dev.usher.edge;

import dev.usher.http.Client;
import dev.usher.http.ForwardedHeader;
import dev.usher.http.ForwardedHeader.Hop;
import dev.usher.http.HeaderNames;
import dev.usher.server.ListenOptions;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which client sent a request. Forwarding headers are believed only from a trusted proxy,
 * only those it is configured to write, and of a chain only the part that trusted proxies wrote.
 */
public final class ClientAddress {
  private final ListenOptions.Proxies proxies;

  public ClientAddress(ListenOptions.Proxies proxies) {
    this.proxies = proxies;
  }

  /** The client that sent this request. */
  public Client of(HttpServerRequest request) {
    String peer = peerOf(request);
    String host = hostOf(request);
    boolean secure = request.isSSL();
    if (!proxies.trust(peer)) {
      return new Client(peer, secure, host, null, peer, Client.Heard.NOTHING);
    }
    MultiMap headers = request.headers();
    return proxies.writeForwarded()
        ? byForwarded(headers, new Client(peer, secure, host, null, peer, Client.Heard.FORWARDED))
        : byXForwarded(
            headers, new Client(peer, secure, host, null, peer, Client.Heard.X_FORWARDED));
  }

  private static String peerOf(HttpServerRequest request) {
    String peer = request.remoteAddress().hostAddress();
    if (peer == null) {
      // With the PROXY protocol, a proxy may say that the client came by a local socket of its own
      // machine.
      SocketAddress real = request.connection().remoteAddress(true);
      peer = real == null ? null : real.hostAddress();
    }
    return peer == null ? "127.0.0.1" : withoutScope(peer);
  }

  private static @Nullable String hostOf(HttpServerRequest request) {
    String host = request.headers().get(HeaderNames.HOST);
    if (host != null) {
      return host;
    }
    HostAndPort authority = request.authority();
    return authority == null ? null : authority.toString();
  }

  /**
   * Walks the chain from its end, which the nearest proxy wrote, for as long as its links are
   * trusted. The first one that is not trusted is the client; anyone may have written what stands
   * before it.
   */
  private Client byXForwarded(MultiMap headers, Client peer) {
    String address = furthest(headers.getAll(HeaderNames.X_FORWARDED_FOR), peer.address());
    // In a list, the nearest proxy wrote the last entry.
    String proto = last(headers.getAll(HeaderNames.X_FORWARDED_PROTO));
    String host = last(headers.getAll(HeaderNames.X_FORWARDED_HOST));
    return peer.told(address, new Hop(null, host, proto));
  }

  private String furthest(List<String> lines, String peer) {
    String client = peer;
    for (int line = lines.size() - 1; line >= 0; line--) {
      String[] hops = lines.get(line).split(",", -1);
      for (int hop = hops.length - 1; hop >= 0; hop--) {
        String address = ForwardedHeader.address(hops[hop].trim());
        if (address == null) {
          return client;
        }
        client = address;
        if (!proxies.trust(address)) {
          return client;
        }
      }
    }
    return client;
  }

  /**
   * Walks the chain of {@code Forwarded}. Here each proxy says what it knows of whoever came to it,
   * so the furthest one that is believed describes the client. A line that cannot be read ends the
   * walk.
   */
  private Client byForwarded(MultiMap headers, Client peer) {
    List<String> lines = headers.getAll(HeaderNames.FORWARDED);
    Client client = peer;
    for (int line = lines.size() - 1; line >= 0; line--) {
      List<Hop> hops = ForwardedHeader.hops(lines.get(line));
      if (hops == null) {
        return client;
      }
      for (int i = hops.size() - 1; i >= 0; i--) {
        Hop hop = hops.get(i);
        String address = hop.node() == null ? null : ForwardedHeader.address(hop.node());
        client = client.told(address == null ? client.address() : address, hop);
        if (address == null || !proxies.trust(address)) {
          return client;
        }
      }
    }
    return client;
  }

  private static @Nullable String last(List<String> lines) {
    if (lines.isEmpty()) {
      return null;
    }
    String list = lines.get(lines.size() - 1);
    return list.substring(list.lastIndexOf(',') + 1).trim();
  }

  private static String withoutScope(String address) {
    int scope = address.indexOf('%');
    return scope < 0 ? address : address.substring(0, scope);
  }
}
