package dev.usher.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.AsciiString;

/**
 * Names of headers, as constants whose hashes are known, so that no request hashes or copies a
 * name.
 */
public final class HeaderNames {
  public static final AsciiString HOST = HttpHeaderNames.HOST;
  public static final AsciiString CONNECTION = HttpHeaderNames.CONNECTION;
  public static final AsciiString CLOSE = HttpHeaderValues.CLOSE;
  public static final AsciiString CONTENT_LENGTH = HttpHeaderNames.CONTENT_LENGTH;
  public static final AsciiString CONTENT_TYPE = HttpHeaderNames.CONTENT_TYPE;
  public static final AsciiString TRANSFER_ENCODING = HttpHeaderNames.TRANSFER_ENCODING;
  public static final AsciiString CHUNKED = HttpHeaderValues.CHUNKED;
  public static final AsciiString UPGRADE = HttpHeaderNames.UPGRADE;
  public static final AsciiString EXPECT = HttpHeaderNames.EXPECT;
  public static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
  public static final AsciiString WEBSOCKET = HttpHeaderValues.WEBSOCKET;
  public static final AsciiString COOKIE = HttpHeaderNames.COOKIE;
  public static final AsciiString TE = HttpHeaderNames.TE;
  public static final AsciiString TRAILERS = HttpHeaderValues.TRAILERS;
  public static final AsciiString ACCEPT = HttpHeaderNames.ACCEPT;
  public static final AsciiString ACCEPT_LANGUAGE = HttpHeaderNames.ACCEPT_LANGUAGE;
  static final AsciiString ACCEPT_ENCODING = HttpHeaderNames.ACCEPT_ENCODING;
  static final AsciiString CONTENT_ENCODING = HttpHeaderNames.CONTENT_ENCODING;
  static final AsciiString GZIP = HttpHeaderValues.GZIP;
  public static final AsciiString ORIGIN = HttpHeaderNames.ORIGIN;
  public static final AsciiString RETRY_AFTER = HttpHeaderNames.RETRY_AFTER;
  public static final AsciiString REFRESH = AsciiString.cached("refresh");
  public static final AsciiString CACHE_CONTROL = HttpHeaderNames.CACHE_CONTROL;
  static final AsciiString NO_STORE = HttpHeaderValues.NO_STORE;
  static final AsciiString X_CONTENT_TYPE_OPTIONS = AsciiString.cached("x-content-type-options");
  static final AsciiString NOSNIFF = AsciiString.cached("nosniff");
  public static final AsciiString REFERRER_POLICY = AsciiString.cached("referrer-policy");
  static final AsciiString SAME_ORIGIN = AsciiString.cached("same-origin");
  public static final AsciiString X_FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
  public static final AsciiString X_FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");
  public static final AsciiString X_FORWARDED_HOST = AsciiString.cached("x-forwarded-host");
  public static final AsciiString X_FORWARDED_PORT = AsciiString.cached("x-forwarded-port");
  public static final AsciiString FORWARDED = AsciiString.cached("forwarded");
  public static final AsciiString USHER_PASS = AsciiString.cached("usher-pass");
  public static final AsciiString USHER_TICKET = AsciiString.cached("usher-ticket");
  public static final AsciiString USHER_STATE = AsciiString.cached("usher-state");
  public static final AsciiString USHER_SESSION = AsciiString.cached("usher-session");
  public static final AsciiString USHER_STOCK = AsciiString.cached("usher-stock");
  public static final AsciiString X_CAPACITY_SATURATION =
      AsciiString.cached("x-capacity-saturation");
  public static final AsciiString ADMITTED = AsciiString.cached("admitted");
  public static final AsciiString HTTP = AsciiString.cached("http");
  public static final AsciiString HTTPS = AsciiString.cached("https");
  public static final AsciiString PORT_80 = AsciiString.cached("80");
  public static final AsciiString PORT_443 = AsciiString.cached("443");

  private HeaderNames() {}
}
