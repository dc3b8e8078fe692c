package dev.usher.server;

import static io.netty.handler.codec.http2.Http2Error.PROTOCOL_ERROR;

import dev.usher.http.HeaderNames;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A guard between the frames of an HTTP/2 connection and Vert.x: resets a stream whose head or
 * trailers are malformed before anyone sees it. The connection goes on: its header table has taken
 * the fields in, so the other streams are still read correctly.
 */
final class Http2Guard extends Http2FrameListenerDecorator {
  /**
   * Heads are read up to this many times their limit, so that a client that exceeds it gets an
   * answer in words.
   */
  static final int READ_TIMES = 4;

  /** What HPACK counts for a field besides its letters (RFC 7541, 4.1). */
  private static final int FIELD_COST = 32;

  private static final int PATH_KEPT = 1024;

  /** Stands for the fields of a head that was too large; its client gets an answer all the same. */
  private static final AsciiString TOO_LARGE = AsciiString.cached("usher-head-too-large");

  private final Http2Connection connection;

  /**
   * Set on streams whose head was seen. Netty's own mark is set before the listener gets a head
   * without a body.
   */
  private final Http2Connection.PropertyKey begun;

  private final int headMax;

  private Http2Guard(Http2FrameListener guarded, Http2Connection connection, int headMax) {
    super(guarded);
    this.connection = connection;
    this.headMax = headMax;
    this.begun = connection.newKey();
  }

  /**
   * Guards the connection from its next frame on. Must be called while its first frame is read,
   * which is always SETTINGS.
   */
  static void on(Http2ConnectionHandler handler, int headMax) {
    Http2ConnectionDecoder decoder = handler.decoder();
    decoder.frameListener(new Http2Guard(decoder.frameListener(), decoder.connection(), headMax));
  }

  /** Whether the head of this request was too large; most of its fields are gone. */
  static boolean isHeadTooLarge(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2 && request.headers().contains(TOO_LARGE);
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
    if (isTooLarge(headers)) {
      if (trailers) {
        throw Http2Exception.streamError(streamId, PROTOCOL_ERROR, "Trailers that are too long");
      }
      forget(headers);
    }
    String wrong = trailers ? Http2HeadCheck.trailers(headers) : Http2HeadCheck.head(headers);
    if (wrong != null) {
      throw Http2Exception.streamError(streamId, PROTOCOL_ERROR, "A head with %s", wrong);
    }
    if (!trailers) {
      stream.setProperty(begun, Boolean.TRUE);
      if (headers.authority() == null) {
        // Some intermediaries translate Host as it came (RFC 9113, 8.3.1). Here the two are the
        // same.
        headers.authority(headers.get(HeaderNames.HOST));
      }
    }
  }

  private boolean isTooLarge(Http2Headers headers) {
    int size = 0;
    for (Map.Entry<CharSequence, CharSequence> field : headers) {
      size += field.getKey().length() + field.getValue().length() + FIELD_COST;
    }
    return size > headMax;
  }

  /** Keeps what is needed for an answer, and nothing of what made the head too large. */
  private static void forget(Http2Headers headers) {
    CharSequence accept = headers.get(HeaderNames.ACCEPT);
    CharSequence host = headers.get(HeaderNames.HOST);
    CharSequence origin = headers.get(HeaderNames.ORIGIN);
    CharSequence length = headers.get(HeaderNames.CONTENT_LENGTH);
    Set<CharSequence> names = new HashSet<>(headers.names());
    for (CharSequence name : names) {
      if (name.length() == 0 || name.charAt(0) != ':') {
        headers.remove(name);
      }
    }
    CharSequence path = headers.path();
    if (path != null && path.length() > PATH_KEPT) {
      headers.path("/");
    }
    keep(headers, HeaderNames.ACCEPT, accept);
    keep(headers, HeaderNames.HOST, host);
    keep(headers, HeaderNames.ORIGIN, origin);
    keep(headers, HeaderNames.CONTENT_LENGTH, length);
    headers.set(TOO_LARGE, AsciiString.EMPTY_STRING);
  }

  private static void keep(Http2Headers headers, CharSequence name, @Nullable CharSequence value) {
    if (value != null && value.length() <= PATH_KEPT) {
      headers.set(name, value);
    }
  }
}
