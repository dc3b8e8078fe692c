package dev.usher.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The client of a request, and how it came: by the connection, or by what a trusted proxy says.
 *
 * @param address the client's IP address as text
 * @param secure whether the client came over TLS, here or at a trusted proxy
 * @param host the host of the request, with its port if it named one
 * @param forwardedHost the host that a trusted proxy says was asked for; null if none does
 * @param peer the address of the connection itself
 * @param heard which forwarding headers of the peer count
 */
public record Client(
    String address,
    boolean secure,
    @Nullable String host,
    @Nullable String forwardedHost,
    String peer,
    Heard heard) {

  /** The forwarding headers that count. */
  public enum Heard {
    /** None: the peer is no trusted proxy. */
    NOTHING,
    /** Those of the family of X-Forwarded-For. */
    X_FORWARDED,
    /** The one of RFC 7239. */
    FORWARDED
  }

  /** Whether the peer is a trusted proxy. */
  public boolean trusted() {
    return heard != Heard.NOTHING;
  }

  /** The client as a trusted proxy describes it. */
  public Client told(String byAddress, ForwardedHeader.Hop hop) {
    return new Client(
        byAddress,
        hop.proto() == null ? secure : hop.proto().equalsIgnoreCase("https"),
        host,
        hop.host() == null ? forwardedHost : hop.host(),
        peer,
        heard);
  }

  /** The address as a value, for blocks of addresses. Never asks a name server. */
  public InetAddress inetAddress() {
    InetAddress inet = NetUtil.createInetAddressFromIpAddressString(address);
    // Only addresses that were read as such get here, so this peer is on no network at all.
    return inet == null ? InetAddress.getLoopbackAddress() : inet;
  }

  /**
   * The client as if the proxy itself had asked, for when another header says who sent the proxy.
   */
  public Client asPeer() {
    return new Client(peer, secure, host, forwardedHost, peer, heard);
  }

  public String scheme() {
    return secure ? "https" : "http";
  }
}
