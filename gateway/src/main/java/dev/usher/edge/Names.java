package dev.usher.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.AsciiString;

/** Names of headers, as constants whose hashes are known: no name is hashed or copied a request. */
final class Names {
  static final AsciiString HOST = HttpHeaderNames.HOST;
  static final AsciiString CONNECTION = HttpHeaderNames.CONNECTION;
  static final AsciiString CLOSE = HttpHeaderValues.CLOSE;
  static final AsciiString CONTENT_LENGTH = HttpHeaderNames.CONTENT_LENGTH;
  static final AsciiString CONTENT_TYPE = HttpHeaderNames.CONTENT_TYPE;
  static final AsciiString TRANSFER_ENCODING = HttpHeaderNames.TRANSFER_ENCODING;
  static final AsciiString CHUNKED = HttpHeaderValues.CHUNKED;
  static final AsciiString UPGRADE = HttpHeaderNames.UPGRADE;
  static final AsciiString EXPECT = HttpHeaderNames.EXPECT;
  static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
  static final AsciiString WEBSOCKET = HttpHeaderValues.WEBSOCKET;
  static final AsciiString COOKIE = HttpHeaderNames.COOKIE;
  static final AsciiString TE = HttpHeaderNames.TE;
  static final AsciiString TRAILERS = HttpHeaderValues.TRAILERS;
  static final AsciiString ACCEPT = HttpHeaderNames.ACCEPT;
  static final AsciiString RETRY_AFTER = HttpHeaderNames.RETRY_AFTER;
  static final AsciiString REFRESH = AsciiString.cached("refresh");
  static final AsciiString CACHE_CONTROL = HttpHeaderNames.CACHE_CONTROL;
  static final AsciiString NO_STORE = HttpHeaderValues.NO_STORE;
  static final AsciiString X_CONTENT_TYPE_OPTIONS = AsciiString.cached("x-content-type-options");
  static final AsciiString NOSNIFF = AsciiString.cached("nosniff");
  static final AsciiString REFERRER_POLICY = AsciiString.cached("referrer-policy");
  static final AsciiString SAME_ORIGIN = AsciiString.cached("same-origin");
  static final AsciiString X_FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
  static final AsciiString X_FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");
  static final AsciiString X_FORWARDED_HOST = AsciiString.cached("x-forwarded-host");
  static final AsciiString X_FORWARDED_PORT = AsciiString.cached("x-forwarded-port");
  static final AsciiString FORWARDED = AsciiString.cached("forwarded");
  static final AsciiString USHER_PASS = AsciiString.cached("usher-pass");
  static final AsciiString USHER_TICKET = AsciiString.cached("usher-ticket");
  static final AsciiString USHER_STATE = AsciiString.cached("usher-state");
  static final AsciiString USHER_SESSION = AsciiString.cached("usher-session");
  static final AsciiString X_CAPACITY_SATURATION = AsciiString.cached("x-capacity-saturation");
  static final AsciiString ADMITTED = AsciiString.cached("admitted");
  static final AsciiString HTTP = AsciiString.cached("http");
  static final AsciiString HTTPS = AsciiString.cached("https");
  static final AsciiString PORT_80 = AsciiString.cached("80");
  static final AsciiString PORT_443 = AsciiString.cached("443");

  private Names() {}
}
