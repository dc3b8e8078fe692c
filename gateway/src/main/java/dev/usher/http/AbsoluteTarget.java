package dev.usher.http;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/**
 * A request target that names scheme and host, which every server must accept (RFC 9112, 3.2.2). It
 * is rewritten before anybody else reads it: its authority becomes the one Host that there is, for
 * Usher and for the pod, since whoever went by the other could be led into another room.
 */
public final class AbsoluteTarget {
  private static final List<String> SCHEMES = List.of("http://", "https://");

  private AbsoluteTarget() {}

  /** Rewrites an absolute target. One that is not plain stays as it is, and is refused. */
  public static void rewrite(HttpRequest request) {
    String target = request.uri();
    // On the path of every request: one character, nearly always a slash.
    if (target.isEmpty() || target.charAt(0) == '/' || !hasPlainHost(request)) {
      return;
    }
    for (String scheme : SCHEMES) {
      if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
        split(request, target.substring(scheme.length()));
        return;
      }
    }
  }

  /** Whether there is one valid Host to replace, as there must be even here (RFC 9112, 3.2). */
  private static boolean hasPlainHost(HttpRequest request) {
    List<String> hosts = request.headers().getAll(HeaderNames.HOST);
    return hosts.isEmpty()
        ? request.protocolVersion().equals(HttpVersion.HTTP_1_0)
        : hosts.size() == 1 && FieldRules.isHost(hosts.get(0));
  }

  private static void split(HttpRequest request, String rest) {
    int end = 0;
    while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
      end++;
    }
    String authority = rest.substring(0, end);
    String host = FieldRules.isHost(authority) ? HostName.of(authority) : null;
    if (host == null || host.isEmpty()) {
      return;
    }
    request.headers().set(HeaderNames.HOST, authority);
    request.setUri(rest.startsWith("/", end) ? rest.substring(end) : "/" + rest.substring(end));
  }
}
