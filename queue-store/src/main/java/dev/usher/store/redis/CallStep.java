package dev.usher.store.redis;

import dev.usher.store.Budget;
import dev.usher.store.Calling;
import dev.usher.store.Queue;
import dev.usher.store.RoomWeight;
import dev.usher.store.redis.link.RedisLink;
import dev.usher.store.redis.link.ScriptReply;
import dev.usher.store.upstream.Lease;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A step of calling: works out of each room who is there, then shares out the free places. */
final class CallStep {
  /** A room whose epoch or chunks changed after it was merged is merged again. */
  private static final int TRIES = 8;

  /**
   * What is to be done.
   *
   * @param name of its merges, unlike all others': a call goes by no other step's
   * @param older the epochs of each room, other than the current, that are merged by now: the call
   *     goes by no others, for a reply may tell of one while the call is on its way
   */
  private record Step(
      Lease lease, Budget budget, List<RoomWeight> rooms, String name, Map<Queue, String> older) {}

  /** Instead of an epoch: the one that goes on, whichever that is by now. */
  private static final long CURRENT = 0;

  private final RedisLink link;
  private final Views views;
  private final RecoveryCalls recoveries;
  private final AtomicLong steps = new AtomicLong();

  CallStep(RedisLink link, Views views, RecoveryCalls recoveries) {
    this.link = link;
    this.views = views;
    this.recoveries = recoveries;
  }

  Future<Calling> call(Lease lease, Budget budget, List<RoomWeight> rooms) {
    String name = lease.fence() + "/" + steps.incrementAndGet();
    Step step = new Step(lease, budget, rooms, name, new ConcurrentHashMap<>());
    return calledWith(step)
        .compose(calling -> roll(calling.done() ? rooms : List.of()).map(calling));
  }

  private Future<Calling> calledWith(Step step) {
    boolean plain = step.rooms().stream().allMatch(share -> isPlain(views.of(share.queue())));
    List<Future<Void>> merges =
        step.rooms().stream().map(room -> numberAndMerge(room.queue(), step)).toList();
    if (!plain) {
      return Future.join(merges).compose(done -> callMerged(step, TRIES));
    }
    // On its way with the merges, and carried out after them: one answer's time for both.
    Future<ScriptReply> called = ask(step);
    return Future.join(merges).compose(done -> called).compose(r -> answered(r, step, TRIES));
  }

  /** Begins the next epoch of rooms that have given many numbers, if nobody waits there. */
  private Future<Void> roll(List<RoomWeight> rooms) {
    return Future.all(
            rooms.stream()
                .map(RoomWeight::queue)
                .filter(queue -> views.of(queue).issued() >= Queue.ROLL_AFTER)
                .map(this::roll)
                .toList())
        .mapEmpty();
  }

  private Future<ScriptReply> roll(Queue queue) {
    QueueKeys names = new QueueKeys(queue);
    return views.asking(
        queue,
        Scripts.ROLL,
        (view, ask) ->
            ask.key("pool", names.pool())
                .key("state", names.state())
                .with("epoch", view.epoch())
                .with("roll_after", Queue.ROLL_AFTER));
  }

  /** Whether nobody stands by for a number, and all sessions are of one epoch. */
  private static boolean isPlain(View view) {
    return !view.standby() && view.older().isEmpty();
  }

  private Future<Void> numberAndMerge(Queue queue, Step step) {
    boolean standby = views.of(queue).standby();
    return recoveries
        .number(queue, step.lease().fence())
        .compose(done -> merge(queue, CURRENT, standby, step))
        .compose(
            done ->
                !standby && views.of(queue).standby()
                    ? numberAndMerge(queue, step)
                    : mergeOlder(queue, step));
  }

  private Future<Void> mergeOlder(Queue queue, Step step) {
    Future<Void> all = Future.succeededFuture();
    StringBuilder merged = new StringBuilder(" ");
    for (View.OldEpoch each : views.of(queue).older()) {
      all = all.compose(v -> merge(queue, each.epoch(), false, step));
      merged.append(each.epoch()).append(' ');
    }
    return all.compose(
        v -> {
          step.older().put(queue, merged.toString());
          return Future.succeededFuture();
        });
  }

  /**
   * Merges what replicas saw of one epoch.
   *
   * @param numbered whether those who stand by got their numbers first, if any do
   */
  private Future<Void> merge(Queue queue, long epoch, boolean numbered, Step step) {
    QueueKeys names = new QueueKeys(queue);
    return views
        .asking(
            queue,
            Scripts.MERGE,
            (view, ask) -> {
              View.OldEpoch chunks =
                  view.older().stream()
                      .filter(old -> old.epoch() == epoch)
                      .findFirst()
                      // Not an older one, or no more: merge what is current.
                      .orElse(new View.OldEpoch(view.epoch(), view.low(), view.high()));
              QueueKeys.InEpoch in = names.in(chunks.epoch(), RedisQueueStore.LANE);
              ask.key("state", names.state())
                  .key("scratch", names.scratch())
                  .key("offers_key", in.offers())
                  .key("asking_key", in.asking())
                  .key("firsts", names.first())
                  .key("turns", names.turns())
                  .key("pool", names.pool());
              for (int chunk = chunks.low(); chunk <= chunks.high(); chunk++) {
                in.addAll(chunk, view, ask);
              }
              ask.with("epoch", chunks.epoch())
                  .with("presence_window", view.presenceWindow())
                  .with("session_window", view.sessionWindow())
                  .with("low_chunk", chunks.low())
                  .with("high_chunk", chunks.high())
                  .with("merge", step.name())
                  .with("fence", step.lease().fence())
                  .with("older_seen", view.olderWords())
                  .with("standby", numbered && view.standby() ? 1 : 0);
            })
        .mapEmpty();
  }

  private Future<Calling> callMerged(Step step, int tries) {
    return ask(step).compose(r -> answered(r, step, tries));
  }

  private Future<ScriptReply> ask(Step step) {
    String upstream = step.lease().upstream();
    Budget budget = step.budget();
    ScriptArguments ask =
        new ScriptArguments(Scripts.CALL)
            .key("pool", QueueKeys.pool(upstream))
            .key("firsts", QueueKeys.first(upstream))
            .key("turns", QueueKeys.turns(upstream))
            .with("offset", views.offset())
            .with("fence", step.lease().fence())
            .with("capacity_said", budget.capacity())
            .with("places_said", budget.places())
            .with("kept_said", budget.kept())
            .with("valid_ms", budget.validFor().toMillis())
            .with("settle_ms", views.settleMillis())
            .with("merge", step.name());
    step.rooms().forEach(share -> addRoom(ask, share, step));
    return ask.ask(link);
  }

  private Future<Calling> answered(ScriptReply r, Step step, int tries) {
    return switch (r.word(0)) {
      case "ok" -> Future.succeededFuture(calling(r));
      case "stale" -> Future.succeededFuture(Calling.STALE);
      case "settling" -> Future.succeededFuture(Calling.SETTLING);
      default ->
          tries == 0
              ? Future.failedFuture(Views.restless(Scripts.CALL))
              : numberAndMerge(step.rooms().get(r.count(1)).queue(), step)
                  .compose(v -> callMerged(step, tries - 1));
    };
  }

  private void addRoom(ScriptArguments ask, RoomWeight share, Step step) {
    QueueKeys names = new QueueKeys(share.queue());
    View view = views.of(share.queue());
    QueueKeys.InEpoch in = names.in(view.epoch(), RedisQueueStore.LANE);
    ask.key("room_key", names.state()).key("room_key", in.offers()).key("room_key", in.asking());
    for (String what : List.of("waiting", "there", "asks")) {
      for (int chunk = view.low(); chunk <= view.high(); chunk++) {
        ask.key("room_key", in.bits(what, chunk));
      }
    }
    ask.with("lane", RedisQueueStore.LANE)
        .with("epoch", view.epoch())
        .with("low", view.low())
        .with("high", view.high())
        .with("weight", share.weight())
        .with("offer_ms", share.queue().offer().toMillis())
        .with("older_merged", step.older().getOrDefault(share.queue(), ""))
        .with("gathers_from", share.gathering().from())
        .with("opens_at", share.gathering().until());
  }

  private static Calling calling(ScriptReply r) {
    return new Calling(true, r.number(1), r.number(2), r.number(3), r.number(4), r.number(5));
  }
}
