package dev.usher.server;

import dev.usher.server.ConnectionObserver.Reason;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose PROXY protocol is not through after the time of a head. Vert.x' own
 * time begins anew with every byte.
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
   * Watches all that are accepted after this one where it was accepted. Before a first one is
   * through nobody can be told from the server's side; those are bound by Vert.x.
   */
  void overAllBeside(Channel connection) {
    Channel server = connection.parent();
    // Each event loop's first connection comes by here, and several may at once.
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

  /** Stands where connections are accepted. */
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
