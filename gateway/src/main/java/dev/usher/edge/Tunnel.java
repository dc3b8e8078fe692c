package dev.usher.edge;

import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/** A connection that no longer speaks HTTP, WebSocket above all: bytes both ways, nothing read. */
final class Tunnel {
  private Tunnel() {}

  /**
   * The protocol that the request asks to switch to, null for none that may be passed on. Only
   * WebSocket may: HTTP/2 inside of a tunnel would be requests that no room ever sees, and of what
   * else there may be nobody knows.
   */
  static @Nullable String protocolAsked(HttpServerRequest request) {
    String protocol = request.headers().get(Names.UPGRADE);
    if (protocol == null
        || request.version() != HttpVersion.HTTP_1_1
        || !request.method().equals(HttpMethod.GET)) {
      return null;
    }
    String connection = request.headers().get(Names.CONNECTION);
    return connection != null
            && HopByHop.hasToken(connection, Names.UPGRADE)
            && Names.WEBSOCKET.contentEqualsIgnoreCase(protocol)
        ? protocol
        : null;
  }

  /** Answers 101 and joins the two sockets. */
  static void open(
      HttpServerRequest request, UpstreamConnection from, HttpResponse head, Runnable done) {
    MultiMap out = request.response().headers();
    AnswerPump.copy(head.headers(), out);
    out.set(Names.CONNECTION, Names.UPGRADE);
    out.set(Names.UPGRADE, head.headers().get(Names.UPGRADE, ""));
    NetSocket pod = from.unwrap();
    pod.closeHandler(v -> done.run());
    request
        .toNetSocket()
        .onComplete(
            visitor -> {
              visitor.closeHandler(
                  v -> {
                    pod.close();
                    done.run();
                  });
              visitor.pipeTo(pod);
              pod.pipeTo(visitor);
              pod.resume();
            },
            failure -> {
              pod.close();
              done.run();
            });
  }
}
