package dev.usher.proxy;

import dev.usher.proxy.connection.ProxyError;
import dev.usher.proxy.turn.Turn;
import org.jspecify.annotations.Nullable;

/** The retries of one request: how many, and after which errors. */
final class Retries {
  private final RequestPump pump;
  private int made;

  Retries(RequestPump pump) {
    this.pump = pump;
  }

  /** Whether a request that got no answer may be retried after this error. */
  boolean mayFollow(ProxyError error) {
    return made < error.retries() && pump.isSafe() && pump.isThere();
  }

  /**
   * Whether to wait a moment first: a request that broke with two pods met pods that die together,
   * and after a moment the others of them have died, too.
   */
  boolean waitsAMoment(ProxyError error) {
    return error == ProxyError.CONNECTION_BROKEN && made > 1;
  }

  /** Whether the same pod is tried once more because the session is on it. */
  boolean stays(@Nullable Turn turn) {
    return made == 0 && turn != null && turn.went() != 0;
  }

  void made() {
    made++;
  }
}
