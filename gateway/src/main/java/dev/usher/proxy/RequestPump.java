package dev.usher.proxy;

import dev.usher.http.HeaderNames;
import dev.usher.proxy.connection.ProxyError;
import dev.usher.proxy.connection.UpstreamConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request to a pod, its body as it comes from the visitor and no faster than the pod reads.
 */
final class RequestPump implements Handler<Buffer> {
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

  private final Exchange exchange;
  private final HttpServerRequest request;
  private final Interim interim;
  private final HttpRequest head;
  private final long bodyMax;
  private final boolean bodyExpected;

  private @Nullable SmallBody small;
  private boolean reading;
  private @Nullable UpstreamConnection to;
  private boolean headSent;
  private boolean ended;
  private boolean paused;
  private long sentAt;
  private long sent;

  RequestPump(Exchange exchange, HttpServerRequest request, HttpRequest head, long bodyMax) {
    this.exchange = exchange;
    this.request = request;
    this.interim = new Interim(request);
    this.head = head;
    this.bodyMax = bodyMax;
    this.bodyExpected = RequestBody.mayCome(request);
    // The body may be held already, by code that asked the store; holding it twice is harmless.
    this.paused = RequestBody.hold(request);
  }

  /** Whether the request may be sent a second time, judging by its method. */
  boolean isSafe() {
    return SAFE.contains(request.method());
  }

  /**
   * Whether the visitor waits for a word before sending the body. Then nobody knows whether the
   * body still comes after any other answer, and the connection is of no more use.
   */
  boolean awaitsWord() {
    return bodyExpected && asksFirst() && request.version() != HttpVersion.HTTP_2;
  }

  /**
   * Whether the visitor asked for a word before the body, has not had it and has sent nothing of
   * the body.
   */
  boolean asksFirst() {
    return request.headers().contains(HeaderNames.EXPECT) && sent == 0 && !interim.toldToGoOn();
  }

  /** How much of the body has been read. */
  long bytes() {
    return sent;
  }

  /** Microseconds since the pod got the request, or what it has of it so far. */
  long sinceSent() {
    return sentAt == 0 ? 0 : (System.nanoTime() - sentAt) / 1000;
  }

  /** Whether the whole request can be sent, because nothing of the body is gone. */
  boolean isThere() {
    return sent == 0 || (small != null && small.isWhole());
  }

  /** Whether a small body is being read. */
  boolean isReading() {
    return reading;
  }

  /** Whether the pod has the complete request. */
  boolean isEnded() {
    return ended;
  }

  /** The interim answers to the visitor. */
  Interim interim() {
    return interim;
  }

  /** Whether it is the pod that keeps the visitor from sending more. */
  boolean isPaused() {
    return paused;
  }

  /** Keeps the body in the visitor's socket until there is a connection to a pod. */
  void hold() {
    if (bodyExpected && !paused) {
      paused = RequestBody.hold(request);
    }
  }

  /** The body, if it is a small one, read whole before anything is asked for; else null. */
  @Nullable SmallBody small() {
    return small;
  }

  /** Makes the small body, if the request has one that may take this memory; else null. */
  @Nullable SmallBody small(BodyMemory memory) {
    small = SmallBody.of(request, exchange.forwarded, memory);
    return small;
  }

  /** Reads a small body whole, then runs this. Returns false if there is no room for it. */
  boolean read(SmallBody body, Handler<Void> then) {
    if (!body.open()) {
      small = null;
      body.end();
      return false;
    }
    reading = true;
    interim.goOn();
    head.headers().remove(HeaderNames.EXPECT);
    request.handler(
        exchange.guarded(
            part -> {
              sent += part.length();
              exchange.pace.heard();
              body.handle(part);
            }));
    request.endHandler(
        exchange.guarded(
            v -> {
              if (reading) {
                reading = false;
                then.handle(null);
              }
            }));
    resume();
    return true;
  }

  void sendTo(UpstreamConnection connection) {
    to = connection;
    if (small != null) {
      ended = true;
      write(connection, whole(small.take(!isSafe())));
      return;
    }
    if (!bodyExpected || ended) {
      ended = true;
      write(connection, whole(Unpooled.EMPTY_BUFFER));
      return;
    }
    if (!head.headers().contains(HeaderNames.CONTENT_LENGTH)) {
      head.headers().set(HeaderNames.TRANSFER_ENCODING, HeaderNames.CHUNKED);
    }
    if (request.isEnded()) {
      throw new IllegalStateException("A body must be held from the start but is gone already");
    }
    request.handler(exchange.guarded(this));
    request.endHandler(exchange.guarded(v -> end()));
    // A small body comes in the same packet as its head, and leaves so. Only for a visitor who
    // waits for a word before the body, or who sends it later, must the head be sent ahead.
    if (mustSendHeadAhead()) {
      sendHead(connection);
    }
    resume();
  }

  private boolean mustSendHeadAhead() {
    return head.headers().contains(HeaderNames.EXPECT)
        || !(isSafe() && request.version() == HttpVersion.HTTP_2);
  }

  private DefaultFullHttpRequest whole(ByteBuf body) {
    headSent = true;
    return new DefaultFullHttpRequest(
        head.protocolVersion(),
        head.method(),
        head.uri(),
        body,
        head.headers(),
        EmptyHttpHeaders.INSTANCE);
  }

  private void sendHead(UpstreamConnection connection) {
    headSent = true;
    write(connection, head);
  }

  /** Sends the head or the end of the request; the pod works from the later of the two on. */
  private void write(UpstreamConnection connection, HttpObject part) {
    sentAt = System.nanoTime();
    connection.write(part);
  }

  @Override
  public void handle(Buffer chunk) {
    UpstreamConnection connection = to;
    if (connection == null) {
      return;
    }
    sent += chunk.length();
    if (bodyMax > 0 && sent > bodyMax) {
      exchange.fail(ProxyError.BODY_TOO_LARGE);
      return;
    }
    if (sent > LongRequest.UPLOAD_BYTES) {
      exchange.lease().runOn();
    }
    exchange.pace.heard();
    if (!headSent) {
      sendHead(connection);
    }
    connection.write(new DefaultHttpContent(((BufferInternal) chunk).getByteBuf()));
    if (connection.isFull()) {
      hold();
    }
  }

  private void end() {
    UpstreamConnection connection = to;
    if (connection == null || ended) {
      return;
    }
    ended = true;
    if (!headSent) {
      head.headers().remove(HeaderNames.TRANSFER_ENCODING);
      write(connection, whole(Unpooled.EMPTY_BUFFER));
      return;
    }
    write(connection, LastHttpContent.EMPTY_LAST_CONTENT);
  }

  /** Sends nothing more; whatever the visitor still sends is discarded. */
  void discardRest() {
    to = null;
    reading = false;
    if (bodyExpected && !ended) {
      paused = false;
      RequestBody.discard(request);
    }
  }

  void resume() {
    if (paused) {
      paused = false;
      RequestBody.flow(request);
    }
  }
}
