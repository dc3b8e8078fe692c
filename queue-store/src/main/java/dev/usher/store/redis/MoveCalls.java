package dev.usher.store.redis;

import dev.usher.store.Bits;
import dev.usher.store.StoreUnavailableException;
import dev.usher.store.redis.link.RedisLink;
import dev.usher.store.redis.link.ScriptReply;
import dev.usher.store.upstream.Move;
import dev.usher.store.upstream.MoveStore;
import dev.usher.store.upstream.Moves;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** Which places are in another browser. */
final class MoveCalls {
  /** A sorted set's score tells both which move it was and where it took the place. */
  static final int SCALE = 128;

  private final RedisLink link;
  private final LongSupplier offset;

  MoveCalls(RedisLink link, LongSupplier offset) {
    this.link = link;
    this.offset = offset;
  }

  Future<MoveStore.Outcome> move(String upstream, Move move) {
    QueueKeys.InEpoch in = QueueKeys.in(upstream, move.room(), move.epoch(), move.lane());
    int chunk = Bits.chunkOf(move.number());
    return new ScriptArguments(Scripts.MOVE)
        .key("state", QueueKeys.state(upstream, move.room()))
        .key("claimed", in.bits("claimed", chunk))
        .key("left", in.bits("left", chunk))
        .key("moved", in.moved())
        .key("moves", in.moves())
        .with("offset", offset.getAsLong())
        .with("epoch", move.epoch())
        .with("number_text", move.number())
        .with("generation", move.generation())
        .with("by", move.by())
        .ask(link)
        .compose(r -> outcome(r, move));
  }

  private static Future<MoveStore.Outcome> outcome(ScriptReply r, Move move) {
    return r.word(0).equals("lost")
        ? Future.failedFuture(
            new StoreUnavailableException(
                "The store does not know all of room "
                    + move.room()
                    + " until replicas have restored it"))
        : Future.succeededFuture(MoveStore.Outcome.valueOf(r.word(1).toUpperCase(Locale.ROOT)));
  }

  Future<Moves> moves(String upstream, Moves.Since since) {
    QueueKeys.InEpoch in = QueueKeys.in(upstream, since.room(), since.epoch(), since.lane());
    return new ScriptArguments(Scripts.MOVES)
        .key("moved", in.moved())
        .key("moves", in.moves())
        .with("offset", offset.getAsLong())
        .with("known", since.known())
        .ask(link)
        .map(MoveCalls::told);
  }

  private static Moves told(ScriptReply r) {
    Map<Long, Integer> generations = new HashMap<>();
    for (int i = 2; i + 1 < r.size(); i += 2) {
      generations.put(r.number(i), r.count(i + 1));
    }
    return new Moves(r.number(1), generations);
  }
}
