package dev.usher.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The canonical spelling of a host, which a Host header or an authority may spell in many ways. */
public final class HostName {
  /** The longest DNS name, plus brackets, a port and a dot. */
  private static final int CHARS_MAX = 264;

  private HostName() {}

  /**
   * The host in lower case, without port and final dot; empty for none; null if it is not a host. A
   * host spelled as most visitors send it is returned as it is.
   */
  public static @Nullable String of(@Nullable String authority) {
    if (authority == null || authority.isEmpty()) {
      return "";
    }
    if (authority.length() > CHARS_MAX) {
      return null;
    }
    int end = authority.charAt(0) == '[' ? authority.indexOf(']') + 1 : authority.indexOf(':');
    if (end < 0) {
      end = authority.length();
    }
    if (end == 0 || !isPort(authority, end)) {
      return null;
    }
    if (authority.charAt(0) == '[') {
      return ipv6(authority.substring(1, end - 1));
    }
    if (authority.charAt(end - 1) == '.') {
      end--;
    }
    return end > 0 && isName(authority, end)
        ? authority.substring(0, end).toLowerCase(Locale.ROOT)
        : null;
  }

  private static boolean isPort(String authority, int from) {
    if (from < authority.length() && authority.charAt(from) != ':') {
      return false;
    }
    for (int i = from + 1; i < authority.length(); i++) {
      if (authority.charAt(i) < '0' || authority.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isName(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (!Character.isLetterOrDigit(c) && c != '-' && c != '.' && c != '_')) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String ipv6(String text) {
    if (text.indexOf(':') < 0 || Cidr.isNoAddress(text)) {
      return null;
    }
    try {
      // Only digits, colons and dots are left, so that no name server is asked.
      InetAddress address = InetAddress.getByName(text);
      // An IPv4 address written as IPv6 is returned as IPv4.
      return address instanceof Inet6Address
          ? "[" + address.getHostAddress() + "]"
          : address.getHostAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
