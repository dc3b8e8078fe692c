package dev.usher.store.redis;

import dev.usher.store.Bits;
import dev.usher.store.Budget;
import dev.usher.store.Calling;
import dev.usher.store.Claim;
import dev.usher.store.Enlisted;
import dev.usher.store.Heard;
import dev.usher.store.Line;
import dev.usher.store.MembershipCopy;
import dev.usher.store.Newcomers;
import dev.usher.store.NumberBlock;
import dev.usher.store.Place;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import dev.usher.store.QueueMemory;
import dev.usher.store.QueueStore;
import dev.usher.store.RoomWeight;
import dev.usher.store.SessionStanding;
import dev.usher.store.Standby;
import dev.usher.store.redis.link.RedisLink;
import dev.usher.store.redis.link.RedisOptions;
import dev.usher.store.upstream.Grants;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.LiveChange;
import dev.usher.store.upstream.LiveSet;
import dev.usher.store.upstream.LiveState;
import dev.usher.store.upstream.Move;
import dev.usher.store.upstream.Moves;
import dev.usher.store.upstream.Note;
import dev.usher.store.upstream.Sharing;
import dev.usher.store.upstream.SlotReport;
import dev.usher.store.upstream.WorkReport;
import dev.usher.store.upstream.Works;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The virtual queue in Redis 7.0 or newer, shared by all replicas. Each method is one script; the
 * replica keeps a view of each queue only to name the keys, and follows when the view has moved.
 */
public final class RedisQueueStore implements QueueStore {
  /** Rooms have one lane for now; keys and scripts know more. */
  static final int LANE = 0;

  private final RedisLink link;
  private final boolean anchored;
  private final Views views;
  private final BlockCalls blocks;
  private final RecoveryCalls recoveries;
  private final CallStep calls;
  private final SlotCalls slots;
  private final UpstreamCalls upstreams;
  private final WorkCalls works;
  private final NoteCalls notes;
  private final LiveCalls lives;
  private final MoveCalls moved;

  /**
   * A store whose time is Redis' time and this many milliseconds: only tests set it, so that hours
   * can pass in one; and the time to settle, 0 where nothing can be lost.
   */
  public RedisQueueStore(RedisLink link, String replica, LongSupplier offset, Duration settle) {
    this(link, replica, offset, settle, false);
  }

  // Rule zero: the last is for tests too, and says that no hours pass at once.
  public RedisQueueStore(
      RedisLink link, String replica, LongSupplier offset, Duration settle, boolean anchored) {
    this.link = link;
    this.anchored = anchored;
    this.views = new Views(link, offset, settle);
    this.blocks = new BlockCalls(views);
    this.recoveries = new RecoveryCalls(views);
    this.calls = new CallStep(link, views, recoveries);
    this.slots = new SlotCalls(link, replica, offset);
    this.upstreams = new UpstreamCalls(link, replica, offset);
    this.works = new WorkCalls(link, offset);
    this.notes = new NoteCalls(link, offset);
    this.lives = new LiveCalls(link, offset);
    this.moved = new MoveCalls(link, offset);
  }

  /**
   * A store at this address. Connects when first asked.
   *
   * @param replica this replica's name, unlike all others'
   */
  public static RedisQueueStore at(Vertx vertx, RedisOptions options, String replica) {
    RedisLink link = new RedisLink(vertx, options, replica);
    return new RedisQueueStore(link, replica, () -> 0, SETTLE, true);
  }

  @Override
  public CompletionStage<NumberBlock> arrive(Queue queue, Newcomers newcomers) {
    return blocks.arrive(queue, newcomers).toCompletionStage();
  }

  @Override
  public CompletionStage<Void> see(Queue queue, PresenceReport seen) {
    return views
        .asking(queue, Scripts.SEE, (view, ask) -> PresenceCalls.see(queue, seen, view, ask))
        .<Void>mapEmpty()
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Line> line(Queue queue) {
    QueueKeys names = new QueueKeys(queue);
    long askedAt = link.nanos();
    return views
        .asking(
            queue,
            Scripts.LINE,
            (view, ask) -> {
              QueueKeys.InEpoch in = names.in(view.epoch(), LANE);
              ask.key("pool", names.pool())
                  .key("state", names.state())
                  .key("moved", in.moved())
                  .key("moves", in.moves());
              for (String what : List.of("waiting", "left")) {
                for (int chunk = view.low(); chunk <= view.high(); chunk++) {
                  ask.key("bitmap", in.bits(what, chunk));
                }
              }
              for (View.OldEpoch old : view.older()) {
                QueueKeys.InEpoch before = names.in(old.epoch(), LANE);
                for (int chunk = old.low(); chunk <= old.high(); chunk++) {
                  ask.key("bitmap", before.bits("left", chunk));
                }
              }
              ask.with("epoch", view.epoch())
                  .with("low", view.low())
                  .with("high", view.high())
                  .with("older", view.olderWords());
            })
        .map(LineAnswer::read)
        .onSuccess(line -> hear(names, line, askedAt))
        .toCompletionStage();
  }

  private void hear(QueueKeys names, Line line, long askedAt) {
    // In tests, where hours pass at once, no time is to be expected.
    if (anchored) {
      link.hear(names.state(), line.time(), askedAt);
    }
  }

  @Override
  public CompletionStage<MembershipCopy> copy(Queue queue) {
    return recoveries.copy(queue).toCompletionStage();
  }

  @Override
  public CompletionStage<Void> restore(Queue queue, QueueMemory remembered) {
    return recoveries.restore(queue, remembered).toCompletionStage();
  }

  @Override
  public CompletionStage<Enlisted> enlist(
      Queue queue, List<Standby> standbys, Duration gather, Heard heard) {
    return recoveries.enlist(queue, standbys, gather, heard).toCompletionStage();
  }

  @Override
  public CompletionStage<Calling> call(Lease lease, Budget budget, List<RoomWeight> rooms) {
    return calls.call(lease, budget, rooms).toCompletionStage();
  }

  @Override
  public CompletionStage<Claim> claim(Queue queue, Place place) {
    QueueKeys names = new QueueKeys(queue);
    QueueKeys.InEpoch in = names.in(place.epoch(), place.lane());
    int chunk = Bits.chunkOf(place.number());
    return views
        .asking(
            queue,
            Scripts.CLAIM,
            (view, ask) ->
                ask.key("pool", names.pool())
                    .key("state", names.state())
                    .key("joined", in.bits("joined", chunk))
                    .key("claimed", in.bits("claimed", chunk))
                    .key("left", in.bits("left", chunk))
                    .key("inside", in.bits("inside", chunk))
                    .key("in_window", in.window("in", view.sessionWindow(), chunk))
                    .key("waiting", in.bits("waiting", chunk))
                    .key("asking", in.asking())
                    .key("firsts", names.first())
                    .key("turns", names.turns())
                    .key("asks", in.bits("asks", chunk))
                    .key("there", in.bits("there", chunk))
                    .with("epoch", place.epoch())
                    .with("session_window", view.sessionWindow())
                    .with("number_text", place.number())
                    .with("offer_ms", queue.offer().toMillis()))
        .map(r -> Claim.valueOf(r.word(2).toUpperCase(Locale.ROOT)))
        .toCompletionStage();
  }

  @Override
  public CompletionStage<SessionStanding> stay(Queue queue, Place place) {
    return views
        .asking(queue, Scripts.STAY, (view, ask) -> PresenceCalls.stay(queue, place, view, ask))
        .map(r -> SessionStanding.valueOf(r.word(2).toUpperCase(Locale.ROOT)))
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Boolean> leave(Queue queue, Place place) {
    QueueKeys names = new QueueKeys(queue);
    QueueKeys.InEpoch in = names.in(place.epoch(), place.lane());
    int chunk = Bits.chunkOf(place.number());
    return views
        .asking(
            queue,
            Scripts.LEAVE,
            (view, ask) -> {
              ask.key("pool", names.pool()).key("state", names.state());
              for (String what : List.of("joined", "claimed", "left", "inside", "waiting")) {
                ask.key(what, in.bits(what, chunk));
              }
              ask.key("asking", in.asking())
                  .key("firsts", names.first())
                  .key("turns", names.turns())
                  .key("asks", in.bits("asks", chunk))
                  .key("there", in.bits("there", chunk))
                  .with("epoch", place.epoch())
                  .with("number_text", place.number());
            })
        .map(r -> r.word(2).equals("1"))
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Void> pause(Queue queue, boolean paused) {
    String state = new QueueKeys(queue).state();
    return views
        .asking(
            queue,
            Scripts.PAUSE,
            (view, ask) -> ask.key("state", state).with("paused", paused ? 1 : 0))
        .<Void>mapEmpty()
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Long> reset(Queue queue) {
    QueueKeys names = new QueueKeys(queue);
    return views
        .asking(
            queue,
            Scripts.RESET,
            (view, ask) ->
                ask.key("pool", names.pool())
                    .key("state", names.state())
                    .key("standby", names.standby()))
        .map(r -> View.in(r).epoch())
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Lease> lead(String upstream, Duration term) {
    return upstreams.lead(upstream, term).toCompletionStage();
  }

  @Override
  public CompletionStage<Sharing> share(Lease lease, SlotReport report) {
    return slots.share(lease, report).toCompletionStage();
  }

  @Override
  public CompletionStage<Long> grant(Lease lease, Grants grants) {
    return slots.grant(lease, grants).toCompletionStage();
  }

  @Override
  public CompletionStage<Void> giveUp(String upstream, SlotReport last) {
    return slots.giveUp(upstream, last).toCompletionStage();
  }

  @Override
  public CompletionStage<Works> work(Lease lease, WorkReport report) {
    return works.work(lease, report).toCompletionStage();
  }

  @Override
  public CompletionStage<Note> note(Lease lease, String heading, @Nullable String text) {
    return notes.note(lease, heading, text).toCompletionStage();
  }

  @Override
  public CompletionStage<List<LiveState>> live(String upstream, List<LiveState> known) {
    return lives.live(upstream, known).toCompletionStage();
  }

  @Override
  public CompletionStage<LiveSet> set(String upstream, LiveChange change) {
    return lives.set(upstream, change).toCompletionStage();
  }

  @Override
  public CompletionStage<Void> record(String upstream, Annals annals, String entry) {
    return lives.record(upstream, annals, entry).toCompletionStage();
  }

  @Override
  public CompletionStage<List<String>> recorded(String upstream, Annals annals) {
    return lives.recorded(upstream, annals).toCompletionStage();
  }

  @Override
  public CompletionStage<Outcome> move(String upstream, Move move) {
    return moved.move(upstream, move).toCompletionStage();
  }

  @Override
  public CompletionStage<Moves> moves(String upstream, Moves.Since since) {
    return moved.moves(upstream, since).toCompletionStage();
  }

  @Override
  public CompletionStage<Set<String>> proven(String upstream, @Nullable String version) {
    return upstreams.proven(upstream, version).toCompletionStage();
  }

  @Override
  public CompletionStage<Void> close() {
    return link.close().toCompletionStage();
  }
}
