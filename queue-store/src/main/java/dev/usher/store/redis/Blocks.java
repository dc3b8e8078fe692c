package dev.usher.store.redis;

import dev.usher.store.Block;
import dev.usher.store.Newcomers;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * Asks for blocks of numbers. Of a block that was never answered nobody knows whether it was given;
 * its visitors were told to stand by, so it is forgotten with the next question.
 */
final class Blocks {
  private final Views views;
  private final String replica;
  private final Map<Queue, String> unheard = new ConcurrentHashMap<>();

  Blocks(Views views, String replica) {
    this.views = views;
    this.replica = replica;
  }

  Future<Block> arrive(Queue queue, Newcomers newcomers) {
    QueueKeys names = new QueueKeys(queue);
    String unheardOf = unheard(queue);
    return views
        .asking(queue, Script.ARRIVE, view -> arriving(names, view, newcomers, unheardOf))
        .onSuccess(r -> forgotten(queue, unheardOf))
        .onFailure(e -> unheard.put(queue, Integer.toString(newcomers.sequence())))
        .map(
            r ->
                "held".equals(r.word(0))
                    ? Block.HELD
                    : new Block(
                        r.view().epoch(),
                        RedisQueueStore.LANE,
                        r.number(2),
                        r.count(3),
                        r.count(4)));
  }

  private Ask arriving(QueueKeys names, View view, Newcomers newcomers, String unheardOf) {
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
    keys.add(key(names));
    return new Ask(keys)
        .with(view.epoch(), view.presenceWindow(), view.sessionWindow(), view.next())
        .with(newcomers.count(), Place.NUMBER_MAX, newcomers.sequence(), unheardOf)
        .with(newcomers.rankOfAll(), newcomers.sequence(), newcomers.waitingMax());
  }

  /** Where the store notes what this replica was given last. */
  String key(QueueKeys names) {
    return names.block(replica);
  }

  /** The sequence of a block that was never answered; nothing when there is none. */
  String unheard(Queue queue) {
    return unheard.getOrDefault(queue, "");
  }

  /** The store has been asked to forget it. */
  void forgotten(Queue queue, String sequence) {
    unheard.remove(queue, sequence);
  }
}
