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
import org.jspecify.annotations.Nullable;

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
            (view, ask) -> {
              QueueKeys.InEpoch in = names.in(view.epoch(), RedisQueueStore.LANE);
              ask.key("state", names.state());
              for (String what : List.of("claimed", "inside")) {
                for (int chunk = view.low(); chunk <= view.high(); chunk++) {
                  ask.key("bitmap", in.bits(what, chunk));
                }
              }
              ask.with("epoch", view.epoch()).with("low", view.low()).with("high", view.high());
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
    List<Bits> all = remembered.bits();
    int low = all.stream().mapToInt(RecoveryCalls::firstChunk).min().orElse(0);
    int end = all.stream().mapToInt(b -> b.firstChunk() + b.chunkCount()).max().orElse(0);
    QueueKeys names = new QueueKeys(queue);
    Line line = remembered.line();
    QueueKeys.InEpoch in = names.in(line.epoch(), RedisQueueStore.LANE);
    return views
        .asking(
            queue,
            Scripts.RESTORE,
            (view, ask) -> {
              ask.key("pool", names.pool())
                  .key("state", names.state())
                  .key("scratch", names.scratch())
                  .key("offers_key", in.offers())
                  .with("epoch", line.epoch())
                  .with("presence_window", view.presenceWindow())
                  .with("session_window", view.sessionWindow())
                  .with("most_issued", line.issued())
                  .with("most_called", line.called())
                  .with("most_offered", line.offered())
                  .with("paused", line.paused() ? 1 : 0)
                  .with("valid_from", line.recovery().validFrom())
                  .with("remembered_at", line.time())
                  .with("low_chunk", Math.min(low, Bits.chunkOf(line.called())))
                  .with("offer_ms", queue.offer().toMillis());
              for (int chunk = low; chunk < end; chunk++) {
                addChunk(remembered, in, chunk, view, ask);
              }
            })
        .mapEmpty();
  }

  // Rule zero: which chunk of what, under which names, and where to.
  private static void addChunk(
      QueueMemory remembered, QueueKeys.InEpoch in, int chunk, View view, ScriptArguments ask) {
    for (String what : List.of("joined", "claimed", "left")) {
      ask.key(what, in.bits(what, chunk));
    }
    ask.key("wait", in.window("wait", view.presenceWindow(), chunk))
        .key("in", in.window("in", view.sessionWindow(), chunk));
    with(ask, "claimed_bits", remembered.claimed().chunk(chunk));
    with(ask, "left_bits", remembered.line().left().chunk(chunk));
    with(ask, "waiting_bits", remembered.line().waiting().chunk(chunk));
    with(ask, "inside_bits", remembered.inside().chunk(chunk));
  }

  private static void with(ScriptArguments ask, String name, byte @Nullable [] bits) {
    ask.with(name, bits == null ? new byte[0] : bits);
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
            (view, ask) -> {
              ask.key("pool", names.pool())
                  .key("state", names.state())
                  .key("standby", names.standby())
                  .key("enlisted", names.in(view.epoch(), RedisQueueStore.LANE).enlisted())
                  .key("block", names.block(heard.replica()))
                  .with("epoch", view.epoch())
                  .with("answered", heard.answered())
                  .with("over_said", heard.over())
                  .with("gather_ms", gather.toMillis())
                  .with("holds_places", standbys.stream().anyMatch(Standby::holdsPlace) ? 1 : 0);
              standbys.forEach(standby -> ask.with("rank", standby.rank()));
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
            (view, ask) -> {
              QueueKeys.InEpoch in = names.in(view.epoch(), RedisQueueStore.LANE);
              int chunk = view.next();
              ask.key("pool", names.pool())
                  .key("state", names.state())
                  .key("standby", names.standby())
                  .key("enlisted", in.enlisted())
                  .key("joined", in.bits("joined", chunk))
                  .key("joined_next", in.bits("joined", chunk + 1))
                  .key("wait", in.window("wait", view.presenceWindow(), chunk))
                  .key("wait_next", in.window("wait", view.presenceWindow(), chunk + 1))
                  .key("waiting", in.bits("waiting", chunk))
                  .key("waiting_next", in.bits("waiting", chunk + 1))
                  .with("epoch", view.epoch())
                  .with("presence_window", view.presenceWindow())
                  .with("chunk_seen", chunk)
                  .with("count", BLOCK)
                  .with("greatest", Place.NUMBER_MAX)
                  .with("fence", fence);
            })
        .compose(r -> r.count(2) == 1 ? number(queue, fence) : Future.succeededFuture());
  }
}
