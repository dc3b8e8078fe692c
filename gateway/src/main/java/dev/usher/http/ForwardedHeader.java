package dev.usher.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The Forwarded header of RFC 7239, read and written.
 *
 * <p>Each line is read by itself and by the grammar: a quote that a stranger opened in one line
 * must not swallow what a proxy wrote in the next.
 */
public final class ForwardedHeader {
  private final String line;
  private int at;

  /**
   * What one proxy said of whoever came to it; null for what it did not say.
   *
   * @param node the node that came to it
   * @param host the host that was asked for
   * @param proto the scheme that was used
   */
  public record Hop(@Nullable String node, @Nullable String host, @Nullable String proto) {
    private static final Hop NOTHING = new Hop(null, null, null);

    /** The hop with this parameter added; null if it has it already. */
    private @Nullable Hop with(String name, String value) {
      return switch (name) {
        case "for" -> node == null ? new Hop(value, host, proto) : null;
        case "host" -> host == null ? new Hop(node, value, proto) : null;
        case "proto" -> proto == null ? new Hop(node, host, value) : null;
        default -> this;
      };
    }
  }

  private ForwardedHeader(String line) {
    this.line = line;
  }

  /** The hops of one line, in its order; null if any of it breaks the grammar. */
  static @Nullable public List<Hop> hops(String line) {
    return new ForwardedHeader(line).all();
  }

  /** Whether every line can be read. */
  public static boolean areWhole(List<String> lines) {
    return lines.stream().allMatch(line -> hops(line) != null);
  }

  private @Nullable List<Hop> all() {
    List<Hop> hops = new ArrayList<>();
    do {
      Hop hop = element();
      if (hop == null) {
        return null;
      }
      hops.add(hop);
    } while (skip(','));
    return at == line.length() ? hops : null;
  }

  private @Nullable Hop element() {
    Hop hop = Hop.NOTHING;
    do {
      spaces();
      String name = word();
      if (!name.isEmpty()) {
        String value = skip('=') ? value() : null;
        hop = value == null ? null : hop.with(name.toLowerCase(Locale.ROOT), value);
        if (hop == null) {
          return null;
        }
        spaces();
      }
    } while (skip(';'));
    return hop;
  }

  private @Nullable String value() {
    if (!skip('"')) {
      String bare = word();
      return bare.isEmpty() ? null : bare;
    }
    StringBuilder quoted = new StringBuilder();
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c == '"') {
        return quoted.toString();
      }
      if (c == '\\') {
        if (at == line.length()) {
          return null;
        }
        c = line.charAt(at++);
      }
      quoted.append(c);
    }
    return null;
  }

  /** A token, or something that should be quoted but does no harm unquoted. */
  private String word() {
    int from = at;
    while (at < line.length() && isOfWord(line.charAt(at))) {
      at++;
    }
    return line.substring(from, at);
  }

  private static boolean isOfWord(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || "!#$%&'*+-.^_`|~:[]".indexOf(c) >= 0;
  }

  private void spaces() {
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
  }

  private boolean skip(char c) {
    if (at < line.length() && line.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  /**
   * The IP address of a node such as 192.0.2.1:80 or [2001:db8::1]:80, in its canonical spelling;
   * null if it has none.
   */
  static @Nullable public String address(String node) {
    String bare = node;
    int end = node.length();
    if (node.startsWith("[")) {
      int bracket = node.indexOf(']');
      end = bracket + 1;
      bare = bracket < 0 ? "" : node.substring(1, bracket);
    } else if (node.indexOf(':') == node.lastIndexOf(':') && node.indexOf(':') > 0) {
      end = node.indexOf(':');
      bare = node.substring(0, end);
    }
    if (!isPort(node, end) || bare.indexOf('%') >= 0) {
      return null;
    }
    if (NetUtil.isValidIpV4Address(bare)) {
      return bare;
    }
    InetAddress inet =
        NetUtil.isValidIpV6Address(bare)
            ? NetUtil.createInetAddressFromIpAddressString(bare)
            : null;
    // An IPv4 address written as IPv6 belongs to the blocks of IPv4.
    return inet == null ? null : NetUtil.toAddressString(inet);
  }

  /** Whether nothing but a port follows; RFC 7239 allows an obfuscated one, too. */
  private static boolean isPort(String node, int from) {
    if (from == node.length()) {
      return true;
    }
    for (int i = from + 1; i < node.length(); i++) {
      char c = node.charAt(i);
      if (!isOfWord(c) || c == ':' || c == '[' || c == ']') {
        return false;
      }
    }
    return node.charAt(from) == ':';
  }

  /**
   * The hop that Usher adds: who came to the proxy in front, if one is believed, and who came here.
   */
  public static String hop(Client client) {
    StringBuilder text = new StringBuilder(96);
    if (!client.address().equals(client.peer())) {
      node(text, client.address()).append(", ");
    }
    node(text, client.peer());
    String host = client.host();
    if (host != null && isQuotable(host)) {
      text.append(";host=\"").append(host).append('"');
    }
    return text.append(";proto=").append(client.scheme()).toString();
  }

  private static StringBuilder node(StringBuilder text, String address) {
    text.append("for=");
    return address.indexOf(':') >= 0
        ? text.append("\"[").append(address).append("]\"")
        : text.append(address);
  }

  /**
   * Whether the host can stand between quotes. Others were refused before; this is the second
   * check.
   */
  private static boolean isQuotable(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
