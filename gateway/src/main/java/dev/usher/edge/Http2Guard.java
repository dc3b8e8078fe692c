package dev.usher.edge;

import static io.netty.handler.codec.http2.Http2Error.PROTOCOL_ERROR;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * Stands between the frames of an HTTP/2 connection and Vert.x, and resets a stream whose head or
 * trailers are malformed before anyone sees it. The connection goes on: its header table has taken
 * the fields in, so that the other streams are read as they were meant.
 */
final class Http2Guard extends Http2FrameListenerDecorator {
  private final Http2Connection connection;

  /** Set on streams whose head was seen. Netty's own mark is set before a head without a body. */
  private final Http2Connection.PropertyKey begun;

  private Http2Guard(Http2FrameListener guarded, Http2Connection connection) {
    super(guarded);
    this.connection = connection;
    this.begun = connection.newKey();
  }

  /**
   * Guards the connection from its next frame on. To be called while its first frame is read, which
   * is always one of settings.
   */
  static void on(Http2ConnectionHandler handler) {
    Http2ConnectionDecoder decoder = handler.decoder();
    decoder.frameListener(new Http2Guard(decoder.frameListener(), decoder.connection()));
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int padding,
      boolean endOfStream)
      throws Http2Exception {
    check(streamId, headers);
    super.onHeadersRead(ctx, streamId, headers, padding, endOfStream);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int streamDependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean endOfStream)
      throws Http2Exception {
    check(streamId, headers);
    super.onHeadersRead(
        ctx, streamId, headers, streamDependency, weight, exclusive, padding, endOfStream);
  }

  private void check(int streamId, Http2Headers headers) throws Http2Exception {
    Http2Stream stream = connection.stream(streamId);
    boolean trailers = stream.getProperty(begun) != null;
    String wrong = trailers ? Http2HeadCheck.trailers(headers) : Http2HeadCheck.head(headers);
    if (wrong != null) {
      throw Http2Exception.streamError(streamId, PROTOCOL_ERROR, "A head with %s", wrong);
    }
    if (!trailers) {
      stream.setProperty(begun, Boolean.TRUE);
      if (headers.authority() == null) {
        // Some intermediaries translate a Host as it came (RFC 9113, 8.3.1). To us both are one.
        headers.authority(headers.get(Names.HOST));
      }
    }
  }
}
