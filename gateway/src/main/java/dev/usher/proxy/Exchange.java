package dev.usher.proxy;

import dev.usher.http.HeaderNames;
import dev.usher.http.LastResort;
import dev.usher.http.Problem;
import dev.usher.pods.Slot;
import dev.usher.proxy.connection.ProxyError;
import dev.usher.proxy.connection.UpstreamConnection;
import dev.usher.server.Http1Turns;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a pod and its answer on the way back. It ends exactly once, whatever
 * happens, and then gives its slot back. Confined to the proxy's event loop.
 */
final class Exchange implements UpstreamConnection.Reader {
  private static final int SWITCHING_PROTOCOLS = 101;

  private final Proxy proxy;
  private final HttpServerRequest request;
  final ForwardedRequest forwarded;
  final RequestPump pump;
  private final @Nullable String upgrade;
  private final long startedAt = System.nanoTime();

  private final SlotLease lease;
  private @Nullable UpstreamConnection connection;
  private @Nullable AnswerPump answer;
  private boolean answerKeepsAlive;
  private final Retries retries;
  boolean finished;
  final BodyPace pace;

  Exchange(Proxy proxy, HttpServerRequest request, ForwardedRequest forwarded) {
    this.proxy = proxy;
    this.request = request;
    this.forwarded = forwarded;
    this.lease = new SlotLease(proxy, forwarded, LongRequest.isStream(request));
    this.upgrade = Tunnel.protocolAsked(request);
    this.pump =
        new RequestPump(
            this, request, RequestHead.of(request, forwarded, upgrade), forwarded.bodyBytes());
    this.retries = new Retries(pump);
    this.pace = new BodyPace(proxy, request, pump, forwarded.heard());
    request.response().exceptionHandler(guarded(failure -> fail(ProxyError.VISITOR_LEFT)));
    request.response().closeHandler(guarded(v -> fail(ProxyError.VISITOR_LEFT)));
  }

  /** Wraps a handler: if it throws, nothing of this exchange is left in flight. */
  <T> Handler<T> guarded(Handler<T> handler) {
    return event -> {
      try {
        handler.handle(event);
      } catch (RuntimeException | Error e) {
        failed();
        throw e;
      }
    };
  }

  private void failed() {
    if (finished) {
      LastResort.answer(request, forwarded.notices()); // the end itself failed
    } else {
      fail(ProxyError.INTERNAL_ERROR);
    }
  }

  SlotLease lease() {
    return lease;
  }

  /** Waits for a slot. The visitor's body stays in their socket meanwhile. */
  void await() {
    if (finished) {
      return;
    }
    pump.hold();
    lease.await(guarded(this::start), guarded(this::fail));
  }

  /** Sends the request to the slot's pod. */
  void start(Slot taken) {
    if (!lease.take(taken)) {
      fail(ProxyError.STREAMS_FULL);
      return;
    }
    proxy.started(this);
    UpstreamConnection idle = proxy.connections().takeIdle(taken.pod(), pump.isSafe());
    if (idle != null) {
      sendBy(idle);
    } else {
      connect(taken);
    }
  }

  private void connect(Slot taken) {
    pump.hold();
    var unused =
        proxy
            .connections()
            .connect(taken.pod())
            .onComplete(
                guarded(this::connected), guarded(failure -> fail(ProxyError.CONNECT_FAILED)));
  }

  private void connected(UpstreamConnection fresh) {
    if (finished) {
      proxy.connections().keep(fresh);
    } else {
      sendBy(fresh);
    }
  }

  private void sendBy(UpstreamConnection to) {
    connection = to;
    progress();
    to.lendTo(this);
    pump.sendTo(to);
  }

  @Override
  public void head(HttpResponse head) {
    progress();
    int status = head.status().code();
    UpstreamConnection from = connection;
    if (from == null) {
      return;
    }
    if (status == SWITCHING_PROTOCOLS) {
      switchProtocols(from, head);
    } else if (status < 200 ? !pump.interim().hear(head) : !AnswerPump.isClear(head)) {
      fail(ProxyError.BAD_ANSWER);
    } else if (status >= 200) {
      Slot slot = lease.slot();
      if (slot != null) {
        slot.firstByte(pump.sinceSent(), status, OriginHeaders.saturation(head.headers()));
      }
      if (LongRequest.isEvents(head.headers().get(HeaderNames.CONTENT_TYPE)) && !lease.stream()) {
        fail(ProxyError.STREAMS_FULL);
        return;
      }
      AnswerPump pumped = new AnswerPump(request, from);
      answer = pumped;
      if (pump.awaitsWord()) {
        Http1Turns.leaveAfter(request);
      }
      answerKeepsAlive = pumped.keepsAlive(head);
      pumped.head(head, forwarded);
    }
  }

  private void switchProtocols(UpstreamConnection from, HttpResponse head) {
    if (upgrade == null || !upgrade.equalsIgnoreCase(head.headers().get(HeaderNames.UPGRADE))) {
      fail(ProxyError.BAD_ANSWER);
      return;
    }
    // A tunnel has its own time limits; the visitor's idle time-out watches it.
    proxy.ended(this);
    Runnable done = () -> finish(Slot.Outcome.ANSWERED, SWITCHING_PROTOCOLS, null);
    Tunnel.open(request, from, head, new Tunnel.Hooks(forwarded::opens, pace::heard, done));
  }

  @Override
  public void content(HttpContent content) {
    AnswerPump to = answer;
    if (to == null || finished) {
      content.release();
      return;
    }
    progress();
    if (content instanceof LastHttpContent) {
      answered();
    }
    to.content(content);
  }

  /**
   * Ends the exchange, because the pod has answered completely, before the visitor gets the last
   * part: that part closes an HTTP/2 stream, and a stream that closes before the end means a
   * visitor who left.
   */
  private void answered() {
    UpstreamConnection from = connection;
    connection = null;
    boolean keeps = pump.isEnded() && answerKeepsAlive && upgrade == null;
    finish(Slot.Outcome.ANSWERED, request.response().getStatusCode(), null);
    if (from != null && keeps) {
      proxy.connections().keep(from);
    } else if (from != null) {
      from.close();
    }
  }

  @Override
  public void readComplete() {
    if (answer != null && !finished) {
      answer.flush();
    }
  }

  @Override
  public void drained() {
    progress();
    pump.resume();
  }

  @Override
  public void broken(ProxyError error) {
    UpstreamConnection was = connection;
    connection = null;
    if (error == ProxyError.INTERNAL_ERROR) {
      failed();
    } else if (!retry(error, was != null && was.isUsed())) {
      fail(error);
    }
  }

  /** Retries a safe request, if nothing of the answer has come and nothing of its body is gone. */
  private boolean retry(ProxyError error, boolean stale) {
    Slot failed = lease.slot();
    if (failed == null || finished || answer != null || !retries.mayFollow(error)) {
      return false;
    }
    boolean same = retries.stays(forwarded.turn());
    Slot other = same ? null : proxy.slot(forwarded, failed.pod());
    retries.made();
    proxy.observer().retried(error);
    if (other == null && (stale || same)) {
      // A kept connection may just have been closed as idle: the pod gets a new connection, and
      // keeps its slot.
      connect(failed);
      return true;
    }
    lease.giveUp(error.outcome());
    if (retries.waitsAMoment(error)) {
      if (other != null) {
        other.giveBack(Slot.Outcome.CANCELLED);
      }
      proxy.inAMoment(guarded(v -> await()));
    } else if (other == null) {
      // All other pods have as many requests as they may: the visitor waits as for any slot.
      await();
    } else {
      var unused = lease.take(other); // a stream has just given back what it takes here
      connect(other);
    }
    return true;
  }

  void progress() {
    pace.progress();
  }

  /** Ends the exchange if nothing has moved for this many ticks, or the visitor is too slow. */
  void check(int limit) {
    boolean moves = connection != null || pump.isReading();
    ProxyError trouble = moves ? pace.trouble(limit, answer) : null;
    if (trouble != null) {
      fail(trouble);
    }
  }

  /** Ends the exchange with this error, and tells the visitor as well as is still possible. */
  void fail(ProxyError error) {
    if (finished) {
      return;
    }
    if (error == ProxyError.CONNECT_FAILED && retry(error, false)) {
      return;
    }
    UpstreamConnection from = connection;
    connection = null;
    boolean begun = request.response().headWritten();
    // Then nobody left: a body turned out to be no HTTP, which is refused where it was read.
    boolean malformed = request.decoderResult().isFailure();
    int told = malformed ? Problem.MALFORMED.status() : error.status();
    int status = begun ? request.response().getStatusCode() : told;
    finish(error.outcome(), status, malformed ? null : error);
    if (from != null) {
      from.close();
    }
    if (begun || error == ProxyError.INTERNAL_ERROR) {
      // The visitor must see that the answer is incomplete.
      LastResort.answer(request, forwarded.notices());
    } else if (error != ProxyError.VISITOR_LEFT) {
      if (pump.awaitsWord()) {
        Http1Turns.leaveAfter(request);
      }
      var unused = ProxyErrorAnswer.send(request, error, forwarded);
    }
  }

  private void finish(Slot.Outcome outcome, int status, @Nullable ProxyError error) {
    if (finished) {
      return;
    }
    finished = true;
    // Before anything that may throw: a slot that is not given back is lost forever.
    lease.end(outcome);
    proxy.over(this);
    proxy.observer().finished(status, System.nanoTime() - startedAt, error);
    pump.discardRest();
  }
}
