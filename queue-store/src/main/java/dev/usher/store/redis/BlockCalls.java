package dev.usher.store.redis;

import dev.usher.store.Newcomers;
import dev.usher.store.NumberBlock;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import io.vertx.core.Future;

/** Asks for blocks of numbers. */
final class BlockCalls {
  private final Views views;

  BlockCalls(Views views) {
    this.views = views;
  }

  Future<NumberBlock> arrive(Queue queue, Newcomers newcomers) {
    QueueKeys names = new QueueKeys(queue);
    return views
        .asking(queue, Scripts.ARRIVE, (view, ask) -> arrive(names, newcomers, view, ask))
        .map(
            r ->
                "held".equals(r.word(0))
                    ? NumberBlock.HELD
                    : new NumberBlock(
                        View.in(r).epoch(),
                        RedisQueueStore.LANE,
                        r.number(2),
                        r.count(3),
                        r.count(4)));
  }

  private static void arrive(QueueKeys names, Newcomers newcomers, View view, ScriptArguments ask) {
    QueueKeys.InEpoch in = names.in(view.epoch(), RedisQueueStore.LANE);
    int chunk = view.next();
    ask.key("pool", names.pool())
        .key("state", names.state())
        .key("joined", in.bits("joined", chunk))
        .key("joined_next", in.bits("joined", chunk + 1))
        .key("wait", in.window("wait", view.presenceWindow(), chunk))
        .key("wait_next", in.window("wait", view.presenceWindow(), chunk + 1))
        .key("claimed", in.bits("claimed", chunk))
        .key("claimed_next", in.bits("claimed", chunk + 1))
        .key("in_window", in.window("in", view.sessionWindow(), chunk))
        .key("in_window_next", in.window("in", view.sessionWindow(), chunk + 1))
        .key("inside", in.bits("inside", chunk))
        .key("inside_next", in.bits("inside", chunk + 1))
        .key("waiting", in.bits("waiting", chunk))
        .key("waiting_next", in.bits("waiting", chunk + 1))
        .key("standby", names.standby())
        .key("block", names.block(newcomers.replica()))
        .with("epoch", view.epoch())
        .with("presence_window", view.presenceWindow())
        .with("session_window", view.sessionWindow())
        .with("chunk_seen", chunk)
        .with("count", newcomers.count())
        .with("greatest", Place.NUMBER_MAX)
        .with("answered", newcomers.heard().answered())
        .with("over_said", newcomers.heard().over())
        .with("rank_of_all", newcomers.rankOfAll())
        .with("sequence", newcomers.sequence())
        .with("waiting_max", newcomers.waitingMax());
  }
}
