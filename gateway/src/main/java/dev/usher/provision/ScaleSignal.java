package dev.usher.provision;

import dev.usher.admission.Admission;
import dev.usher.admission.Figures;
import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.pods.roster.Roster;
import dev.usher.provision.Reckoning.Seen;
import dev.usher.room.Room;
import dev.usher.store.Line;
import dev.usher.store.QueueStore;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Note;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The signal of how many pods one upstream should have, the same from every replica: the leader
 * computes it and writes it to the store, and each replica tells what it last read there. Old
 * numbers are not told: a stale number is worse than none, and none is never taken for zero.
 */
public final class ScaleSignal {
  private static final String HEADING = "desired";

  /** How often the number is read, and rewritten if nothing changed. */
  private static final long STEP_MILLIS = 1000;

  /** A number written longer ago than this is no longer told. */
  private static final long OLD_MILLIS = 5000;

  private final Doorkeeper doorkeeper;
  private final Roster pods;
  private final QueueStore store;
  private final AtomicBoolean asking = new AtomicBoolean();
  private final SaleBook sales;
  private Sizing sizing;
  private @Nullable Reckoning reckoning;
  private @Nullable Desired own;
  private long askedAt = Long.MIN_VALUE / 2;
  private volatile @Nullable Heard heard;
  private volatile long readAt;

  /** What the store holds, how old it was when heard, and when that was here. */
  private record Heard(Desired desired, long age, long at) {
    long age(long now) {
      return age + now - at;
    }
  }

  public ScaleSignal(Doorkeeper doorkeeper, Roster pods, QueueStore store, Sizing sizing) {
    this.doorkeeper = doorkeeper;
    this.pods = pods;
    this.store = store;
    this.sizing = sizing;
    this.sales = new SaleBook(doorkeeper, store, sizing);
  }

  /** Takes over changed settings, from the next tick on. Must be called between ticks. */
  public void reconfigure(Sizing changed) {
    sizing = changed;
    sales.reconfigure(changed);
    if (reckoning != null) {
      reckoning.reconfigure(changed);
    }
  }

  /**
   * One tick, after the doorkeeper's. Does not ask the store while its last answer is still
   * awaited. Fails when the store does.
   */
  public CompletionStage<Void> step(long now) {
    Lease lease = doorkeeper.lease();
    CompletionStage<Void> planned = sales.tell(lease, now);
    reckon(lease.held(), now);
    return tell(lease, now).thenCombine(planned, (told, read) -> null);
  }

  private CompletionStage<Void> tell(Lease lease, long now) {
    Desired mine = own;
    boolean due = now - askedAt >= STEP_MILLIS || (mine != null && isNews(mine));
    if (!due || !asking.compareAndSet(false, true)) {
      return CompletableFuture.completedStage(null);
    }
    askedAt = now;
    return store
        .note(lease, HEADING, mine == null ? null : mine.text())
        .thenAccept(note -> hear(note, now))
        .whenComplete((done, failure) -> asking.set(false));
  }

  /**
   * Computes the number. While the queue is being given back what it lost, too few are counted, so
   * the last number stands.
   */
  private void reckon(boolean leads, long now) {
    if (!leads) {
      reckoning = null;
      own = null;
      sales.follow();
      return;
    }
    if (!sales.isRead()) {
      return; // Before it is known what the last leader planned, too few would be asked for.
    }
    Desired before = told();
    if (reckoning == null) {
      reckoning = new Reckoning(sizing, before);
      own = before;
    }
    if (doorkeeper.rooms().stream().allMatch(Room::isSettled)) {
      Admission admission = doorkeeper.admission();
      SaleSchedule.Wanted wanted = sales.step(reckoning.means(admission.figures()));
      Demand crowd = crowd(reckoning);
      Seen seen = new Seen(now, admission, crowd, pods.staying(), wanted.pods(), wanted.until());
      Desired decided = reckoning.decide(seen);
      own = decided == null ? own : decided;
      learn(now, admission.figures());
    }
  }

  private void learn(long now, Figures figures) {
    Desired mine = own;
    if (mine != null) {
      sales.see(
          new LeadTimes.Seen(
              now, mine.needed(), pods.staying(), figures.readyPods(), figures.warmPods()));
    }
  }

  private boolean isNews(Desired mine) {
    Desired last = told();
    return last == null || last.desired() != mine.desired();
  }

  private Demand crowd(Reckoning by) {
    long sessions = 0;
    long waiting = 0;
    List<Room> rooms = doorkeeper.rooms();
    for (Room room : rooms) {
      Line.Counts counts = room.line().counts();
      // Each line has the sum over all rooms, as of its own moment.
      sessions = Math.max(sessions, counts.sessions());
      if (!sales.isEarly(room)) {
        waiting += by.allowed(comers(room), counts.inside(), room.controls().now());
      }
    }
    return new Demand(sessions, waiting, doorkeeper.wouldBe().waiting());
  }

  /** Visitors of a room whom more pods would let in: nobody while it is sold out. */
  static long comers(Room room) {
    Line.Counts counts = room.line().counts();
    return room.controls().isSoldOut() ? 0 : counts.waiting() + counts.asking();
  }

  private void hear(Note note, long now) {
    if (note.text().isEmpty()) {
      return; // A store that lost it: what was heard gets old, and a new leader goes on from it.
    }
    Desired desired = Desired.parse(note.text());
    heard = desired == null ? null : new Heard(desired, note.age(), now);
  }

  private @Nullable Desired told() {
    Heard last = heard;
    return last == null ? null : last.desired();
  }

  /** How long it takes to get so many pods, as declared and measured. */
  public Duration toGrow(int from, int to) {
    return sales.toGrow(from, to);
  }

  /** The current number; null if none is known, or only an old one. Safe for any thread. */
  public @Nullable Desired told(long now) {
    Heard last = heard;
    return last == null || last.age(now) > OLD_MILLIS ? null : last.desired();
  }

  /** How old the last number heard is, in milliseconds; -1 if none was. */
  public long age(long now) {
    Heard last = heard;
    return last == null ? -1 : last.age(now);
  }

  /** Notes that somebody who may add pods asked for the number. */
  public void read(long now) {
    readAt = now;
  }

  /** When somebody who may add pods last asked here, in milliseconds since 1970; 0 for never. */
  public long readAt() {
    return readAt;
  }

  /** The events of the upstream. */
  public SaleBook sales() {
    return sales;
  }

  public String upstream() {
    return doorkeeper.upstream();
  }
}
