package dev.usher.doorkeeper;

import dev.usher.admission.Admission;
import dev.usher.admission.AdmissionController;
import dev.usher.admission.Observation;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.QueueCounts;
import dev.usher.room.OutageAllowance;
import dev.usher.room.Room;
import dev.usher.store.Budget;
import dev.usher.store.Calling;
import dev.usher.store.QueueStore;
import dev.usher.store.upstream.Lease;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The tick of one upstream. While this replica leads, it calls the next visitors of all its rooms;
 * leading or not, it keeps the rooms' view of the queue fresh.
 */
public final class Doorkeeper {
  /** How long claims trust a capacity: until the next leader has set a new one. */
  private static final Duration VALID = Duration.ofSeconds(3);

  /** Ticks between two copies of what no line shows. */
  private static final int COPY_EVERY = 5;

  private static final CompletionStage<Void> NOTHING = CompletableFuture.completedStage(null);

  private final String upstream;
  private final Rooms rooms;
  private final SlotShares pods;
  private final SharedWork work;
  private final Leadership leadership;
  private final AdmissionController admission;
  private final QueueStore store;
  private final AtomicBoolean ticking = new AtomicBoolean();
  private final AtomicBoolean telling = new AtomicBoolean();
  private volatile Admission last = Admission.NONE;

  /** The store's counts at the last call; null while another replica leads. */
  private volatile @Nullable Calling counted;

  private final AtomicLong called = new AtomicLong();
  private volatile long refreshedAt;

  private final StoreSilence silence = new StoreSilence();
  private int steps;
  private volatile boolean alone;
  private OutageAllowance allowance = OutageAllowance.NONE;
  private volatile double disagreement;

  /** Takes over {@code admission}, which nobody else may ask. */
  // Rule zero: all five are parts of the upstream, and a record of them would have no other use.
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
    this.leadership = new Leadership(upstream, store);
  }

  /**
   * Takes over the upstream's rooms, with their current policies. New rooms are read at the next
   * tick; the store is told who was seen in the rooms that go. Must be called between ticks.
   */
  public void reconfigure(List<Room> changed) {
    List<Room> before = rooms.all();
    rooms.reconfigure(changed);
    before.stream().filter(room -> !changed.contains(room)).forEach(Room::tellPresence);
    if (alone) {
      changed.stream()
          .filter(room -> !before.contains(room))
          .forEach(room -> room.goOnAlone(OutageAllowance.NONE));
    }
  }

  /**
   * One tick: limits the pods, leads if nobody else does, calls as many visitors as there is room
   * for, and refreshes the rooms. Does not ask the store while its last answer is still awaited.
   * Fails when the store does. Must be called by one thread at a time.
   */
  public CompletionStage<Void> tick(long now) {
    boolean blind = decide(now);
    if (silence.isLong(now)) {
      goOnAlone(rooms.counts(called.get(), counted).sessions());
    }
    if (!ticking.compareAndSet(false, true)) {
      return NOTHING;
    }
    silence.begins(now);
    boolean knows = refreshedAt > 0 && work.informed() && rooms.settled();
    return (knows ? sideBySide(blind, now) : inOrder(blind, now))
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                silence.isOver();
                alone = false;
              } else {
                // Nobody knows whether the lease still holds, so the next tick asks first.
                silence.goesOn();
                lose();
              }
              ticking.set(false);
            });
  }

  /**
   * Asks one question after the other, while something that later questions depend on is unknown.
   */
  private CompletionStage<Void> inOrder(boolean blind, long now) {
    return silence
        .broken(leadership.seek(blind, now))
        .thenCompose(held -> silence.broken(hear(held, now)))
        .thenCompose(held -> pods.step(held, silence))
        .thenCompose(shared -> refreshedAt > 0 && rooms.settled() ? NOTHING : refresh(now))
        .thenCompose(done -> leads() && rooms.settled() ? call(leadership.lease(), now) : NOTHING)
        .thenCompose(done -> refresh(now))
        .thenCompose(done -> copyIfDue());
  }

  /**
   * Asks every question that depends on no other answer at once, so that a tick takes as long as
   * one answer, however far away the store is. The store carries questions out in order, so the
   * line shows whom this tick called; and its fence refuses a call by a lease that is over.
   */
  private CompletionStage<Void> sideBySide(boolean blind, long now) {
    Lease before = leadership.lease();
    CompletionStage<Lease> leads = silence.broken(leadership.seek(blind, now));
    CompletionStage<Void> others =
        all(
            silence.broken(work.step(before, now)),
            pods.step(before, silence),
            before.held() ? call(before, now) : NOTHING,
            refresh(now),
            copyIfDue());
    CompletionStage<Void> begins =
        leads.thenCompose(
            held ->
                held.held() && !before.held()
                    ? call(held, now).thenCompose(done -> refresh(now))
                    : NOTHING);
    return all(begins, others);
  }

  private static CompletionStage<Void> all(CompletionStage<?>... stages) {
    return CompletableFuture.allOf(
        Arrays.stream(stages)
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }

  /** Decides for this tick. Returns whether it is unknown even which pods there are. */
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

  /**
   * Decides again, because what was decided before the first word of the other replicas must not
   * count for all.
   */
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

  private void lose() {
    leadership.lose();
    counted = null;
  }

  /** Admits without asking no more than was free when the outage began. */
  private void goOnAlone(long sessions) {
    if (!alone) {
      alone = true;
      long kept = pods.keep(last.capacity());
      allowance = pods.allowance(Math.min(last.capacity(), storedCapacity() + kept) - sessions);
    }
    rooms.goOnAlone(allowance);
  }

  private CompletionStage<Void> call(Lease held, long now) {
    Admission decided = last;
    long capacity = decided.capacity() - pods.keep(decided.capacity());
    Budget budget = new Budget(capacity, decided.places(), decided.kept(), VALID);
    return silence
        .broken(store.call(held, budget, rooms.shares(now)))
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
    return all(
            silence.broken(rooms.live(upstream, store)), silence.broken(rooms.each(Room::refresh)))
        .thenRun(
            () -> {
              refreshedAt = now;
              disagreement = rooms.disagreement(last.capacity() - pods.keep(last.capacity()));
            });
  }

  private CompletionStage<Void> copyIfDue() {
    return rooms.settled() && steps++ % COPY_EVERY == 0 ? rooms.each(Room::copy) : NOTHING;
  }

  /** Tells the store who was seen here. Does nothing while an earlier report is on its way. */
  public CompletionStage<Void> tellPresence() {
    if (!telling.compareAndSet(false, true)) {
      return NOTHING;
    }
    return rooms.each(Room::tellPresence).whenComplete((done, failure) -> telling.set(false));
  }

  /**
   * At an orderly stop, lets another replica lead at once and gives this one's slots to the others.
   * No tick may follow.
   */
  public CompletionStage<Void> resign() {
    CompletionStage<Void> gone = pods.leave();
    return leadership.resign().thenCompose(d -> gone);
  }

  /**
   * How far the capacity that this replica works out is from the one in the store, as a part of the
   * latter; as of the last refresh.
   */
  public double disagreement() {
    return disagreement;
  }

  /** The capacity in the store, as of the last refresh. */
  public long storedCapacity() {
    return rooms.storedCapacity();
  }

  /** Live replicas of the upstream; 0 before the first tick. */
  public int replicas() {
    return pods.replicas();
  }

  public String upstream() {
    return upstream;
  }

  public List<Room> rooms() {
    return rooms.all();
  }

  /**
   * The line that there would be if the rooms that only watch guarded, while this replica leads.
   */
  public VirtualLine.Told wouldBe() {
    return rooms.wouldBe();
  }

  /** Whether this replica calls the visitors of the upstream. */
  public boolean leads() {
    return leadership.lease().held();
  }

  /** The lease under which this replica calls visitors, held or not. */
  public Lease lease() {
    return leadership.lease();
  }

  /** The last decision; on a replica that does not lead, what it would decide. */
  public Admission admission() {
    return last;
  }

  /** Who waits and who is inside, as last told by the store. */
  public QueueCounts counts() {
    return rooms.counts(called.get(), counted);
  }

  /** When the rooms' view was last refreshed, in milliseconds since 1970; 0 if never. */
  public long refreshedAt() {
    return refreshedAt;
  }
}
