package dev.usher.server;

import dev.usher.server.ConnectionObserver.Reason;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A watch that closes a connection whose PROXY protocol is not complete within the time for a head.
 * Vert.x' own timer starts over with every byte.
 */
final class ProxyHeaderWatch extends ChannelInboundHandlerAdapter {
  private static final String NAME = "proxyHeaderWatch";

  private final Duration headRead;
  private final ConnectionObserver observer;

  ProxyHeaderWatch(Duration headRead, ConnectionObserver observer) {
    this.headRead = headRead;
    this.observer = observer;
  }

  /**
   * Watches all connections accepted after this one by the same server. Before the first one has
   * come through, the server's side cannot be reached from here; those are limited by Vert.x.
   */
  void overAllBeside(Channel connection) {
    Channel server = connection.parent();
    // Each event loop's first connection comes through here, and several may at once.
    if (server != null && server.pipeline().get(NAME) == null) {
      server
          .eventLoop()
          .execute(
              () -> {
                if (server.pipeline().get(NAME) == null) {
                  server.pipeline().addFirst(NAME, new Accepted(this));
                }
              });
    }
  }

  /** A handler on the server's side, where connections are accepted. */
  private static final class Accepted extends ChannelInboundHandlerAdapter {
    private final ProxyHeaderWatch watch;

    Accepted(ProxyHeaderWatch watch) {
      this.watch = watch;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
      if (accepted instanceof Channel connection) {
        connection.pipeline().addLast(new ProxyHeaderWatch(watch.headRead, watch.observer));
      }
      ctx.fireChannelRead(accepted);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    Reads.boundOfVisitor(ctx.channel());
    var unused = ctx.executor().schedule(() -> look(ctx), headRead.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext ctx) {
    if (ctx.isRemoved()) {
      return;
    }
    if (ctx.pipeline().get(HAProxyMessageDecoder.class) == null) {
      ctx.pipeline().remove(this);
    } else {
      observer.refused(Reason.PROXY_PROTOCOL_LATE);
      var unused = ctx.channel().close();
    }
  }
}
