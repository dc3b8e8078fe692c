package dev.usher.store.redis;

import dev.usher.store.Queue;
import dev.usher.store.StoreUnavailableException;
import dev.usher.store.redis.link.RedisLink;
import dev.usher.store.redis.link.ScriptReply;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** What this replica believes of each queue, and how it asks again when the view has moved. */
final class Views {
  /** A view is old at the edge of a window or a chunk, or after a reset: once, seldom twice. */
  private static final int TRIES = 8;

  private final RedisLink link;
  private final LongSupplier offset;
  private final Duration settle;
  private final Map<Queue, View> views = new ConcurrentHashMap<>();

  Views(RedisLink link, LongSupplier offset, Duration settle) {
    this.link = link;
    this.offset = offset;
    this.settle = settle;
  }

  View of(Queue queue) {
    return views.getOrDefault(queue, View.NONE);
  }

  /** Milliseconds that the store's time is ahead of Redis' time: 0 but in tests. */
  long offset() {
    return offset.getAsLong();
  }

  /** How long a queue settles after a loss, in milliseconds. */
  long settleMillis() {
    return settle.toMillis();
  }

  /** Asks with the keys of the present view, and again with those of the true one. */
  Future<ScriptReply> asking(
      Queue queue, NamedScript script, BiConsumer<View, ScriptArguments> ask) {
    return asking(queue, script, ask, TRIES);
  }

  private Future<ScriptReply> asking(
      Queue queue, NamedScript script, BiConsumer<View, ScriptArguments> ask, int tries) {
    ScriptArguments asked =
        new ScriptArguments(script)
            .with("offset", offset())
            .with("presence_ms", queue.presenceWindow().toMillis())
            .with("session_ms", queue.sessionWindow().toMillis())
            .with("lane", RedisQueueStore.LANE)
            .with("settle_ms", settleMillis());
    ask.accept(of(queue), asked);
    return asked
        .ask(link)
        .compose(
            r -> {
              views.put(queue, View.in(r));
              return switch (r.word(0)) {
                case "ok", "held", "none" -> Future.succeededFuture(r);
                case "lost" -> Future.failedFuture(lost(queue));
                default ->
                    tries == 0
                        ? Future.failedFuture(restless(script))
                        : asking(queue, script, ask, tries - 1);
              };
            });
  }

  private static StoreUnavailableException lost(Queue queue) {
    return new StoreUnavailableException(
        "The store knows nothing of room " + queue.room() + " until a replica has restored it");
  }

  static StoreUnavailableException restless(NamedScript script) {
    return new StoreUnavailableException(
        "The queue changed again and again while " + script.name() + " was asked");
  }
}
