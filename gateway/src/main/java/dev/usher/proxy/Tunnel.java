package dev.usher.proxy;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.usher.http.HeaderNames;
import dev.usher.http.HopByHop;
import dev.usher.proxy.connection.UpstreamConnection;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection that no longer speaks HTTP, typically a WebSocket: bytes go both ways, and nothing
 * is interpreted.
 */
final class Tunnel {
  /**
   * Vert.x closes once everything is sent, which a side that does not read can put off until then.
   */
  private static final long TAKES_MILLIS = 2000;

  /**
   * A WebSocket has no half: who has ended it only waits for the other. One who is gone since then
   * cannot be told from that, as a reset after an end is not reported.
   */
  private static final long SILENCE_MILLIS = 5000;

  private final NetSocketInternal visitor;
  private final NetSocketInternal pod;
  private final TunnelPump toPod;
  private final TunnelPump toVisitor;

  /**
   * The callbacks of a tunnel.
   *
   * @param opens may change the head of the answer
   * @param heard something came from the visitor
   * @param done the tunnel is closed
   */
  record Hooks(Consumer<MultiMap> opens, Runnable heard, Runnable done) {}

  private Tunnel(NetSocketInternal visitor, NetSocketInternal pod, Runnable heard) {
    this.visitor = visitor;
    this.pod = pod;
    this.toPod = new TunnelPump(visitor, pod, new TunnelPump.Hooks(heard, this::ended));
    this.toVisitor = new TunnelPump(pod, visitor, new TunnelPump.Hooks(() -> {}, this::ended));
  }

  /**
   * The protocol that the request asks to switch to; null for none that may be forwarded. Only
   * WebSocket may: HTTP/2 inside a tunnel would be requests that no room ever sees, and what other
   * protocols would bring is unknown.
   */
  static @Nullable String protocolAsked(HttpServerRequest request) {
    String protocol = request.headers().get(HeaderNames.UPGRADE);
    if (protocol == null
        || request.version() != HttpVersion.HTTP_1_1
        || !request.method().equals(HttpMethod.GET)) {
      return null;
    }
    String connection = request.headers().get(HeaderNames.CONNECTION);
    return connection != null
            && HopByHop.hasToken(connection, HeaderNames.UPGRADE)
            && HeaderNames.WEBSOCKET.contentEqualsIgnoreCase(protocol)
        ? protocol
        : null;
  }

  /** Answers 101 and joins the two sockets. */
  static void open(
      HttpServerRequest request, UpstreamConnection from, HttpResponse head, Hooks hooks) {
    Runnable done = hooks.done();
    MultiMap out = request.response().headers();
    AnswerPump.copy(head.headers(), out);
    hooks.opens().accept(out);
    out.set(HeaderNames.CONNECTION, HeaderNames.UPGRADE);
    out.set(HeaderNames.UPGRADE, head.headers().get(HeaderNames.UPGRADE, ""));
    NetSocketInternal pod = from.unwrap();
    pod.closeHandler(v -> done.run());
    request
        .toNetSocket()
        .onComplete(
            visitor -> join((NetSocketInternal) visitor, pod, hooks),
            failure -> {
              pod.close();
              done.run();
            });
  }

  private static void join(NetSocketInternal visitor, NetSocketInternal pod, Hooks hooks) {
    Runnable done = hooks.done();
    visitor.closeHandler(
        v -> {
          letGo(pod);
          done.run();
        });
    pod.closeHandler(
        v -> {
          letGo(visitor);
          done.run();
        });
    // A side that was gone before anybody listened is not reported any more.
    if (isGone(visitor) || isGone(pod)) {
      letGo(visitor);
      letGo(pod);
      done.run();
      return;
    }
    Tunnel tunnel = new Tunnel(visitor, pod, hooks.heard());
    tunnel.toPod.start();
    tunnel.toVisitor.start();
  }

  private static boolean isGone(NetSocketInternal side) {
    return !side.channelHandlerContext().channel().isActive();
  }

  /** Closes one side, which may take what is on its way, but not forever. */
  private static void letGo(NetSocketInternal side) {
    var unused = side.close();
    ChannelHandlerContext ctx = side.channelHandlerContext();
    if (ctx.channel().isActive()) {
      Runnable close =
          () -> {
            var unusedClose = ctx.close();
          };
      var unusedTimer = ctx.executor().schedule(close, TAKES_MILLIS, MILLISECONDS);
    }
  }

  private void ended() {
    if (toPod.isEnded() && toVisitor.isEnded()) {
      // Both sides were told of the end in their own protocol, and have everything that was sent.
      pod.close();
    } else {
      endWhenSilent(passed());
    }
  }

  private long passed() {
    return toPod.passed() + toVisitor.passed();
  }

  /** Ends the half that is left once nothing has passed it for a while. */
  private void endWhenSilent(long passedBefore) {
    var unused =
        pod.channelHandlerContext()
            .executor()
            .schedule(
                () -> {
                  if (isGone(visitor) || isGone(pod)) {
                    return;
                  }
                  long passed = passed();
                  if (passed > passedBefore) {
                    endWhenSilent(passed);
                  } else {
                    letGo(visitor);
                    letGo(pod);
                  }
                },
                SILENCE_MILLIS,
                MILLISECONDS);
  }
}
