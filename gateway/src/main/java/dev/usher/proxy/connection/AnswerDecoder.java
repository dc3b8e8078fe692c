package dev.usher.proxy.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Netty's decoder of answers, made to decode one answer for each request and not a byte more.
 * Whatever lies beyond belongs to nobody: it is handed on undecoded, and the connection is spoilt.
 * A decoder that went on would make it the beginning of the next visitor's answer.
 */
final class AnswerDecoder extends HttpResponseDecoder {
  private static final int LINE_MAX = 8 * 1024;

  /** An origin may set many cookies, and large ones. */
  private static final int HEAD_MAX = 64 * 1024;

  /** As much as one read of a socket brings. */
  private static final int CHUNK_MAX = 64 * 1024;

  private boolean owed;
  private boolean toHead;
  private boolean interim;
  private boolean spoilt;
  private boolean reading;

  AnswerDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LINE_MAX)
            .setMaxHeaderSize(HEAD_MAX)
            .setMaxChunkSize(CHUNK_MAX));
  }

  /** Expects an answer, because a request of this method is being sent. */
  void expect(HttpMethod method) {
    owed = true;
    toHead = HttpMethod.HEAD.equals(method);
  }

  /** Whether anything came, or is buffered here, that is part of no answer. */
  boolean isSpoilt() {
    return spoilt || actualReadableBytes() > 0;
  }

  /** Whether more may come with the current read. */
  boolean isReading() {
    return reading;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    reading = true;
    super.channelRead(ctx, message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    reading = false;
    super.channelReadComplete(ctx);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (!owed) {
      if (buffer.isReadable()) {
        spoilt = true;
        out.add(buffer.readRetainedSlice(buffer.readableBytes()));
      }
      return;
    }
    int before = out.size();
    super.decode(ctx, buffer, out);
    for (int i = before; i < out.size(); i++) {
      Object part = out.get(i);
      if (part instanceof HttpResponse head) {
        interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      }
      if (part instanceof LastHttpContent && !interim) {
        owed = false;
      }
    }
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    boolean informational =
        ((HttpResponse) message).status().codeClass() == HttpStatusClass.INFORMATIONAL;
    return (toHead && !informational) || super.isContentAlwaysEmpty(message);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException(
        "An answer must have Content-Length or Transfer-Encoding but had both");
  }
}
