package dev.usher.server;

import dev.usher.http.HeaderNames;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.http1.Http1ServerConnection;
import io.vertx.core.http.impl.http1.Http1ServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.ShutdownEvent;
import org.jspecify.annotations.Nullable;

/**
 * The order of requests and answers on an HTTP/1.1 connection, and which answer is the last.
 * Nothing that comes after that one is carried out: neither what follows a refused request, because
 * it may be the rest of one that we read differently, nor what comes while the gateway stops.
 */
public final class Http1Turns extends ChannelDuplexHandler {
  /** How much of a body that nobody reads is discarded before the connection is closed. */
  private static final long DISCARD_BYTES_MAX = 1024 * 1024;

  /**
   * Limit on pipelined requests that are decoded; further ones stay bytes until their turn comes.
   */
  private static final int AHEAD_MAX = 16;

  private final VisitorConnection visitor;
  private final IdleConnections loop;
  private final GuardedRequestDecoder decoder;
  private final Intake intake;

  /** Requests whose heads have come and whose answers are not complete. */
  private int owed;

  /** The head of the request whose body is on its way. */
  private @Nullable HttpRequest receiving;

  /** The request whose turn it is. */
  private @Nullable HttpServerRequest asked;

  private Handler<HttpServerRequest> unreadable = request -> {};
  private boolean inAnswer;
  private boolean awaitsWord;
  private boolean refused;
  private boolean leaving;
  private boolean last;
  private boolean tunnel;
  private long discarded;

  Http1Turns(
      VisitorConnection visitor,
      IdleConnections loop,
      GuardedRequestDecoder decoder,
      Intake intake) {
    this.visitor = visitor;
    this.loop = loop;
    this.decoder = decoder;
    this.intake = intake;
  }

  /** Carries out nothing more of what comes over the connection of this request. */
  public static void refuse(HttpServerRequest request) {
    Http1Turns turns = of(request);
    if (turns != null) {
      turns.refused = true;
    }
  }

  /** Makes the answer to this request, which has not begun, the last; its body may still come. */
  public static void leaveAfter(HttpServerRequest request) {
    Http1Turns turns = of(request);
    if (turns != null) {
      turns.leaving = true;
    }
  }

  private static @Nullable Http1Turns of(HttpServerRequest request) {
    return request.connection() instanceof ConnectionBase connection
        ? connection.channel().pipeline().get(Http1Turns.class)
        : null;
  }

  /**
   * Has requests handled until the last answer has begun. Requests decoded by then are not seen.
   *
   * @param refusing gets those that are no HTTP
   */
  void handle(
      Http1ServerConnection connection,
      Handler<HttpServerRequest> handler,
      Handler<HttpServerRequest> refusing) {
    unreadable = refusing;
    connection.handler(unlessLeft(handler));
    connection.invalidRequestHandler(unlessLeft(refusing));
  }

  private Handler<HttpServerRequest> unlessLeft(Handler<HttpServerRequest> handler) {
    return request -> {
      if (!last) {
        asked = request;
        handler.handle(request);
      }
    };
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (tunnel) {
      visitor.rest(); // its idle time starts over
      ctx.fireChannelRead(message);
      return;
    }
    if (refused || (last && (message instanceof HttpRequest || owed == 0))) {
      refused = true;
      ReferenceCountUtil.release(message);
      return;
    } else if (message instanceof HttpRequest request) {
      begin(request);
    }
    if (message instanceof HttpContent content) {
      // A head that cannot be read comes as a complete request, and is answered as one.
      if (content.decoderResult().isSuccess() || message instanceof HttpRequest) {
        follow(ctx, content);
      } else if (isBrokenOff(content)) {
        content.release();
        return;
      }
    }
    ctx.fireChannelRead(message);
  }

  private void begin(HttpRequest head) {
    owed++;
    intake.crowded(owed >= AHEAD_MAX);
    receiving = head;
    awaitsWord = HttpUtil.is100ContinueExpected(head);
    decoder.answersAreOwed(true);
    visitor.receive();
  }

  private void follow(ChannelHandlerContext ctx, HttpContent content) {
    if (content instanceof LastHttpContent) {
      receiving = null;
      if (owed == 0) {
        visitor.rest();
      } else {
        visitor.owe();
      }
    } else if (owed == 0) {
      discarded += content.content().readableBytes();
      if (discarded > DISCARD_BYTES_MAX) {
        close(ctx);
      }
    }
  }

  /**
   * Gives up a request whose body turns out not to be HTTP. Returns whether that is answered, now
   * or when it is its turn; if its answer has begun, Vert.x closes.
   */
  private boolean isBrokenOff(HttpContent broken) {
    HttpRequest head = receiving;
    Http1ServerRequest request = of(head);
    if (head == null || owed == 0 || (request != null && request.response().headWritten())) {
      refused = true;
      last = true;
      return false;
    }
    receiving = null;
    visitor.owe();
    // Of its own kind: what is too long in a body says nothing of the head.
    Throwable cause = new CorruptedFrameException(broken.decoderResult().cause());
    head.setDecoderResult(DecoderResult.failure(cause));
    if (request != null) {
      // Whoever works on it gives it up, and then nobody else answers.
      ((Http1ServerConnection) request.connection()).handleException(cause);
      request.response().headers().clear();
      unreadable.handle(request);
    }
    return true;
  }

  /** The request with this head, if it is its turn. */
  private @Nullable Http1ServerRequest of(@Nullable HttpRequest head) {
    return asked instanceof Http1ServerRequest request && request.nettyRequest() == head
        ? request
        : null;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse head) {
      answer(head);
    }
    boolean ends = message instanceof LastHttpContent && inAnswer;
    if (tunnel) {
      visitor.rest();
    }
    if (!ends) {
      var unused = ctx.write(message, promise);
      return;
    }
    end();
    var unused =
        ctx.write(message, last ? promise.unvoid().addListener(sent -> leave(ctx)) : promise);
  }

  /**
   * Closes after the last answer, which is on its way. Until its reader goes, the connection may
   * make room.
   */
  private void leave(ChannelHandlerContext ctx) {
    visitor.rest();
    close(ctx);
  }

  private void answer(HttpResponse head) {
    int status = head.status().code();
    if (status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
      tunnel = true;
      return;
    }
    if (status < HttpResponseStatus.OK.code()) {
      awaitsWord = false;
      return;
    }
    inAnswer = true;
    if (!head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      head.setProtocolVersion(HttpVersion.HTTP_1_1); // Vert.x repeats the request's version
    }
    // Requests that have already come are answered first, because their senders could not know.
    boolean nothingFollows = owed <= 1;
    boolean leaves = loop.isDraining() || (awaitsWord && receiving != null) || crowded();
    if (refused || leaving || (nothingFollows && leaves)) {
      last = true;
      head.headers().set(HeaderNames.CONNECTION, HeaderNames.CLOSE);
    }
  }

  private boolean crowded() {
    return visitor.isOnTrial();
  }

  private void end() {
    inAnswer = false;
    asked = null;
    owed--;
    intake.crowded(owed >= AHEAD_MAX);
    if (owed == 0 && !last) {
      intake.flow();
      // If a body is still on its way, it may come until the idle time is over.
      discarded = 0;
      decoder.answersAreOwed(false);
      visitor.rest();
    }
  }

  private void close(ChannelHandlerContext ctx) {
    refused = true;
    last = true;
    var unused = ctx.channel().close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ShutdownEvent stop && !stop.timeout().isZero()) {
      // Vert.x would close connections that are idle at this moment, and with them requests that
      // are on their way in.
      loop.drain(stop.timeout());
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }
}
