package dev.usher.proxy;

import dev.usher.proxy.connection.UpstreamConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.impl.ShutdownEvent;

/**
 * One direction of a tunnel: what comes from one side goes to the other, no faster than it is
 * taken; and when the one side ends, the end goes to the other after everything that came before.
 */
final class TunnelPump {
  /** The most that may be on its way to a side that does not read. */
  private static final int PENDING_MAX = 32 * 1024;

  private final NetSocketInternal from;
  private final NetSocketInternal to;
  private final Channel source;
  private final Hooks hooks;
  private int pending;
  private long passed;
  private boolean paused;
  private boolean ending;
  private boolean ended;

  /**
   * The callbacks of a pump.
   *
   * @param moved something came
   * @param ended the other side was told of the end
   */
  record Hooks(Runnable moved, Runnable ended) {}

  TunnelPump(NetSocketInternal from, NetSocketInternal to, Hooks hooks) {
    this.from = from;
    this.to = to;
    this.source = from.channelHandlerContext().channel();
    this.hooks = hooks;
  }

  boolean isEnded() {
    return ended;
  }

  /** Parts that the other side has taken so far. */
  long passed() {
    return passed;
  }

  void start() {
    source.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    from.eventHandler(this::event);
    // The socket is stopped, not Vert.x, which would queue several reads before it stops the
    // socket.
    from.messageHandler(this::pass);
    from.resume();
  }

  private void pass(Object part) {
    ByteBuf bytes = bytes(part);
    if (ending || !bytes.isReadable()) {
      bytes.release();
      return;
    }
    hooks.moved().run();
    int cost = bytes.readableBytes() + UpstreamConnection.PART_COST;
    pending += cost;
    if (pending > PENDING_MAX && !paused) {
      paused = true;
      source.config().setAutoRead(false);
    }
    var unused = to.writeMessage(bytes).onComplete(done -> written(cost));
  }

  /**
   * Something that came before the pump is a buffer already, or the end of the request that asked
   * for it.
   */
  private static ByteBuf bytes(Object part) {
    if (part instanceof ByteBufHolder held) {
      return held.content();
    }
    return part instanceof ByteBuf raw ? raw : ((BufferInternal) part).getByteBuf();
  }

  /**
   * Takes in that a part was written, or failed; then the other side is being closed, and with it
   * the tunnel.
   */
  private void written(int cost) {
    pending -= cost;
    passed++;
    if (paused && pending <= PENDING_MAX / 2) {
      paused = false;
      source.config().setAutoRead(true);
    }
    if (ending && pending == 0) {
      end();
    }
  }

  private void event(Object event) {
    if (event instanceof ChannelInputShutdownEvent
        || (event instanceof SslCloseCompletionEvent closed && closed.isSuccess())) {
      ending = true;
      if (pending == 0) {
        end();
      }
    } else if (event instanceof ShutdownEvent) {
      var unused = from.close();
    } else {
      ReferenceCountUtil.release(event);
    }
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    Channel sink = to.channelHandlerContext().channel();
    SslHandler tls = sink.pipeline().get(SslHandler.class);
    if (tls != null) {
      var unused = tls.closeOutbound();
    } else if (sink instanceof DuplexChannel duplex && sink.isActive()) {
      var unused = duplex.shutdownOutput();
    }
    hooks.ended().run();
  }
}
