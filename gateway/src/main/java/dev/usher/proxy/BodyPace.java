package dev.usher.proxy;

import dev.usher.http.HeaderNames;
import dev.usher.proxy.connection.ProxyError;
import dev.usher.server.LeastRate;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * The pace of an exchange, and whose fault it is when it stops or crawls. Checked once a tick, so
 * that no part of a body costs more than an addition.
 */
final class BodyPace {
  private final Proxy proxy;
  private final RequestPump pump;
  private final boolean declared;
  private LeastRate.@Nullable Credit sends;
  private LeastRate.@Nullable Credit reads;
  private final @Nullable Runnable told;
  private int progressAt;
  private int heardAt;

  /**
   * @param told run once in each tick in which something came from the visitor; null for nothing
   */
  BodyPace(Proxy proxy, HttpServerRequest request, RequestPump pump, @Nullable Runnable told) {
    this.proxy = proxy;
    this.pump = pump;
    this.told = told;
    this.declared = request.headers().contains(HeaderNames.CONTENT_LENGTH);
  }

  /** Notes that something has moved. */
  void progress() {
    progressAt = proxy.now();
  }

  /** Notes that something came from the visitor. */
  void heard() {
    progress();
    if (told != null && heardAt != proxy.now()) {
      heardAt = proxy.now();
      told.run();
    }
  }

  /**
   * The error that ends the exchange, because nothing has moved for too long or the visitor is too
   * slow; null if all is well.
   */
  @Nullable ProxyError trouble(int limit, @Nullable AnswerPump answer) {
    if (proxy.now() - progressAt > limit) {
      boolean visitorReadsNot = answer != null && answer.isPaused();
      boolean visitorSendsNot = answer == null && !pump.isEnded() && !pump.isPaused();
      return visitorReadsNot || visitorSendsNot ? ProxyError.VISITOR_STALLED : ProxyError.TIMED_OUT;
    }
    LeastRate rate = proxy.leastRate();
    return rate.bytes() > 0 && (sendsSlowly(rate, answer) || readsSlowly(rate, answer))
        ? ProxyError.VISITOR_STALLED
        : null;
  }

  private boolean sendsSlowly(LeastRate rate, @Nullable AnswerPump answer) {
    if (pump.isEnded()) {
      return false;
    }
    if (sends == null) {
      sends = new LeastRate.Credit(rate, proxy.tickMillis());
    }
    // A visitor who talks both ways at once sends when there is something to say, with nothing
    // pending; and one who waits for the pod's word waits for the pod.
    boolean owes = declared || answer == null;
    boolean waits = pump.isPaused() || pump.asksFirst();
    return sends.isSpent(pump.bytes(), owes && !waits);
  }

  private boolean readsSlowly(LeastRate rate, @Nullable AnswerPump answer) {
    if (answer == null) {
      return false;
    }
    if (reads == null) {
      if (!answer.isPending()) {
        return false;
      }
      reads = new LeastRate.Credit(rate, proxy.tickMillis());
    }
    return reads.isSpent(answer.taken(), answer.isPending());
  }
}
