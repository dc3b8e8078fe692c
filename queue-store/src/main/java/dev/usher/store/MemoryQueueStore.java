package dev.usher.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * The virtual queue inside the process: the default for a single replica, and the one for the
 * simulator and for tests. It keeps the contract of the shared store and loses everything with the
 * process; the next one starts a new epoch.
 */
public final class MemoryQueueStore implements QueueStore {
  private static final int LANE = 0;

  private final String replica;
  private final LongSupplier clock;
  private final Map<String, MemoryPool> pools;

  /**
   * A store of its own.
   *
   * @param replica this replica's name
   * @param clock milliseconds since 1970
   */
  public MemoryQueueStore(String replica, LongSupplier clock) {
    this(replica, clock, new HashMap<>());
  }

  private MemoryQueueStore(String replica, LongSupplier clock, Map<String, MemoryPool> pools) {
    this.replica = replica;
    this.clock = clock;
    this.pools = pools;
  }

  /** The same queues as another replica sees them, for simulations of several. */
  public MemoryQueueStore seenBy(String otherReplica) {
    return new MemoryQueueStore(otherReplica, clock, pools);
  }

  private MemoryPool pool(String upstream) {
    return pools.computeIfAbsent(upstream, u -> new MemoryPool());
  }

  @Override
  public CompletionStage<Block> arrive(Queue queue, int count) {
    synchronized (pools) {
      long now = clock.getAsLong();
      MemoryPool pool = pool(queue.upstream());
      MemoryRoom room = pool.room(queue, now);
      int given = (int) Math.min(count, Place.NUMBER_MAX - room.issued);
      if (given <= 0) {
        return done(new Block(room.epoch, LANE, 0, 0, 0));
      }
      int admitted = 0;
      if (!room.paused && room.called == room.issued && pool.nobodyWaits(now)) {
        admitted = (int) Math.min(given, pool.free(now));
        pool.admittedAtOnce(admitted);
      }
      long first = room.issued + 1;
      int enter = (int) first + admitted;
      int end = (int) first + given;
      room.joined.set((int) first, end);
      room.claimed.set((int) first, enter);
      room.inside.set((int) first, enter);
      room.waiting.set(enter, end);
      room.seenInside(now, (int) first, enter);
      room.seenWaiting(now, enter, end);
      room.issued += given;
      room.called += admitted;
      return done(new Block(room.epoch, LANE, first, given, admitted));
    }
  }

  @Override
  public CompletionStage<Void> see(Queue queue, Seen seen) {
    synchronized (pools) {
      long now = clock.getAsLong();
      MemoryRoom room = pool(queue.upstream()).roomAt(queue, seen.epoch(), now);
      room.seenWaiting(now, seen.waiting().toBitSet());
      room.seenInside(now, seen.inside().toBitSet());
      return CompletableFuture.completedFuture(null);
    }
  }

  @Override
  public CompletionStage<Line> line(Queue queue) {
    synchronized (pools) {
      long now = clock.getAsLong();
      MemoryPool pool = pool(queue.upstream());
      MemoryRoom room = pool.room(queue, now);
      return done(
          new Line(
              room.epoch,
              LANE,
              room.issued,
              room.called,
              room.offered,
              room.paused,
              Bits.of(room.waiting),
              Bits.of(room.left),
              pool.leftBefore(room),
              new Line.Counts(
                  room.inLine(), room.inside.cardinality(), pool.sessions(), pool.capacityAt(now)),
              now));
    }
  }

  @Override
  public CompletionStage<Calling> call(Lease lease, Budget budget, List<Share> rooms) {
    synchronized (pools) {
      long now = clock.getAsLong();
      MemoryPool pool = pool(lease.upstream());
      if (!pool.isLedBy(lease)) {
        return done(Calling.STALE);
      }
      rooms.forEach(share -> pool.merge(share.queue(), now));
      pool.grant(budget, now);
      long called = callByWeight(pool, rooms, pool.free(now), now);
      return done(pool.called(called, now));
    }
  }

  /** Smooth weighted round robin; a room where nobody waits saves no turns for later. */
  private static long callByWeight(MemoryPool pool, List<Share> rooms, long free, long now) {
    if (free == 0) {
      return 0;
    }
    Map<MemoryRoom, Long> given = new HashMap<>();
    List<Share> inLine = new ArrayList<>();
    for (Share share : rooms) {
      MemoryRoom room = pool.room(share.queue(), now);
      given.put(room, 0L);
      if (room.paused || room.inLine() == 0) {
        room.turn = 0;
      } else {
        inLine.add(share);
      }
    }
    long left = free;
    for (; left > 0 && !inLine.isEmpty(); left--) {
      Share next = next(pool, inLine, now);
      MemoryRoom room = pool.room(next.queue(), now);
      if (given.merge(room, 1L, Long::sum) == room.inLine()) {
        inLine.remove(next);
      }
    }
    given.forEach(
        (room, places) -> {
          if (!room.paused) {
            room.call(places, now);
          }
        });
    return free - left;
  }

  /** The share whose turn it is; it pays for it with the turns of all. */
  private static Share next(MemoryPool pool, List<Share> inLine, long now) {
    Share best = inLine.get(0);
    int total = 0;
    for (Share share : inLine) {
      MemoryRoom room = pool.room(share.queue(), now);
      room.turn += share.weight();
      total += share.weight();
      if (room.turn > pool.room(best.queue(), now).turn) {
        best = share;
      }
    }
    pool.room(best.queue(), now).turn -= total;
    return best;
  }

  @Override
  public CompletionStage<Claim> claim(Queue queue, Place place) {
    synchronized (pools) {
      long now = clock.getAsLong();
      MemoryPool pool = pool(queue.upstream());
      MemoryRoom room = pool.roomAt(queue, place.epoch(), now);
      int number = (int) place.number();
      if (!room.joined.get(number)) {
        return done(Claim.UNKNOWN);
      }
      if (room.claimed.get(number)) {
        if (room.left.get(number) || !room.inside.get(number)) {
          return done(Claim.OVER);
        }
        room.seenInside(now, number, number + 1);
        return done(Claim.ADMITTED);
      }
      if (room.left.get(number)) {
        return done(Claim.OVER);
      }
      if (!pool.isCurrent(room, now)) {
        return done(Claim.UNKNOWN);
      }
      if (number > room.called) {
        return done(Claim.NOT_CALLED);
      }
      return done(room.paused ? Claim.PAUSED : claimCalled(pool, room, place, now));
    }
  }

  private static Claim claimCalled(MemoryPool pool, MemoryRoom room, Place place, long now) {
    if (pool.taken(room, place, now) >= pool.capacityAt(now)) {
      pool.refused(room, place, now);
      return Claim.FULL;
    }
    int number = (int) place.number();
    pool.claimed(room, place);
    room.claimed.set(number);
    room.inside.set(number);
    room.waiting.clear(number);
    room.seenInside(now, number, number + 1);
    room.askNoMore(number);
    return Claim.ADMITTED;
  }

  @Override
  public CompletionStage<Void> leave(Queue queue, Place place) {
    synchronized (pools) {
      long now = clock.getAsLong();
      MemoryPool pool = pool(queue.upstream());
      MemoryRoom room = pool.roomAt(queue, place.epoch(), now);
      int number = (int) place.number();
      if (room.joined.get(number)) {
        room.left.set(number);
        room.waiting.clear(number);
        room.inside.clear(number);
        room.askNoMore(number);
        pool.forget(place);
      }
      return CompletableFuture.completedFuture(null);
    }
  }

  @Override
  public CompletionStage<Void> pause(Queue queue, boolean paused) {
    synchronized (pools) {
      pool(queue.upstream()).room(queue, clock.getAsLong()).paused = paused;
      return CompletableFuture.completedFuture(null);
    }
  }

  @Override
  public CompletionStage<Long> reset(Queue queue) {
    synchronized (pools) {
      return done(pool(queue.upstream()).startEpoch(queue, clock.getAsLong()));
    }
  }

  @Override
  public CompletionStage<Lease> lead(String upstream, Duration term) {
    return inPool(
        upstream, (pool, now) -> new Lease(upstream, pool.lead(replica, term.toMillis(), now)));
  }

  @Override
  public CompletionStage<Sharing> share(Lease lease, SlotReport report) {
    return inPool(lease.upstream(), (pool, now) -> pool.share(replica, lease, report, now));
  }

  @Override
  public CompletionStage<Long> grant(Lease lease, Grants grants) {
    return inPool(lease.upstream(), (pool, now) -> pool.grant(lease, grants, now));
  }

  @Override
  public CompletionStage<Void> giveUp(String upstream, SlotReport last) {
    return inPool(upstream, (pool, now) -> pool.slots.leave(replica, last, now))
        .thenAccept(given -> {});
  }

  private <T> CompletionStage<T> inPool(String upstream, BiFunction<MemoryPool, Long, T> step) {
    synchronized (pools) {
      return done(step.apply(pool(upstream), clock.getAsLong()));
    }
  }

  @Override
  public CompletionStage<Void> close() {
    return CompletableFuture.completedFuture(null);
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
