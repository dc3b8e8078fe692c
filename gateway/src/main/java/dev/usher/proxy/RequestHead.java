package dev.usher.proxy;

import dev.usher.http.Client;
import dev.usher.http.FieldRules;
import dev.usher.http.ForwardedHeader;
import dev.usher.http.HeaderNames;
import dev.usher.http.HopByHop;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.headers.Http1xHeaders;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The head of a request as a pod gets it. */
final class RequestHead {
  private RequestHead() {}

  /**
   * Makes the head for the pod: without hop-by-hop headers, without headers that strangers must not
   * set, and with what Usher says of the client.
   *
   * @param upgrade the protocol to upgrade to, or null for a plain request
   * @throws IllegalArgumentException if it could not be written as one request
   */
  static HttpRequest of(
      HttpServerRequest request, ForwardedRequest forwarded, @Nullable String upgrade) {
    // The second check: what came in has been checked, but here one byte too many would be another
    // request.
    Http1xHeaders out = Http1xHeaders.httpHeaders(FieldRules::check);
    Client client = forwarded.client();
    MultiMap in = request.headers();
    // HTTP/1.0 needs none; then it is there and empty (RFC 9112, 3.2), as the pod is asked by 1.1.
    out.add(HeaderNames.HOST, client.host() == null ? "" : client.host());
    List<String> connection = in.getAll(HeaderNames.CONNECTION);
    boolean onlyKeepAlive = connection.isEmpty() || isPlain(connection);
    Iterator<Map.Entry<CharSequence, CharSequence>> entries = entries(in);
    while (entries.hasNext()) {
      Map.Entry<CharSequence, CharSequence> entry = entries.next();
      CharSequence name = entry.getKey();
      if (passesOn(name, client) && (onlyKeepAlive || !HopByHop.named(connection, name))) {
        add(out, name, entry.getValue());
      }
    }
    if (hasTrailersToken(in)) {
      out.add(HeaderNames.TE, HeaderNames.TRAILERS);
    }
    if (upgrade != null) {
      out.add(HeaderNames.CONNECTION, HeaderNames.UPGRADE);
      out.add(HeaderNames.UPGRADE, upgrade);
    }
    addForwarding(out, in, client);
    if (forwarded.pass() != null) {
      out.add(HeaderNames.USHER_PASS, forwarded.pass());
    }
    return new DefaultHttpRequest(
        HttpVersion.HTTP_1_1, method(request), request.uri(), (HttpHeaders) out);
  }

  private static HttpMethod method(HttpServerRequest request) {
    String method = request.method().name();
    if (!FieldRules.isToken(method) || !FieldRules.isTarget(request.uri(), method)) {
      throw new IllegalArgumentException("A request line must be plain but had other bytes");
    }
    return request.method().toNetty();
  }

  private static boolean isPlain(List<String> connection) {
    String only = connection.get(0);
    return connection.size() == 1
        && (only.equalsIgnoreCase("keep-alive") || only.equalsIgnoreCase("close"));
  }

  private static void add(Http1xHeaders out, CharSequence name, CharSequence value) {
    if (name.length() == 6 && AsciiString.contentEqualsIgnoreCase(name, HeaderNames.COOKIE)) {
      String rest = UsherCookies.removedFrom(value.toString());
      if (!rest.isEmpty()) {
        // HTTP/2 may split cookies over several lines, HTTP/1.1 must not.
        String before = out.get(HeaderNames.COOKIE);
        out.set(HeaderNames.COOKIE, (CharSequence) (before == null ? rest : before + "; " + rest));
      }
    } else {
      out.add(name, value);
    }
  }

  private static boolean passesOn(CharSequence name, Client client) {
    return switch (Character.toLowerCase(name.charAt(0))) {
      case ':' -> false; // a pseudo-header of HTTP/2
      case 'h' ->
          !AsciiString.contentEqualsIgnoreCase(name, HeaderNames.HOST) && !HopByHop.contains(name);
      case 'u' -> !startsWith(name, "usher-") && !HopByHop.contains(name);
      case 'f' -> !AsciiString.contentEqualsIgnoreCase(name, HeaderNames.FORWARDED);
      case 'x' -> !startsWith(name, "x-forwarded-") || isOfTrusted(name, client);
      default -> !HopByHop.contains(name);
    };
  }

  /** Whether it is another forwarding header of a trusted proxy, such as X-Forwarded-Prefix. */
  private static boolean isOfTrusted(CharSequence name, Client client) {
    return client.heard() == Client.Heard.X_FORWARDED
        && !isRewritten(name)
        && AsciiString.indexOf(name, '_', 0) < 0;
  }

  private static boolean isRewritten(CharSequence name) {
    return AsciiString.contentEqualsIgnoreCase(name, HeaderNames.X_FORWARDED_FOR)
        || AsciiString.contentEqualsIgnoreCase(name, HeaderNames.X_FORWARDED_PROTO)
        || AsciiString.contentEqualsIgnoreCase(name, HeaderNames.X_FORWARDED_HOST)
        || AsciiString.contentEqualsIgnoreCase(name, HeaderNames.X_FORWARDED_PORT);
  }

  /** Takes an underscore for a dash, as many origins do: to them, Usher_Pass is Usher-Pass. */
  private static boolean startsWith(CharSequence name, String prefix) {
    if (name.length() < prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      char c = Character.toLowerCase(name.charAt(i));
      if ((c == '_' ? '-' : c) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasTrailersToken(MultiMap in) {
    String te = in.get(HeaderNames.TE);
    return te != null && HopByHop.hasToken(te, HeaderNames.TRAILERS);
  }

  /**
   * Adds the forwarding headers; of those that came in, only the ones that a trusted proxy writes
   * are kept.
   */
  private static void addForwarding(Http1xHeaders out, MultiMap in, Client client) {
    boolean told = client.heard() == Client.Heard.X_FORWARDED;
    String chain = told ? list(in, HeaderNames.X_FORWARDED_FOR) : null;
    if (chain == null && !client.address().equals(client.peer())) {
      chain = client.address();
    }
    out.add(
        HeaderNames.X_FORWARDED_FOR, chain == null ? client.peer() : chain + ", " + client.peer());
    out.add(
        HeaderNames.X_FORWARDED_PROTO,
        (CharSequence) (client.secure() ? HeaderNames.HTTPS : HeaderNames.HTTP));
    String host = client.forwardedHost() == null ? client.host() : client.forwardedHost();
    if (host != null) {
      out.add(HeaderNames.X_FORWARDED_HOST, host);
    }
    String port = told ? in.get(HeaderNames.X_FORWARDED_PORT) : null;
    out.add(HeaderNames.X_FORWARDED_PORT, port == null ? port(host, client.secure()) : port);
    out.add(HeaderNames.FORWARDED, forwarded(in, client));
  }

  private static String forwarded(MultiMap in, Client client) {
    if (client.heard() == Client.Heard.FORWARDED) {
      List<String> lines = in.getAll(HeaderNames.FORWARDED);
      if (!lines.isEmpty() && ForwardedHeader.areWhole(lines)) {
        return String.join(", ", lines) + ", " + ForwardedHeader.hop(client.asPeer());
      }
    }
    return ForwardedHeader.hop(client);
  }

  private static @Nullable String list(MultiMap in, CharSequence name) {
    List<String> lines = in.getAll(name);
    return lines.isEmpty() ? null : String.join(", ", lines);
  }

  private static CharSequence port(@Nullable String host, boolean secure) {
    int colon = host == null ? -1 : host.lastIndexOf(':');
    if (host != null && colon >= 0 && host.indexOf(']', colon) < 0) {
      return host.substring(colon + 1);
    }
    return secure ? HeaderNames.PORT_443 : HeaderNames.PORT_80;
  }

  /** The headers, without making a string of each name and value if the map allows it. */
  private static Iterator<Map.Entry<CharSequence, CharSequence>> entries(MultiMap headers) {
    if (headers instanceof HttpHeaders netty) {
      return netty.iteratorCharSequence();
    }
    Iterator<Map.Entry<String, String>> strings = headers.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return strings.hasNext();
      }

      @Override
      public Map.Entry<CharSequence, CharSequence> next() {
        Map.Entry<String, String> entry = strings.next();
        return Map.entry(entry.getKey(), entry.getValue());
      }
    };
  }
}
