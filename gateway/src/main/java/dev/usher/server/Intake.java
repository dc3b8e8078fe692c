package dev.usher.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * A buffer for what a visitor sends over HTTP/1.1 while nobody may have it: bytes, not yet decoded.
 * Stops the visitor's socket once there is more than a little. The handlers after it count parts:
 * many small ones cost far more than they bring, and a large one that was cut up stays in memory as
 * long as any piece of it.
 */
public final class Intake extends ChannelInboundHandlerAdapter {
  /**
   * Large enough for a small request behind the one that is under way, and to notice who leaves.
   */
  private static final int KEPT_MAX = 16 * 1024;

  /** How much is decoded before the next look whether anybody may have more. */
  private static final int PART = 2 * 1024;

  private boolean bodyHeld;
  private boolean crowded;
  private boolean decoding;
  private boolean stopped;
  private @Nullable ByteBuf kept;
  private @Nullable ChannelHandlerContext context;

  /** Keeps the rest of this request's body, and what follows, until it may flow. */
  public static void hold(HttpServerRequest request) {
    Intake intake = of(request);
    if (intake != null) {
      intake.bodyHeld = true;
    }
  }

  public static void flow(HttpServerRequest request) {
    Intake intake = of(request);
    if (intake != null) {
      intake.flow();
    }
  }

  private static @Nullable Intake of(HttpServerRequest request) {
    return request.connection() instanceof ConnectionBase connection
        ? connection.channel().pipeline().get(Intake.class)
        : null;
  }

  void flow() {
    bodyHeld = false;
    goOn();
  }

  /** Notes whether so many requests wait for their turn that no more of them are decoded. */
  void crowded(boolean now) {
    if (crowded != now) {
      crowded = now;
      goOn();
    }
  }

  private boolean isHeld() {
    return bodyHeld || crowded;
  }

  private void goOn() {
    ChannelHandlerContext ctx = context;
    // Never from within: the caller may be in the middle of the part before.
    if (kept != null && ctx != null && !isHeld()) {
      ctx.executor().execute(() -> passOn(ctx));
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      ctx.fireChannelRead(message);
    } else if (kept != null || isHeld()) {
      keep(ctx, bytes);
    } else if (bytes.readableBytes() <= PART) {
      ctx.fireChannelRead(bytes);
    } else {
      decode(ctx, bytes);
      if (bytes.isReadable()) {
        keep(ctx, bytes);
      } else {
        bytes.release();
      }
    }
  }

  private void decode(ChannelHandlerContext ctx, ByteBuf bytes) {
    decoding = true;
    try {
      while (bytes.isReadable() && !isHeld()) {
        ctx.fireChannelRead(bytes.readRetainedSlice(Math.min(PART, bytes.readableBytes())));
      }
    } finally {
      decoding = false;
    }
  }

  /** Keeps a copy, because a small part may be the last of a large buffer. */
  private void keep(ChannelHandlerContext ctx, ByteBuf bytes) {
    ByteBuf to = kept;
    if (to == null) {
      to = ctx.alloc().buffer(bytes.readableBytes());
      kept = to;
    }
    to.writeBytes(bytes);
    bytes.release();
    if (to.readableBytes() > KEPT_MAX && !stopped) {
      stopped = true;
      ctx.channel().config().setAutoRead(false);
    }
  }

  private void passOn(ChannelHandlerContext ctx) {
    ByteBuf bytes = kept;
    if (bytes == null || decoding || isHeld()) {
      return;
    }
    decode(ctx, bytes);
    if (bytes.isReadable()) {
      bytes.discardSomeReadBytes();
    } else {
      kept = null;
      bytes.release();
      if (stopped) {
        stopped = false;
        ctx.channel().config().setAutoRead(true);
      }
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (kept != null) {
      kept.release();
      kept = null;
    }
  }
}
