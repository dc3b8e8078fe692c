package dev.usher.server;

import dev.usher.server.ConnectionObserver.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A watch over the frames of an HTTP/2 connection, before anyone acts on them. Too many frames of a
 * kind, a head that does not become complete in time, or a connection that never gets to its first
 * frame end in GOAWAY and a close.
 *
 * <p>It reads only nine bytes of each frame, and therefore also sees the frames that the decoder
 * skips: those of closed streams, of unknown types, the parts of a head.
 */
final class Http2Frames extends ChannelInboundHandlerAdapter {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final int HEADER = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int CONTINUATION = 9;
  private static final int END_HEADERS = 4;

  /** GOAWAY is for clients that read; the others are closed all the same. */
  private static final int CLOSE_AFTER_MILLIS = 500;

  private final long headNanos;
  private final ConnectionObserver observer;
  private final FrameBudget budget = new FrameBudget();
  private int prefaceRead;
  private int headerRead;
  private int payloadLeft;
  private int length;
  private int type = DATA;
  private int flags;
  private int stream;

  /** The first stream opened in this read, 0 for none. */
  private int opened;

  private boolean inHead;
  private boolean refused;

  /** Complete heads and other frames so far, to tell one that is late from the one after it. */
  private long whole;

  private @Nullable Future<?> watch;

  Http2Frames(Duration headRead, ConnectionObserver observer) {
    this.headNanos = headRead.toNanos();
    this.observer = observer;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    watch(ctx); // the preface must come
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (refused) {
      ReferenceCountUtil.release(message);
      return;
    }
    budget.timeIs(System.nanoTime());
    opened = 0;
    Reason exceeded = message instanceof ByteBuf bytes ? read(bytes) : null;
    if (exceeded == null) {
      ctx.fireChannelRead(message);
    } else {
      ReferenceCountUtil.release(message);
      refuse(ctx, exceeded);
    }
  }

  /** Goes over the bytes. Returns the limit that a frame among them exceeds, or null. */
  private @Nullable Reason read(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    for (; prefaceRead < PREFACE.length && at < end; at++) {
      if (bytes.getByte(at) != PREFACE[prefaceRead++]) {
        return Reason.HTTP2_PREFACE;
      }
    }
    while (at < end) {
      if (payloadLeft > 0) {
        int skipped = Math.min(end - at, payloadLeft);
        at += skipped;
        payloadLeft -= skipped;
        if (payloadLeft == 0) {
          ended();
        }
      } else {
        header(bytes.getUnsignedByte(at++));
        if (headerRead == HEADER) {
          headerRead = 0;
          Reason exceeded = frame();
          if (exceeded != null) {
            return exceeded;
          }
        }
      }
    }
    return null;
  }

  private void header(int value) {
    if (headerRead < 3) {
      length = headerRead == 0 ? value : length << 8 | value;
    } else if (headerRead == 3) {
      type = value;
    } else if (headerRead == 4) {
      flags = value;
    } else {
      stream = headerRead == 5 ? value : stream << 8 | value;
    }
    headerRead++;
  }

  private @Nullable Reason frame() {
    if (whole == 0 && type != SETTINGS) {
      return Reason.HTTP2_PREFACE; // Vert.x would log a line for each
    }
    payloadLeft = length;
    inHead = type == HEADERS || (inHead && type == CONTINUATION);
    if (length == 0) {
      ended();
    }
    if (type == HEADERS && opened == 0) {
      opened = stream;
    }
    Reason exceeded = budget.take(type, flags, length);
    return exceeded == null && type == RST_STREAM && opened > 0 && stream >= opened
        ? budget.takeEarlyReset()
        : exceeded;
  }

  private void ended() {
    if (inHead && (flags & END_HEADERS) == 0) {
      return; // its next part must come
    }
    inHead = false;
    whole++;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (watch == null && isPending()) {
      watch(ctx);
    }
    ctx.fireChannelReadComplete();
  }

  /** Whether anything has begun that costs little to begin. Bodies have limits of their own. */
  private boolean isPending() {
    return whole == 0 || inHead || headerRead > 0 || (payloadLeft > 0 && type != DATA);
  }

  private void watch(ChannelHandlerContext ctx) {
    long before = whole;
    if (headNanos > 0) {
      watch = ctx.executor().schedule(() -> look(ctx, before), headNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void look(ChannelHandlerContext ctx, long before) {
    watch = null;
    if (isPending() && whole == before) {
      refuse(ctx, Reason.HTTP2_HEAD_LATE);
    } else if (isPending()) {
      watch(ctx);
    }
  }

  private void refuse(ChannelHandlerContext ctx, Reason reason) {
    if (refused) {
      return;
    }
    refused = true;
    observer.refused(reason);
    // A client that floods may not even read, so nothing is waited for.
    LingeringClose.atOnce(ctx.channel());
    ChannelHandlerContext http2 = ctx.pipeline().context(Http2ConnectionHandler.class);
    if (http2 == null || whole == 0) {
      var unused = ctx.close();
      return;
    }
    Http2ConnectionHandler handler = (Http2ConnectionHandler) http2.handler();
    int last = handler.connection().remote().lastStreamCreated();
    var unused =
        handler
            .goAway(
                http2,
                last,
                Http2Error.ENHANCE_YOUR_CALM.code(),
                Unpooled.EMPTY_BUFFER,
                http2.newPromise())
            .addListener(ChannelFutureListener.CLOSE);
    http2.flush();
    var unusedTimer =
        ctx.executor()
            .schedule(
                () -> {
                  var unusedClose = ctx.close();
                },
                CLOSE_AFTER_MILLIS,
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (watch != null) {
      watch.cancel(false);
    }
  }
}
