package dev.usher.store.redis;

import dev.usher.store.Bits;
import dev.usher.store.Enlisted;
import dev.usher.store.Heard;
import dev.usher.store.Line;
import dev.usher.store.MembershipCopy;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.QueueMemory;
import dev.usher.store.Standby;
import dev.usher.store.redis.link.ScriptReply;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Brings back what Redis may have lost, and gives numbers to those who stood by meanwhile. */
final class RecoveryCalls {
  /** Numbers given in one script: a few milliseconds of Redis' time. */
  private static final int BLOCK = 2000;

  private final Views views;

  RecoveryCalls(Views views) {
    this.views = views;
  }

  Future<MembershipCopy> copy(Queue queue) {
    QueueKeys names = new QueueKeys(queue);
    return views
        .asking(
            queue,
            Scripts.COPY,
            view -> {
              QueueKeys.InEpoch in = names.in(view.epoch(), RedisQueueStore.LANE);
              List<String> keys = new ArrayList<>(List.of(names.state()));
              for (String what : List.of("claimed", "inside")) {
                for (int chunk = view.low(); chunk <= view.high(); chunk++) {
                  keys.add(in.bits(what, chunk));
                }
              }
              return new ScriptArguments(keys).with(view.epoch(), view.low(), view.high());
            })
        .map(
            r -> {
              View view = View.in(r);
              int chunks = view.high() - view.low() + 1;
              return new MembershipCopy(
                  view.epoch(),
                  r.bits(2, view.low(), chunks),
                  r.bits(2 + chunks, view.low(), chunks));
            });
  }

  Future<Void> restore(Queue queue, QueueMemory remembered) {
    QueueKeys names = new QueueKeys(queue);
    Line line = remembered.line();
    QueueKeys.InEpoch in = names.in(line.epoch(), RedisQueueStore.LANE);
    List<Bits> all = remembered.bits();
    int low = all.stream().mapToInt(RecoveryCalls::firstChunk).min().orElse(0);
    int end = all.stream().mapToInt(b -> b.firstChunk() + b.chunkCount()).max().orElse(0);
    int first = Math.min(low, Bits.chunkOf(line.called()));
    return views
        .asking(
            queue,
            Scripts.RESTORE,
            view -> {
              ScriptArguments ask =
                  new ScriptArguments(
                      new ArrayList<>(
                          List.of(names.pool(), names.state(), names.scratch(), in.offers())));
              ask.with(line.epoch(), view.presenceWindow(), view.sessionWindow(), line.issued())
                  .with(line.called(), line.offered(), line.paused() ? 1 : 0)
                  .with(line.recovery().validFrom(), line.time(), first, queue.offer().toMillis());
              for (int chunk = low; chunk < end; chunk++) {
                for (String what : List.of("joined", "claimed", "left")) {
                  ask.keys().add(in.bits(what, chunk));
                }
                ask.keys().add(in.window("wait", view.presenceWindow(), chunk));
                ask.keys().add(in.window("in", view.sessionWindow(), chunk));
                for (Bits bits : all) {
                  byte[] bytes = bits.chunk(chunk);
                  ask.with(bytes == null ? new byte[0] : bytes);
                }
              }
              return ask;
            })
        .mapEmpty();
  }

  private static int firstChunk(Bits bits) {
    return bits.chunkCount() == 0 ? Integer.MAX_VALUE : bits.firstChunk();
  }

  Future<Enlisted> enlist(Queue queue, List<Standby> standbys, Duration gather, Heard heard) {
    QueueKeys names = new QueueKeys(queue);
    return views
        .asking(
            queue,
            Scripts.ENLIST,
            view -> {
              ScriptArguments ask =
                  new ScriptArguments(
                          List.of(
                              names.pool(),
                              names.state(),
                              names.standby(),
                              names.in(view.epoch(), RedisQueueStore.LANE).enlisted(),
                              names.block(heard.replica())))
                      .with(view.epoch(), heard.answered(), heard.over(), gather.toMillis())
                      .with(standbys.stream().anyMatch(Standby::holdsPlace) ? 1 : 0);
              standbys.forEach(standby -> ask.with(standby.rank()));
              return ask;
            })
        .map(
            r -> {
              ScriptReply told = r.list(2);
              List<Long> numbers = new ArrayList<>(standbys.size());
              for (int i = 0; i < standbys.size(); i++) {
                numbers.add(told.number(i));
              }
              return new Enlisted(View.in(r).epoch(), RedisQueueStore.LANE, numbers);
            });
  }

  /** Gives numbers to those who stand by, if there are any and it is time. */
  Future<Void> number(Queue queue, long fence) {
    if (!views.of(queue).standby()) {
      return Future.succeededFuture();
    }
    QueueKeys names = new QueueKeys(queue);
    return views
        .asking(
            queue,
            Scripts.NUMBER,
            view -> {
              QueueKeys.InEpoch in = names.in(view.epoch(), RedisQueueStore.LANE);
              List<String> keys =
                  new ArrayList<>(
                      List.of(names.pool(), names.state(), names.standby(), in.enlisted()));
              for (int chunk = view.next(); chunk <= view.next() + 1; chunk++) {
                keys.add(in.bits("joined", chunk));
              }
              for (int chunk = view.next(); chunk <= view.next() + 1; chunk++) {
                keys.add(in.window("wait", view.presenceWindow(), chunk));
              }
              for (int chunk = view.next(); chunk <= view.next() + 1; chunk++) {
                keys.add(in.bits("waiting", chunk));
              }
              return new ScriptArguments(keys)
                  .with(view.epoch(), view.presenceWindow(), view.next())
                  .with(BLOCK, Place.NUMBER_MAX, fence);
            })
        .compose(r -> r.count(2) == 1 ? number(queue, fence) : Future.succeededFuture());
  }
}
