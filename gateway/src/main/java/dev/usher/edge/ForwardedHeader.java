package dev.usher.edge;

import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header Forwarded of RFC 7239, read and written. */
final class ForwardedHeader {
  private ForwardedHeader() {}

  /** The values of one parameter, in order of the hops that have it. */
  static List<String> parameters(String chain, String name) {
    List<String> values = new ArrayList<>();
    int at = 0;
    while (at < chain.length()) {
      int end = endOfPair(chain, at);
      int equals = chain.indexOf('=', at);
      if (equals > 0 && equals < end && chain.substring(at, equals).trim().equalsIgnoreCase(name)) {
        values.add(unquote(chain.substring(equals + 1, end).trim()));
      }
      at = end + 1;
    }
    return values;
  }

  /** Where the pair that begins here ends: at a comma or semicolon outside of quotes. */
  private static int endOfPair(String chain, int from) {
    boolean quoted = false;
    for (int i = from; i < chain.length(); i++) {
      char c = chain.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (!quoted && (c == ',' || c == ';')) {
        return i;
      }
    }
    return chain.length();
  }

  private static String unquote(String value) {
    int last = value.length() - 1;
    boolean quoted = last > 0 && value.charAt(0) == '"' && value.charAt(last) == '"';
    return quoted ? value.substring(1, last) : value;
  }

  /** The IP address of a node such as 192.0.2.1:80 or [2001:db8::1]:80; null when it has none. */
  static @Nullable String address(String node) {
    String bare = unquote(node);
    if (bare.startsWith("[")) {
      int end = bare.indexOf(']');
      bare = end < 0 ? bare : bare.substring(1, end);
    } else if (bare.indexOf(':') == bare.lastIndexOf(':') && bare.indexOf(':') > 0) {
      bare = bare.substring(0, bare.indexOf(':'));
    }
    return NetUtil.isValidIpV4Address(bare) || NetUtil.isValidIpV6Address(bare) ? bare : null;
  }

  /** One hop: who came, for which host, by which scheme. */
  static String hop(Client client) {
    StringBuilder text = new StringBuilder(64).append("for=");
    if (client.peer().indexOf(':') >= 0) {
      text.append("\"[").append(client.peer()).append("]\"");
    } else {
      text.append(client.peer());
    }
    String host = client.host();
    // A host that cannot stand between quotes was refused before; this is the second lock.
    if (host != null && host.indexOf('"') < 0 && host.indexOf('\\') < 0) {
      text.append(";host=\"").append(host).append('"');
    }
    return text.append(";proto=").append(client.scheme()).toString();
  }
}
