package dev.usher.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A close of a visitor's connection that lets them get the last answer: says that nothing more
 * comes, and discards what they still send until they close too. If the connection were closed at
 * once, the rest of their request would be answered with a reset, which would take the answer away
 * from them.
 */
final class LingeringClose extends ChannelDuplexHandler {
  /** Long enough for a round trip to the other side of the world and a resend. */
  private static final long MILLIS_MAX = 2000;

  /** How long a visitor may take to read what is still on its way to them. */
  private static final long READ_MILLIS_MAX = 60_000;

  /** How much a visitor may still send: a browser that sends more reads no answer meanwhile. */
  private static final long BYTES_MAX = 1024 * 1024;

  private final BooleanSupplier inVain;
  private @Nullable ChannelPromise closing;
  private @Nullable Future<?> cutOff;
  private long discarded;
  private boolean atOnce;

  /**
   * @param inVain whether there is no complete answer that could be lost
   */
  LingeringClose(BooleanSupplier inVain) {
    this.inVain = inVain;
  }

  /** Lets this connection close at once, because no answer could be lost. */
  static void atOnce(Channel channel) {
    LingeringClose linger = channel.pipeline().get(LingeringClose.class);
    if (linger != null) {
      linger.atOnce = true;
    }
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (closing != null || !ctx.channel().isActive() || atOnce || inVain.getAsBoolean()) {
      var unused = ctx.close(promise);
      return;
    }
    closing = promise.unvoid();
    cutOffAfter(READ_MILLIS_MAX, ctx);
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    // Both complete only when the visitor has taken everything that was written before.
    ChannelFuture said =
        tls == null ? ctx.writeAndFlush(Unpooled.EMPTY_BUFFER) : tls.closeOutbound();
    said.addListener(done -> endOutput(ctx));
    ctx.channel().config().setAutoRead(true);
  }

  private void endOutput(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
      var unused = duplex.shutdownOutput();
      cutOffAfter(MILLIS_MAX, ctx);
    }
  }

  private void cutOffAfter(long millis, ChannelHandlerContext ctx) {
    if (cutOff != null) {
      cutOff.cancel(false);
    }
    cutOff = ctx.executor().schedule(() -> cutOff(ctx), millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (closing == null) {
      ctx.fireChannelRead(message);
      return;
    }
    discarded += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    ReferenceCountUtil.release(message);
    if (discarded > BYTES_MAX) {
      cutOff(ctx);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (closing == null) {
      ctx.fireExceptionCaught(cause);
    } else {
      cutOff(ctx);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (cutOff != null) {
      cutOff.cancel(false);
    }
    if (closing != null) {
      closing.trySuccess();
    }
    ctx.fireChannelInactive();
  }

  private static void cutOff(ChannelHandlerContext ctx) {
    // Past the other outbound handlers: everything has been said.
    ctx.channel().unsafe().close(ctx.voidPromise());
  }
}
