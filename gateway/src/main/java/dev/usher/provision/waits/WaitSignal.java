package dev.usher.provision.waits;

import dev.usher.admission.QueueCounts;
import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.forecast.Forecast;
import dev.usher.forecast.Forecaster;
import dev.usher.forecast.Headcount;
import dev.usher.provision.Sizing;
import dev.usher.room.Room;
import dev.usher.store.QueueStore;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Note;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * When those who wait for one upstream come in, the same from every replica: the leader works it
 * out once a second and writes it to the store, and each replica tells its visitors what it last
 * read there.
 */
public final class WaitSignal {
  private static final String HEADING = "wait";
  private static final long STEP_MILLIS = 1000;

  /** What was written longer ago than this is no longer told. */
  private static final long OLD_MILLIS = 5000;

  private final Doorkeeper doorkeeper;
  private final QueueStore store;
  private final AtomicBoolean asking = new AtomicBoolean();
  private final Outlook outlook;
  private @Nullable Forecaster forecaster;
  private Forecast told = Forecast.NONE;
  private long askedAt = Long.MIN_VALUE / 2;

  public WaitSignal(Doorkeeper doorkeeper, Outlook outlook, QueueStore store) {
    this.doorkeeper = doorkeeper;
    this.outlook = outlook;
    this.store = store;
  }

  /** Takes over changed settings. Must be called between ticks. */
  public void reconfigure(Sizing sizing) {
    outlook.reconfigure(sizing);
  }

  /** One tick, after the doorkeeper's. Fails when the store does. */
  public CompletionStage<Void> step(long now) {
    if (now - askedAt < STEP_MILLIS || !asking.compareAndSet(false, true)) {
      return CompletableFuture.completedStage(null);
    }
    askedAt = now;
    Lease lease = doorkeeper.lease();
    String mine;
    try {
      mine = reckon(lease, now);
    } catch (RuntimeException bug) {
      asking.set(false);
      return CompletableFuture.failedStage(bug);
    }
    CompletionStage<Void> heard =
        waiting() == 0
            ? CompletableFuture.completedStage(null).thenRun(this::hearNothing)
            : store.note(lease, HEADING, mine).thenAccept(this::hear);
    return heard.whenComplete((done, failure) -> asking.set(false));
  }

  private @Nullable String reckon(Lease lease, long now) {
    QueueCounts counts = doorkeeper.counts();
    if (!lease.held() || !counts.counted()) {
      forecaster = null;
      return null;
    }
    if (forecaster == null) {
      forecaster = new Forecaster();
      forecaster.goOnFrom(told);
    }
    return forecaster.step(crowd(counts, now), outlook.house(doorkeeper, now)).text();
  }

  private long waiting() {
    return doorkeeper.rooms().stream().mapToLong(room -> room.line().counts().waiting()).sum();
  }

  private Headcount crowd(QueueCounts counts, long now) {
    long issued = doorkeeper.rooms().stream().mapToLong(room -> room.line().issued()).sum();
    return new Headcount(
        now,
        counts.sessions(),
        counts.waiting(),
        counts.admitted(),
        counts.called(),
        issued - counts.atOnce() - counts.called() - waiting());
  }

  private void hear(Note note) {
    boolean old = note.text().isEmpty() || note.age() > OLD_MILLIS;
    told = old ? Forecast.NONE : Forecast.parse(note.text());
    List<Room> rooms = doorkeeper.rooms();
    rooms.forEach(room -> room.waitAnswers().expect(RoomShare.of(room, rooms, told), note.now()));
  }

  /** Nobody waits, so the store need not be asked. */
  private void hearNothing() {
    told = Forecast.NONE;
    for (Room room : doorkeeper.rooms()) {
      room.waitAnswers().expect(told, room.line().time());
    }
  }
}
