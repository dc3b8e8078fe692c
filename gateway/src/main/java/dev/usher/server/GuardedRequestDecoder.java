package dev.usher.server;

import dev.usher.http.AbsoluteTarget;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ByteProcessor;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x' decoder of requests, stricter in two points that have no setting: a request with both
 * Content-Length and Transfer-Encoding is refused (Netty would drop the length), and a head that
 * trickles in is cut off after a time, however steadily it does. Whoever comes after it reads
 * targets in one form only.
 */
final class GuardedRequestDecoder extends VertxHttpRequestDecoder {
  private final long headNanos;
  private final ProxyProtocol proxyProtocol;
  private boolean begun;
  private boolean inBody;
  private boolean inHead;
  private boolean answersAreOwed;
  private @Nullable Future<?> cutOff;
  private @Nullable ChannelHandlerContext context;

  GuardedRequestDecoder(Http1ServerConfig options, Duration headRead, ProxyProtocol proxyProtocol) {
    super(options);
    this.headNanos = headRead.toNanos();
    this.proxyProtocol = proxyProtocol;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (!begun) {
      begun = true;
      proxyProtocol.tellIfUnasked(ctx.channel(), buffer);
    }
    int before = out.size();
    boolean strayLines = !inBody && !inHead && isStrayLines(buffer);
    super.decode(ctx, buffer, out);
    for (int i = before; i < out.size(); i++) {
      Object part = out.get(i);
      if (part instanceof HttpRequest request) {
        AbsoluteTarget.rewrite(request);
        inBody = true;
        inHead = false;
        stopWatch();
      }
      if (part instanceof LastHttpContent) {
        inBody = false;
      }
    }
    // Nearly every head comes complete in one read, and then no timer is ever set.
    if (!inBody && out.size() == before && !strayLines) {
      inHead = true;
      startWatch(ctx);
    }
  }

  /** Whether these are only line ends: some clients end a request with one too many. */
  private static boolean isStrayLines(ByteBuf buffer) {
    return buffer.forEachByte(ByteProcessor.FIND_NON_CRLF) < 0;
  }

  /**
   * Notes whether answers are owed. While one is, half of the next request may take its time, as
   * that request would get no answer yet.
   */
  void answersAreOwed(boolean owed) {
    answersAreOwed = owed;
    if (owed) {
      stopWatch();
    } else if (inHead && context != null) {
      startWatch(context);
    }
  }

  private void startWatch(ChannelHandlerContext ctx) {
    context = ctx;
    if (cutOff == null && headNanos > 0 && !answersAreOwed) {
      cutOff =
          ctx.executor()
              .schedule(
                  () -> {
                    var unused = ctx.close();
                  },
                  headNanos,
                  TimeUnit.NANOSECONDS);
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
    stopWatch();
    super.handlerRemoved0(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    stopWatch();
    super.channelInactive(ctx);
  }

  private void stopWatch() {
    if (cutOff != null) {
      cutOff.cancel(false);
      cutOff = null;
    }
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException(
        "A request must have Content-Length or Transfer-Encoding but had both");
  }
}
