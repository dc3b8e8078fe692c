package dev.usher.edge;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks. What X-Forwarded-* or Forwarded say is believed only from a trusted proxy,
 * and of a chain only the part that trusted proxies wrote.
 */
final class ClientAddress {
  private final List<Cidr> trusted;

  public ClientAddress(List<Cidr> trustedProxies) {
    this.trusted = List.copyOf(trustedProxies);
  }

  /** Who sent this request. */
  public Client of(HttpServerRequest request) {
    String peer = request.remoteAddress().hostAddress();
    String peerAddress = peer == null ? "127.0.0.1" : withoutScope(peer);
    String host = hostOf(request);
    if (trusted.isEmpty() || !isTrusted(peerAddress)) {
      return new Client(peerAddress, request.isSSL(), host, null, peerAddress, false);
    }
    MultiMap headers = request.headers();
    String address = peerAddress;
    String proto = null;
    if (headers.contains(Names.X_FORWARDED_FOR)) {
      address = furthestTrusted(headers.getAll(Names.X_FORWARDED_FOR), peerAddress);
      proto = last(headers.get(Names.X_FORWARDED_PROTO));
    } else if (headers.contains(Names.FORWARDED)) {
      String chain = String.join(",", headers.getAll(Names.FORWARDED));
      address = furthestTrusted(ForwardedHeader.parameters(chain, "for"), peerAddress);
      List<String> protos = ForwardedHeader.parameters(chain, "proto");
      proto = protos.isEmpty() ? null : protos.get(protos.size() - 1);
    } else {
      proto = last(headers.get(Names.X_FORWARDED_PROTO));
    }
    boolean secure = proto == null ? request.isSSL() : proto.equalsIgnoreCase("https");
    String forwardedHost = last(headers.get(Names.X_FORWARDED_HOST));
    return new Client(address, secure, host, forwardedHost, peerAddress, true);
  }

  private static @Nullable String hostOf(HttpServerRequest request) {
    String host = request.headers().get(Names.HOST);
    if (host != null) {
      return host;
    }
    HostAndPort authority = request.authority();
    return authority == null ? null : authority.toString();
  }

  /**
   * Walks the chain from its end, which the nearest proxy wrote, while its links are trusted. The
   * first that is not is the client; what stands before it, anyone may have written.
   */
  private String furthestTrusted(List<String> lines, String peer) {
    String client = peer;
    for (int line = lines.size() - 1; line >= 0; line--) {
      String[] hops = lines.get(line).split(",", -1);
      for (int hop = hops.length - 1; hop >= 0; hop--) {
        String address = ForwardedHeader.address(hops[hop].trim());
        if (address == null) {
          return client;
        }
        client = address;
        if (!isTrusted(address)) {
          return client;
        }
      }
    }
    return client;
  }

  private boolean isTrusted(String address) {
    InetAddress inet = NetUtil.createInetAddressFromIpAddressString(address);
    if (inet == null) {
      return false;
    }
    for (Cidr block : trusted) {
      if (block.contains(inet)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String last(@Nullable String list) {
    return list == null ? null : list.substring(list.lastIndexOf(',') + 1).trim();
  }

  private static String withoutScope(String address) {
    int scope = address.indexOf('%');
    return scope < 0 ? address : address.substring(0, scope);
  }
}
