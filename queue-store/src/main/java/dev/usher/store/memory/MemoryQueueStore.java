package dev.usher.store.memory;

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
import dev.usher.store.StoreUnavailableException;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The virtual queue inside the process: the default for a single replica, and the one for the
 * simulator and for tests. It keeps the contract of the shared store and loses everything with the
 * process; the next one starts a new epoch.
 */
public final class MemoryQueueStore implements QueueStore {
  private final String replica;
  private final MemoryClock clock;
  private final Duration settle;
  private final Map<String, Pool> pools;

  /**
   * A store of its own, whose visitors hold nothing of an earlier one.
   *
   * @param replica this replica's name
   * @param clock milliseconds since 1970
   */
  public MemoryQueueStore(String replica, LongSupplier clock) {
    this(replica, clock, Duration.ZERO);
  }

  /**
   * A store of its own.
   *
   * @param settle how long a queue settles after a loss: {@link QueueStore#SETTLE}, or 0 where
   *     nothing can have been lost because no token of an earlier life is valid
   */
  public MemoryQueueStore(String replica, LongSupplier clock, Duration settle) {
    this(replica, new MemoryClock(clock), settle, new HashMap<>());
  }

  private MemoryQueueStore(
      String replica, MemoryClock clock, Duration settle, Map<String, Pool> pools) {
    this.replica = replica;
    this.clock = clock;
    this.settle = settle;
    this.pools = pools;
  }

  /** The same queues as another replica sees them, for simulations of several. */
  public MemoryQueueStore seenBy(String otherReplica) {
    return new MemoryQueueStore(otherReplica, clock, settle, pools);
  }

  /** Loses everything, as a server without persistence does when it is restarted. */
  public void lose() {
    synchronized (pools) {
      pools.clear();
    }
  }

  /**
   * What is kept now.
   *
   * @return goes back to it, as a server does that is taken over by a replica that was behind
   */
  public Runnable snapshot() {
    Map<String, Pool> kept = copy(pools);
    return () -> {
      synchronized (pools) {
        pools.clear();
        pools.putAll(copy(kept));
        pools.values().forEach(pool -> pool.rooms.takenOver());
      }
    };
  }

  private static Map<String, Pool> copy(Map<String, Pool> pools) {
    Map<String, Pool> copy = new HashMap<>();
    synchronized (pools) {
      pools.forEach((upstream, pool) -> copy.put(upstream, new Pool(pool)));
    }
    return copy;
  }

  private Pool pool(String upstream) {
    return pools.computeIfAbsent(upstream, u -> new Pool(new PoolRooms(settle)));
  }

  private <T> CompletionStage<T> alone(Function<Long, T> question) {
    synchronized (pools) {
      try {
        return CompletableFuture.completedFuture(question.apply(clock.getAsLong()));
      } catch (StoreUnavailableException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  }

  private CompletionStage<Void> change(LongConsumer change) {
    synchronized (pools) {
      try {
        change.accept(clock.getAsLong());
        return CompletableFuture.completedFuture(null);
      } catch (StoreUnavailableException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  }

  private Visits at(Queue queue, long now) {
    return new Visits(pool(queue.upstream()), queue, now);
  }

  @Override
  public CompletionStage<NumberBlock> arrive(Queue queue, Newcomers newcomers) {
    return alone(now -> at(queue, now).arrive(newcomers));
  }

  @Override
  public CompletionStage<Void> see(Queue queue, PresenceReport seen) {
    return change(
        now -> {
          Pool pool = pool(queue.upstream());
          pool.begun(pool.rooms.see(queue, seen, now));
        });
  }

  @Override
  public CompletionStage<Line> line(Queue queue) {
    return alone(now -> at(queue, now).line());
  }

  @Override
  public CompletionStage<MembershipCopy> copy(Queue queue) {
    return alone(
        now -> {
          RoomEpoch room = pool(queue.upstream()).rooms.room(queue, now);
          return new MembershipCopy(
              room.epoch, Bits.of(room.inSpan(room.claimed)), Bits.of(room.inSpan(room.inside)));
        });
  }

  @Override
  public CompletionStage<Void> restore(Queue queue, QueueMemory remembered) {
    return change(now -> pool(queue.upstream()).restore(queue, remembered, now));
  }

  @Override
  public CompletionStage<Enlisted> enlist(
      Queue queue, List<Standby> standbys, Duration gather, Heard heard) {
    return alone(
        now -> {
          PoolRooms rooms = pool(queue.upstream()).rooms;
          rooms.hear(queue, heard, now);
          return rooms.enlist(queue, standbys, gather.toMillis(), now);
        });
  }

  @Override
  public CompletionStage<Calling> call(Lease lease, Budget budget, List<RoomWeight> rooms) {
    return alone(
        now -> {
          Pool pool = pool(lease.upstream());
          rooms.stream()
              .map(RoomWeight::queue)
              .filter(pool.rooms::knows)
              .forEach(queue -> pool.rooms.room(queue, now));
          return pool.leadership.isOf(lease) ? Calls.call(pool, budget, rooms, now) : Calling.STALE;
        });
  }

  @Override
  public CompletionStage<Claim> claim(Queue queue, Place place) {
    return alone(now -> at(queue, now).claim(place));
  }

  @Override
  public CompletionStage<SessionStanding> stay(Queue queue, Place place) {
    return alone(now -> at(queue, now).stay(place));
  }

  @Override
  public CompletionStage<Boolean> leave(Queue queue, Place place) {
    return alone(now -> at(queue, now).leave(place));
  }

  @Override
  public CompletionStage<Void> pause(Queue queue, boolean paused) {
    return change(now -> pool(queue.upstream()).rooms.room(queue, now).paused = paused);
  }

  @Override
  public CompletionStage<Long> reset(Queue queue) {
    return alone(now -> pool(queue.upstream()).rooms.startEpoch(queue, now));
  }

  @Override
  public CompletionStage<Lease> lead(String upstream, Duration term) {
    return alone(
        now -> new Lease(upstream, pool(upstream).leadership.lead(replica, term.toMillis(), now)));
  }

  @Override
  public CompletionStage<Sharing> share(Lease lease, SlotReport report) {
    return alone(now -> pool(lease.upstream()).share(replica, lease, report, now));
  }

  @Override
  public CompletionStage<Long> grant(Lease lease, Grants grants) {
    return alone(now -> pool(lease.upstream()).grant(lease, grants, now));
  }

  @Override
  public CompletionStage<Void> giveUp(String upstream, SlotReport last) {
    return alone(now -> pool(upstream).slots.leave(replica, last, now)).thenAccept(given -> {});
  }

  @Override
  public CompletionStage<Works> work(Lease lease, WorkReport report) {
    return alone(now -> pool(lease.upstream()).work(lease, report, now));
  }

  @Override
  public CompletionStage<Note> note(Lease lease, String heading, @Nullable String text) {
    return alone(now -> pool(lease.upstream()).note(lease, heading, text, now));
  }

  @Override
  public CompletionStage<List<LiveState>> live(String upstream, List<LiveState> known) {
    return alone(now -> pool(upstream).live.tell(known, pool(upstream).rooms, now));
  }

  @Override
  public CompletionStage<LiveSet> set(String upstream, LiveChange change) {
    return alone(now -> pool(upstream).live.set(change, pool(upstream).rooms, now));
  }

  @Override
  public CompletionStage<Void> record(String upstream, Annals annals, String entry) {
    return change(now -> pool(upstream).live.record(annals, entry));
  }

  @Override
  public CompletionStage<List<String>> recorded(String upstream, Annals annals) {
    return alone(now -> pool(upstream).live.recorded(annals));
  }

  @Override
  public CompletionStage<Outcome> move(String upstream, Move move) {
    return alone(now -> pool(upstream).move(move, now));
  }

  @Override
  public CompletionStage<Moves> moves(String upstream, Moves.Since since) {
    return alone(now -> pool(upstream).moves.moves(since));
  }

  @Override
  public CompletionStage<Set<String>> proven(String upstream, @Nullable String version) {
    return alone(now -> pool(upstream).proofs.proven(version, now));
  }

  @Override
  public CompletionStage<Void> close() {
    return CompletableFuture.completedFuture(null);
  }
}
