package dev.usher.store.redis;

import dev.usher.store.Newcomers;
import dev.usher.store.NumberBlock;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Asks for blocks of numbers. */
final class BlockCalls {
  private final Views views;

  BlockCalls(Views views) {
    this.views = views;
  }

  Future<NumberBlock> arrive(Queue queue, Newcomers newcomers) {
    QueueKeys names = new QueueKeys(queue);
    return views
        .asking(queue, Scripts.ARRIVE, view -> arriving(names, view, newcomers))
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

  private ScriptArguments arriving(QueueKeys names, View view, Newcomers newcomers) {
    QueueKeys.InEpoch in = names.in(view.epoch(), RedisQueueStore.LANE);
    List<String> keys = new ArrayList<>(List.of(names.pool(), names.state()));
    for (IntFunction<String> key :
        List.<IntFunction<String>>of(
            chunk -> in.bits("joined", chunk),
            chunk -> in.window("wait", view.presenceWindow(), chunk),
            chunk -> in.bits("claimed", chunk),
            chunk -> in.window("in", view.sessionWindow(), chunk),
            chunk -> in.bits("inside", chunk),
            chunk -> in.bits("waiting", chunk))) {
      keys.add(key.apply(view.next()));
      keys.add(key.apply(view.next() + 1));
    }
    keys.add(names.standby());
    keys.add(names.block(newcomers.replica()));
    return new ScriptArguments(keys)
        .with(view.epoch(), view.presenceWindow(), view.sessionWindow(), view.next())
        .with(newcomers.count(), Place.NUMBER_MAX)
        .with(newcomers.heard().answered(), newcomers.heard().over())
        .with(newcomers.rankOfAll(), newcomers.sequence(), newcomers.waitingMax());
  }
}
