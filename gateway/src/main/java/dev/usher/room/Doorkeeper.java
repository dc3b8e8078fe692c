package dev.usher.room;

import dev.usher.admission.Admission;
import dev.usher.admission.AdmissionController;
import dev.usher.admission.Observation;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.QueueCounts;
import dev.usher.store.Budget;
import dev.usher.store.Calling;
import dev.usher.store.Lease;
import dev.usher.store.QueueStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

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

  /** After so long without an answer nobody is made to wait for one. */
  private static final long AWAY_MILLIS = 1000;

  /** What a line does not tell is copied every so many steps. */
  private static final int COPY_EVERY = 5;

  private static final CompletionStage<Void> NOTHING = CompletableFuture.completedStage(null);

  private final String upstream;
  private final Rooms rooms;
  private final SlotShares pods;
  private final SharedWork work;
  private final AdmissionController admission;
  private final QueueStore store;
  private final AtomicBoolean ticking = new AtomicBoolean();
  private final AtomicBoolean telling = new AtomicBoolean();
  private volatile Lease lease;
  private volatile Admission last = Admission.NONE;

  /** What the store counted at the last call; null while another replica leads. */
  private volatile @Nullable Calling counted;

  private final AtomicLong called = new AtomicLong();
  private volatile long refreshedAt;

  /** Since when the store owes an answer; 0 while it does not. */
  private volatile long owesSince;

  private int steps;
  private boolean alone;
  private volatile double disagreement;
  private long renewedAt = Long.MIN_VALUE / 2;

  /** Nobody else may ask {@code admission}. */
  // Rule zero: all five are parts of the upstream; a record of them would have no other use.
  public Doorkeeper(
      String upstream,
      List<Room> rooms,
      SlotShares pods,
      AdmissionController admission,
      QueueStore store) {
    this.upstream = upstream;
    this.rooms = new Rooms(rooms);
    this.pods = pods;
    this.work = new SharedWork(upstream, store);
    this.admission = admission;
    this.store = store;
    this.lease = new Lease(upstream, 0);
  }

  /**
   * Keeps these rooms from now on, with the policies that they have by now. New ones are read at
   * the next step; who was seen in those that go is told to the store. To be called between steps.
   */
  public void take(List<Room> changed) {
    List<Room> before = rooms.all();
    rooms.take(changed);
    before.stream().filter(room -> !changed.contains(room)).forEach(Room::tellPresence);
    if (alone) {
      changed.stream()
          .filter(room -> !before.contains(room))
          .forEach(room -> room.goOnAlone(Allowance.NONE));
    }
  }

  /**
   * One step: limit the pods, lead if nobody else does, call whom there is room for, refresh the
   * rooms. Does not ask the store while its last answer is still awaited. Fails when the store
   * does. To be called by one thread at a time.
   */
  public CompletionStage<Void> tick(long now) {
    boolean blind = decide(now);
    // From the question on: a stall of our own, in which nothing was asked, says nothing of it.
    if (owesSince > 0 && now - owesSince > AWAY_MILLIS) {
      long sessions = rooms.counts(called.get(), counted).sessions();
      goOnAlone(Math.min(last.capacity(), storedCapacity() + kept()) - sessions);
    }
    if (!ticking.compareAndSet(false, true)) {
      return NOTHING;
    }
    owesSince = owesSince > 0 ? owesSince : now;
    // Who does not even know which pods there are must not say for all what they bear.
    return (blind ? CompletableFuture.completedStage(lease) : lead(now))
        .thenCompose(held -> hear(held, now))
        .thenCompose(held -> pods.step(held))
        .thenCompose(shared -> refreshedAt > 0 && rooms.settled() ? NOTHING : refresh(now))
        .thenCompose(done -> lease.held() && rooms.settled() ? call(lease) : NOTHING)
        .thenCompose(done -> refresh(now))
        .thenCompose(done -> rooms.settled() && steps++ % COPY_EVERY == 0 ? copy() : NOTHING)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                owesSince = 0;
              } else {
                // Whether the lease still holds nobody knows: the next step asks first.
                lose();
              }
              ticking.set(false);
            });
  }

  /** Decides for now. Returns whether it is not even known which pods there are. */
  private boolean decide(long now) {
    QueueCounts counts = rooms.counts(called.get(), counted);
    PodsSeen seen = work.see(pods.see(now), now);
    Admission decided = admission.decide(new Observation(now, seen, counts, work.learnt()));
    last = decided;
    work.decided(decided);
    pods.limit(decided.pods());
    rooms.decided(decided, counts, now);
    return seen.blind();
  }

  private int kept() {
    return pods.keep(last.capacity());
  }

  /** What was decided before the first word of the other replicas must not count for all. */
  private CompletionStage<Lease> hear(Lease held, long now) {
    boolean first = !work.informed();
    return work.step(held, now)
        .thenApply(
            done -> {
              if (first) {
                decide(now);
              }
              return held;
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

  private void lose() {
    lease = new Lease(upstream, 0);
    counted = null;
  }

  /** Once an outage: what was free then is all that may be given without asking. */
  private void goOnAlone(long free) {
    if (alone) {
      return;
    }
    alone = true;
    Allowance allowance = pods.allowance(free);
    rooms.all().forEach(room -> room.goOnAlone(allowance));
  }

  private CompletionStage<Void> call(Lease held) {
    Admission decided = last;
    long capacity = decided.capacity() - kept();
    Budget budget = new Budget(capacity, decided.places(), decided.kept(), VALID);
    return store
        .call(held, budget, rooms.shares())
        .thenAccept(
            calling -> {
              if (calling.done()) {
                called.addAndGet(calling.called());
                counted = calling;
              } else if (!calling.leads()) {
                lose();
              }
            });
  }

  private CompletionStage<Void> refresh(long now) {
    return rooms
        .each(Room::refresh)
        .thenRun(
            () -> {
              refreshedAt = now;
              alone = false;
              // While the store settles it has no capacity, which nobody disagrees with.
              disagreement = rooms.settled() ? reckonDisagreement() : 0;
            });
  }

  private CompletionStage<Void> copy() {
    return rooms.each(Room::copy);
  }

  /** Tells the store who was seen here. Does nothing while it is still being told. */
  public CompletionStage<Void> tellPresence() {
    if (!telling.compareAndSet(false, true)) {
      return NOTHING;
    }
    return rooms.each(Room::tellPresence).whenComplete((done, failure) -> telling.set(false));
  }

  /**
   * Lets another replica lead at once, and gives this one's slots to the others, at an orderly
   * stop. No step may follow.
   */
  public CompletionStage<Void> resign() {
    CompletionStage<Void> gone = pods.leave();
    return lease.held()
        ? store.lead(upstream, Duration.ZERO).thenAccept(d -> lose()).thenCompose(d -> gone)
        : gone;
  }

  /**
   * How far the capacity that this replica reckons is from the one in the store, as a part of the
   * latter; as of the last refresh.
   */
  public double disagreement() {
    return disagreement;
  }

  private double reckonDisagreement() {
    long own = last.capacity() - pods.keep(last.capacity());
    long stored = storedCapacity(); // none counts as 1: if we see pods, that is far off, too
    return rooms.all().isEmpty() ? 0 : (double) Math.abs(own - stored) / Math.max(1, stored);
  }

  /** The capacity in the store, as of the last refresh. */
  public long storedCapacity() {
    return rooms.all().stream().mapToLong(room -> room.line().counts().capacity()).max().orElse(0);
  }

  /** Live replicas of the upstream; 0 before the first step. */
  public int replicas() {
    return pods.replicas();
  }

  public String upstream() {
    return upstream;
  }

  public List<Room> rooms() {
    return rooms.all();
  }

  /** The line that there would be if the rooms that only watch guarded, while this one leads. */
  public VirtualLine.Told wouldBe() {
    return rooms.wouldBe();
  }

  /** Whether this replica calls the visitors of the upstream. */
  public boolean leads() {
    return lease.held();
  }

  /** What was decided last, or would be by a replica that does not lead. */
  public Admission admission() {
    return last;
  }

  /** When the rooms' view was last refreshed, in milliseconds since 1970; 0 if never. */
  public long refreshedAt() {
    return refreshedAt;
  }
}
