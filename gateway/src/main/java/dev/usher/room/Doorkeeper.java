package dev.usher.room;

import dev.usher.admission.Admission;
import dev.usher.admission.AdmissionController;
import dev.usher.admission.Observation;
import dev.usher.store.Budget;
import dev.usher.store.Lease;
import dev.usher.store.Line;
import dev.usher.store.QueueStore;
import dev.usher.store.Share;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Calls the next visitors of all rooms of one upstream, while this replica leads; and, leading or
 * not, keeps the rooms' view of the queue fresh.
 */
public final class Doorkeeper {
  /** A leader that is lost is followed by another within three seconds, its steps included. */
  private static final Duration TERM = Duration.ofMillis(2500);

  /** The lease is renewed so often, so that two renewals may get lost. */
  private static final long RENEW_MILLIS = 800;

  /** Claims trust a capacity until the next leader has said a new one. */
  private static final Duration VALID = Duration.ofSeconds(3);

  /** After so long without the store, what it knows of who is there is out of date. */
  private static final long OUTAGE_MILLIS = 30_000;

  /** By then every replica has told whom it saw meanwhile; until then nobody counts as gone. */
  private static final long SETTLE_MILLIS = 5000;

  private final String upstream;
  private final List<Room> rooms;
  private final List<Share> shares;
  private final LongSupplier capacity;
  private final AdmissionController admission;
  private final QueueStore store;
  private final AtomicBoolean ticking = new AtomicBoolean();
  private final AtomicBoolean telling = new AtomicBoolean();
  private volatile Lease lease;
  private volatile Admission last = new Admission(0, Admission.Reason.NO_CAPACITY);
  private volatile long refreshedAt;
  private long settledAt;
  private long renewedAt = Long.MIN_VALUE / 2;

  /**
   * @param capacity sessions that the pods ready now can carry
   */
  // Rule zero: all five are parts of the upstream; a record of them would have no other use.
  public Doorkeeper(
      String upstream,
      List<Room> rooms,
      LongSupplier capacity,
      AdmissionController admission,
      QueueStore store) {
    this.upstream = upstream;
    this.rooms = List.copyOf(rooms);
    this.shares =
        rooms.stream().map(r -> new Share(r.policy().queue(), r.policy().weight())).toList();
    this.capacity = capacity;
    this.admission = admission;
    this.store = store;
    this.lease = new Lease(upstream, 0);
  }

  /**
   * One step: lead if nobody else does, call whom there is room for, refresh the rooms. Does
   * nothing while the last step is still under way. Fails when the store does.
   */
  public CompletionStage<Void> tick(long now) {
    if (!ticking.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    if (refreshedAt > 0 && now - refreshedAt > OUTAGE_MILLIS) {
      // A call would pass over everyone whose replica has not told of them yet.
      settledAt = now + SETTLE_MILLIS;
    }
    boolean settled = now >= settledAt;
    return lead(now)
        .thenCompose(
            held -> held.held() && settled ? call(held) : CompletableFuture.completedFuture(null))
        .thenCompose(done -> refresh(now))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                // Whether the lease still holds nobody knows: the next step asks first.
                lease = new Lease(upstream, 0);
              }
              ticking.set(false);
            });
  }

  private CompletionStage<Lease> lead(long now) {
    // Who does not lead asks at every step, to follow a lost leader at once.
    if (lease.held() && now - renewedAt < RENEW_MILLIS) {
      return CompletableFuture.completedFuture(lease);
    }
    return store
        .lead(upstream, TERM)
        .thenApply(
            taken -> {
              renewedAt = now;
              lease = taken;
              return taken;
            });
  }

  private CompletionStage<Void> call(Lease held) {
    long bears = capacity.getAsLong();
    long sessions = 0;
    long waiting = 0;
    for (Room room : rooms) {
      Line.Counts counts = room.line().counts();
      sessions = Math.max(sessions, counts.sessions());
      waiting += counts.waiting();
    }
    Admission decided = admission.decide(new Observation(bears, sessions, waiting));
    last = decided;
    return store
        .call(held, new Budget(bears, decided.places(), Budget.KEEP_ALL, VALID), shares)
        .thenAccept(
            calling -> {
              if (!calling.leads()) {
                lease = new Lease(upstream, 0);
              }
            });
  }

  private CompletionStage<Void> refresh(long now) {
    CompletableFuture<?>[] refreshed =
        rooms.stream()
            .map(
                room ->
                    store
                        .line(room.policy().queue())
                        .thenAccept(room::refresh)
                        .toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(refreshed).thenRun(() -> refreshedAt = now);
  }

  /** Tells the store who was seen here. Does nothing while it is still being told. */
  public CompletionStage<Void> tellPresence() {
    if (!telling.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<?>[] told =
        rooms.stream()
            .map(room -> room.tellPresence().toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(told).whenComplete((done, failure) -> telling.set(false));
  }

  /** Lets another replica lead at once, at an orderly stop. No step may follow. */
  public CompletionStage<Void> resign() {
    return lease.held()
        ? store.lead(upstream, Duration.ZERO).thenAccept(over -> lease = new Lease(upstream, 0))
        : CompletableFuture.completedFuture(null);
  }

  public String upstream() {
    return upstream;
  }

  public List<Room> rooms() {
    return rooms;
  }

  /** Whether this replica calls the visitors of the upstream. */
  public boolean leads() {
    return lease.held();
  }

  /** What was decided last, while this replica leads. */
  public Admission admission() {
    return last;
  }

  /** When the rooms' view was last refreshed, in milliseconds since 1970; 0 if never. */
  public long refreshedAt() {
    return refreshedAt;
  }
}
