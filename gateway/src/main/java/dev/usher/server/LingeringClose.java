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
 * Closes a visitor's connection so that they still get the last answer: says that nothing more
 * comes, and throws away what they still send, until they close too. Closed at once, the rest of
 * their request would be answered by a reset, and a reset takes the answer out of their hands.
 */
final class LingeringClose extends ChannelDuplexHandler {
  /** Long enough for a round trip to the other side of the world and a resend. */
  private static final long MILLIS_MAX = 2000;

  /** How long a visitor may take to read what is still on its way to them. */
  private static final long READ_MILLIS_MAX = 60_000;

  /** What a visitor may still send: a browser that sends more reads no answer meanwhile. */
  private static final long BYTES_MAX = 1024 * 1024;

  private final BooleanSupplier inVain;
  private @Nullable ChannelPromise closing;
  private @Nullable Future<?> cutOff;
  private long discarded;
  private boolean atOnce;

  /**
   * @param inVain whether there is no whole answer that could be lost
   */
  LingeringClose(BooleanSupplier inVain) {
    this.inVain = inVain;
  }

  /** There is no answer that could be lost when this connection is closed. */
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
    // Both are done only when the visitor has taken all that was written before.
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
    // Past the others on the way out: all that there was to say is said.
    ctx.channel().unsafe().close(ctx.voidPromise());
  }
}
