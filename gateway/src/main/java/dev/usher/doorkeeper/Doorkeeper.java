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
 * Calls the next visitors of all rooms of one upstream, while this replica leads; and, leading or
 * not, keeps the rooms' view of the queue fresh.
 */
public final class Doorkeeper {
  /** Claims trust a capacity until the next leader has said a new one. */
  private static final Duration VALID = Duration.ofSeconds(3);

  /** What a line does not tell is copied every so many steps. */
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

  /** What the store counted at the last call; null while another replica leads. */
  private volatile @Nullable Calling counted;

  private final AtomicLong called = new AtomicLong();
  private volatile long refreshedAt;

  private final StoreSilence silence = new StoreSilence();
  private int steps;
  private volatile boolean alone;
  private OutageAllowance allowance = OutageAllowance.NONE;
  private volatile double disagreement;

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
    this.leadership = new Leadership(upstream, store);
  }

  /**
   * Keeps these rooms from now on, with the policies that they have by now. New ones are read at
   * the next step; who was seen in those that go is told to the store. To be called between steps.
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
   * One step: limit the pods, lead if nobody else does, call whom there is room for, refresh the
   * rooms. Does not ask the store while its last answer is still awaited. Fails when the store
   * does. To be called by one thread at a time.
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
                // Whether the lease still holds nobody knows: the next step asks first.
                silence.goesOn();
                lose();
              }
              ticking.set(false);
            });
  }

  /** While not all is known that later questions depend on. */
  private CompletionStage<Void> inOrder(boolean blind, long now) {
    return silence
        .broken(leadership.seek(blind, now))
        .thenCompose(held -> silence.broken(hear(held, now)))
        .thenCompose(held -> pods.step(held, silence))
        .thenCompose(shared -> refreshedAt > 0 && rooms.settled() ? NOTHING : refresh(now))
        .thenCompose(done -> leads() && rooms.settled() ? call(leadership.lease()) : NOTHING)
        .thenCompose(done -> refresh(now))
        .thenCompose(done -> copyIfDue());
  }

  /**
   * All that waits for no other answer is asked at once: however far the store is, a step takes as
   * long as one answer. What is asked later is carried out later, so the line shows whom this step
   * called; and a call by a lease that is over is refused by its fence.
   */
  private CompletionStage<Void> sideBySide(boolean blind, long now) {
    Lease before = leadership.lease();
    CompletionStage<Lease> leads = silence.broken(leadership.seek(blind, now));
    CompletionStage<Void> others =
        all(
            silence.broken(work.step(before, now)),
            pods.step(before, silence),
            before.held() ? call(before) : NOTHING,
            refresh(now),
            copyIfDue());
    CompletionStage<Void> begins =
        leads.thenCompose(
            held ->
                held.held() && !before.held()
                    ? call(held).thenCompose(done -> refresh(now))
                    : NOTHING);
    return all(begins, others);
  }

  private static CompletionStage<Void> all(CompletionStage<?>... stages) {
    return CompletableFuture.allOf(
        Arrays.stream(stages)
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
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

  private void lose() {
    leadership.lose();
    counted = null;
  }

  /** What was free when the outage began is all that may be given without asking. */
  private void goOnAlone(long sessions) {
    if (!alone) {
      alone = true;
      long kept = pods.keep(last.capacity());
      allowance = pods.allowance(Math.min(last.capacity(), storedCapacity() + kept) - sessions);
    }
    rooms.goOnAlone(allowance);
  }

  private CompletionStage<Void> call(Lease held) {
    Admission decided = last;
    long capacity = decided.capacity() - pods.keep(decided.capacity());
    Budget budget = new Budget(capacity, decided.places(), decided.kept(), VALID);
    return silence
        .broken(store.call(held, budget, rooms.shares()))
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
    return silence
        .broken(rooms.each(Room::refresh))
        .thenRun(
            () -> {
              refreshedAt = now;
              disagreement = rooms.disagreement(last.capacity() - pods.keep(last.capacity()));
            });
  }

  private CompletionStage<Void> copyIfDue() {
    return rooms.settled() && steps++ % COPY_EVERY == 0 ? rooms.each(Room::copy) : NOTHING;
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
    return leadership.resign().thenCompose(d -> gone);
  }

  /**
   * How far the capacity that this replica reckons is from the one in the store, as a part of the
   * latter; as of the last refresh.
   */
  public double disagreement() {
    return disagreement;
  }

  /** The capacity in the store, as of the last refresh. */
  public long storedCapacity() {
    return rooms.storedCapacity();
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
    return leadership.lease().held();
  }

  /** By which this replica calls them, held or not. */
  public Lease lease() {
    return leadership.lease();
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
