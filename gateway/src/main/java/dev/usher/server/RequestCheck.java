package dev.usher.server;

import dev.usher.http.FieldRules;
import dev.usher.http.HeaderNames;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check that a request means the same to everyone who reads it. Anything that a pod might read
 * differently than Usher is refused, because a second request could be hidden in the difference.
 */
final class RequestCheck {
  private RequestCheck() {}

  /** What is wrong with the request; null for nothing. */
  static @Nullable String complaint(HttpServerRequest request) {
    HttpVersion version = request.version();
    if (version == null) {
      return "The HTTP version must be 1.0, 1.1 or 2.";
    }
    if (request.method().equals(HttpMethod.CONNECT)) {
      return "CONNECT is for forward proxies.";
    }
    if (request.uri() == null || !FieldRules.isTarget(request.uri(), request.method().name())) {
      return "The request target must be a path beginning with a slash, alone or of an http URL.";
    }
    return version == HttpVersion.HTTP_2 ? http2(request) : http1(request, version);
  }

  private static @Nullable String http2(HttpServerRequest request) {
    if (request.authority() == null) {
      return "A request must name its host.";
    }
    return null;
  }

  private static @Nullable String http1(HttpServerRequest request, HttpVersion version) {
    MultiMap headers = request.headers();
    if (headers.contains(AsciiString.EMPTY_STRING)) {
      return "A header must have a name.";
    }
    List<String> hosts = headers.getAll(HeaderNames.HOST);
    boolean hostFine =
        hosts.isEmpty()
            ? version == HttpVersion.HTTP_1_0
            : hosts.size() == 1 && FieldRules.isHost(hosts.get(0));
    if (!hostFine) {
      return "A request must have one valid Host header.";
    }
    if (headers.contains(HeaderNames.TRANSFER_ENCODING)) {
      List<String> encodings = headers.getAll(HeaderNames.TRANSFER_ENCODING);
      if (version == HttpVersion.HTTP_1_0
          || encodings.size() != 1
          || !encodings.get(0).equalsIgnoreCase("chunked")) {
        return "Transfer-Encoding must be chunked, once, and in HTTP/1.1.";
      }
    }
    return null;
  }
}
