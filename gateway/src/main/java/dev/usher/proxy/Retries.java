package dev.usher.proxy;

import dev.usher.proxy.connection.ProxyError;
import dev.usher.proxy.turn.Turn;
import org.jspecify.annotations.Nullable;

/** How often a request is sent again, and after what. */
final class Retries {
  private final RequestPump pump;
  private int made;

  Retries(RequestPump pump) {
    this.pump = pump;
  }

  /** Whether a request of which no answer came may be sent once more after this. */
  boolean mayFollow(ProxyError error) {
    return made < error.retries() && pump.isSafe() && pump.isThere();
  }

  /**
   * Whether to wait a moment first: whoever broke with two pods met some that die together, and by
   * then the others have died, too.
   */
  boolean waitsAMoment(ProxyError error) {
    return error == ProxyError.CONNECTION_BROKEN && made > 1;
  }

  /** Whether the same pod is tried once more, because the session is on it. */
  boolean stays(@Nullable Turn turn) {
    return made == 0 && turn != null && turn.went() != 0;
  }

  void made() {
    made++;
  }
}
