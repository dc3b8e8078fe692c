package dev.usher.store;

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
  private final Map<String, MemoryPool> pools;

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
      String replica, MemoryClock clock, Duration settle, Map<String, MemoryPool> pools) {
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
    Map<String, MemoryPool> kept = copy(pools);
    return () -> {
      synchronized (pools) {
        pools.clear();
        pools.putAll(copy(kept));
        pools.values().forEach(pool -> pool.rooms.takenOver(clock.getAsLong()));
      }
    };
  }

  private static Map<String, MemoryPool> copy(Map<String, MemoryPool> pools) {
    Map<String, MemoryPool> copy = new HashMap<>();
    synchronized (pools) {
      pools.forEach((upstream, pool) -> copy.put(upstream, new MemoryPool(pool)));
    }
    return copy;
  }

  private MemoryPool pool(String upstream) {
    return pools.computeIfAbsent(upstream, u -> new MemoryPool(new MemoryRooms(settle)));
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

  private MemoryVisits at(Queue queue, long now) {
    return new MemoryVisits(pool(queue.upstream()), queue, now);
  }

  @Override
  public CompletionStage<Block> arrive(Queue queue, Newcomers newcomers) {
    return alone(now -> at(queue, now).arrive(newcomers));
  }

  @Override
  public CompletionStage<Void> see(Queue queue, Seen seen) {
    return change(
        now -> {
          MemoryPool pool = pool(queue.upstream());
          pool.begun(pool.rooms.see(queue, seen, now));
        });
  }

  @Override
  public CompletionStage<Line> line(Queue queue) {
    return alone(now -> at(queue, now).line());
  }

  @Override
  public CompletionStage<Copy> copy(Queue queue) {
    return alone(
        now -> {
          MemoryRoom room = pool(queue.upstream()).rooms.room(queue, now);
          return new Copy(room.epoch, Bits.of(room.claimed), Bits.of(room.inside));
        });
  }

  @Override
  public CompletionStage<Void> restore(Queue queue, Remembered remembered) {
    return change(now -> pool(queue.upstream()).rooms.restore(queue, remembered, now));
  }

  @Override
  public CompletionStage<Enlisted> enlist(
      Queue queue, List<Standby> standbys, Duration gather, Heard heard) {
    return alone(
        now -> {
          MemoryRooms rooms = pool(queue.upstream()).rooms;
          rooms.hear(queue, heard, now);
          return rooms.enlist(queue, standbys, gather.toMillis(), now);
        });
  }

  @Override
  public CompletionStage<Calling> call(Lease lease, Budget budget, List<Share> rooms) {
    return alone(
        now -> {
          MemoryPool pool = pool(lease.upstream());
          return pool.isLedBy(lease) ? MemoryCalls.call(pool, budget, rooms, now) : Calling.STALE;
        });
  }

  @Override
  public CompletionStage<Claim> claim(Queue queue, Place place) {
    return alone(now -> at(queue, now).claim(place));
  }

  @Override
  public CompletionStage<Stay> stay(Queue queue, Place place) {
    return alone(now -> at(queue, now).stay(place));
  }

  @Override
  public CompletionStage<Void> leave(Queue queue, Place place) {
    return change(now -> at(queue, now).leave(place));
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
    return alone(now -> new Lease(upstream, pool(upstream).lead(replica, term.toMillis(), now)));
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
  public CompletionStage<Set<String>> proven(String upstream, @Nullable String version) {
    return alone(now -> pool(upstream).proofs.proven(version, now));
  }

  @Override
  public CompletionStage<Void> close() {
    return CompletableFuture.completedFuture(null);
  }
}
