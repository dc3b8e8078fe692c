package dev.usher.edge;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and how they came: by the connection, or by what a trusted proxy says.
 *
 * @param address the client's IP address as text
 * @param secure whether the client came by TLS, here or at a trusted proxy
 * @param host the host of the request, with its port if it named one
 * @param forwardedHost the host that a trusted proxy says was asked for; null when none does
 * @param peer the address of the connection itself
 * @param trusted whether the peer is a trusted proxy, so that its forwarding headers count
 */
public record Client(
    String address,
    boolean secure,
    @Nullable String host,
    @Nullable String forwardedHost,
    String peer,
    boolean trusted) {
  /** The address as a value, for blocks of addresses. Never asks a name server. */
  public InetAddress inetAddress() {
    InetAddress inet = NetUtil.createInetAddressFromIpAddressString(address);
    // Only addresses that were read as such get here, so this is the peer of no network at all.
    return inet == null ? InetAddress.getLoopbackAddress() : inet;
  }

  String scheme() {
    return secure ? "https" : "http";
  }
}
