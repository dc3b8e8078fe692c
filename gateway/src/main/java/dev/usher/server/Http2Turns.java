package dev.usher.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.net.impl.ShutdownEvent;
import java.util.concurrent.TimeUnit;

/**
 * Tells when an HTTP/2 connection is idle, and closes it in two steps when the gateway stops: first
 * it announces that it will go; then, once the client has had time to hear that, it names the last
 * stream that it still answers (RFC 9113, 6.8).
 */
final class Http2Turns extends ChannelInboundHandlerAdapter {
  /** More than a round trip. */
  private static final long HEARD_MILLIS = 1000;

  /** How long the rest of a request is still read after its answer. */
  private static final long REST_MILLIS = 1000;

  private final VisitorConnection visitor;
  private final Http2ConnectionHandler http2;
  private int streams;
  private boolean leaving;

  private Http2Turns(VisitorConnection visitor, Http2ConnectionHandler http2) {
    this.visitor = visitor;
    this.http2 = http2;
  }

  /** Watches this connection. Must be called before its first stream. */
  static void watch(ChannelPipeline pipeline, VisitorConnection visitor) {
    Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
    Http2Turns turns = new Http2Turns(visitor, http2);
    http2.connection().addListener(turns.new Streams());
    String name = pipeline.context(http2).name();
    pipeline.addBefore(name, "turns", turns);
    pipeline.addBefore("turns", "linger", new LingeringClose(() -> turns.streams > 0));
  }

  private final class Streams extends Http2ConnectionAdapter {
    @Override
    public void onStreamActive(Http2Stream stream) {
      streams++;
      visitor.owe();
    }

    @Override
    public void onStreamHalfClosed(Http2Stream stream) {
      if (stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL) {
        // The answer is complete and the request is not. A small rest comes within a moment.
        var unused =
            context()
                .executor()
                .schedule(() -> wantNoMore(stream), REST_MILLIS, TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
      streams--;
      if (streams == 0) {
        visitor.rest();
      }
    }
  }

  /**
   * Tells a visitor who goes on sending that nobody reads it; the answer stands (RFC 9113, 8.1).
   */
  private void wantNoMore(Http2Stream stream) {
    ChannelHandlerContext ctx = context();
    if (stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL && ctx.channel().isActive()) {
      var unused =
          http2.resetStream(ctx, stream.id(), Http2Error.NO_ERROR.code(), ctx.newPromise());
      ctx.flush();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (!(event instanceof ShutdownEvent stop) || stop.timeout().isZero()) {
      ctx.fireUserEventTriggered(event);
    } else if (!leaving) {
      leave(ctx, stop.timeout().toMillis());
    }
  }

  /** Announces that the connection will go, and soon closes it. */
  private void leave(ChannelHandlerContext ctx, long within) {
    leaving = true;
    goAway(Integer.MAX_VALUE);
    long heard = Math.min(HEARD_MILLIS, within / 4);
    var unused =
        ctx.executor()
            .schedule(() -> leaveWhenAnswered(within - heard), heard, TimeUnit.MILLISECONDS);
  }

  private void leaveWhenAnswered(long within) {
    ChannelHandlerContext ctx = context();
    if (!ctx.channel().isActive()) {
      return;
    }
    goAway(http2.connection().remote().lastStreamCreated());
    http2.gracefulShutdownTimeoutMillis(within);
    var unused = ctx.channel().close();
  }

  private void goAway(int lastStream) {
    ChannelHandlerContext ctx = context();
    var unused =
        http2.goAway(
            ctx, lastStream, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, ctx.newPromise());
    ctx.flush();
  }

  private ChannelHandlerContext context() {
    return visitor.channel().pipeline().context(http2);
  }
}
