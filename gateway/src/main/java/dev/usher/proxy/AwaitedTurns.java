package dev.usher.proxy;

import dev.usher.proxy.connection.ProxyError;
import dev.usher.proxy.turn.Turn;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The requests of one event loop that wait for their turn. Confined to that loop. */
final class AwaitedTurns {
  private final Map<Exchange, Turn> waiting = new HashMap<>();
  private final Context context;
  private final IntSupplier slots;
  private int now;

  /**
   * @param slots the number of slots the upstream has now
   */
  AwaitedTurns(Context context, IntSupplier slots) {
    this.context = context;
    this.slots = slots;
  }

  /** Runs this when it is the request's turn. Until then the body stays in the visitor's socket. */
  void ask(Exchange exchange, @Nullable Turn turn, Consumer<Exchange> then) {
    if (turn == null) {
      then.accept(exchange);
      return;
    }
    Handler<Void> come = exchange.guarded(v -> come(exchange, turn, then));
    switch (turn.ask(now, slots, () -> context.runOnContext(come))) {
      case GOES -> go(exchange, turn, then);
      case WAITS -> {
        exchange.pump.hold();
        waiting.put(exchange, turn);
      }
      case REFUSED -> exchange.fail(turn.refusal());
    }
  }

  private void come(Exchange exchange, Turn turn, Consumer<Exchange> then) {
    if (!exchange.finished) {
      waiting.remove(exchange);
      go(exchange, turn, then);
    }
  }

  private static void go(Exchange exchange, Turn turn, Consumer<Exchange> then) {
    if (turn.isSpent()) {
      exchange.fail(ProxyError.SENT_ALREADY);
    } else {
      then.accept(exchange);
    }
  }

  /**
   * Fails the requests whose line stands still.
   *
   * @param limit the number of ticks without a move
   */
  void tick(int tick, int limit) {
    now = tick;
    for (Map.Entry<Exchange, Turn> each : List.copyOf(waiting.entrySet())) {
      Turn turn = each.getValue();
      if (turn.isStuck(now, limit)) {
        each.getKey().fail(turn.refusal());
      }
    }
  }

  /** Forgets a request that no longer waits. */
  void forget(Exchange exchange) {
    waiting.remove(exchange);
  }

  /** The number of requests that wait. */
  int waiting() {
    return waiting.size();
  }
}
