package dev.usher.provision;

import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.provision.SalePlanner.Sight;
import dev.usher.provision.SaleSchedule.Wanted;
import dev.usher.provision.SaleStage.Phase;
import dev.usher.room.Room;
import dev.usher.sale.SaleEvent;
import dev.usher.store.Gathering;
import dev.usher.store.QueueStore;
import dev.usher.store.upstream.Lease;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What all replicas know of one upstream's events: the leader takes the steps and writes down where
 * each event stands, and what it goes by; every replica tells what it last read, and goes on from
 * there when it leads. Goes by the store's time.
 */
public final class SaleBook {
  private static final String HEADING = "schedule";
  private static final long STEP_MILLIS = 1000;

  /** How often it is read where there is nothing that could change soon. */
  private static final long IDLE_MILLIS = 10_000;

  private final Doorkeeper doorkeeper;
  private final QueueStore store;
  private final SaleLog log;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Sizing sizing;
  private volatile @Nullable SaleSchedule schedule;
  private long askedAt = Long.MIN_VALUE / 2;
  private boolean news;
  private volatile boolean readAsLeader;
  private volatile long readTime;
  private volatile @Nullable SalePage page;

  /**
   * How far the pods are behind what is planned for now.
   *
   * @param pods pods that should be ready by now; 0 for none
   * @param extraWaitSeconds for how much longer people wait because fewer are
   */
  public record Behind(int pods, double extraWaitSeconds) {}

  SaleBook(Doorkeeper doorkeeper, QueueStore store, Sizing sizing) {
    this.doorkeeper = doorkeeper;
    this.store = store;
    this.sizing = sizing;
    this.log = new SaleLog(doorkeeper.upstream());
  }

  /** Takes over changed settings, from the next tick on. */
  void reconfigure(Sizing changed) {
    sizing = changed;
  }

  /** Whether it is known what the last leader did, so that this one may go on. */
  boolean isRead() {
    return readAsLeader;
  }

  /** The events of the upstream's rooms. */
  public List<SaleEvent> events() {
    return doorkeeper.rooms().stream().flatMap(room -> room.policy().events().stream()).toList();
  }

  /** The store's time, as last told by its first room, or else as last read; 0 before that. */
  public long now() {
    return doorkeeper.rooms().stream()
        .mapToLong(room -> room.line().time())
        .findFirst()
        .orElse(readTime);
  }

  /** This replica does not lead. */
  void follow() {
    schedule = null;
    readAsLeader = false;
  }

  /** The leader's step: what is wanted now. */
  Wanted step(@Nullable Means means) {
    SalePage last = page;
    long now = now();
    if (last == null || now == 0) {
      return new Wanted(0, 0);
    }
    SaleSchedule going = schedule;
    if (going == null) {
      going = new SaleSchedule(events(), last.stages());
      schedule = going;
    } else {
      going.reconfigure(events());
    }
    SalePlanner planner = new SalePlanner(doorkeeper.upstream(), sizing, means, last.leads());
    List<SaleStage> before = going.stages();
    Wanted wanted = going.step(new SaleSchedule.Seen(now, this::waiting, planner::need));
    List<SaleStage> after = going.stages();
    log.look(before, after);
    opened(planner, before, after);
    news |= !before.equals(after);
    page = new SalePage(after, means, last.leads());
    return wanted;
  }

  private long waiting(String name) {
    for (Room room : doorkeeper.rooms()) {
      if (room.policy().queue().room().equals(name)) {
        return ScaleSignal.comers(room);
      }
    }
    return 0;
  }

  private void opened(SalePlanner planner, List<SaleStage> before, List<SaleStage> after) {
    Sight sight = sight(after);
    int ready = sight.ready();
    for (SaleStage stage : after) {
      boolean opens =
          stage.phase() == Phase.OPEN
              && before.stream()
                  .noneMatch(old -> old.key().equals(stage.key()) && old.phase() == Phase.OPEN);
      if (opens && !sight.isEnough(stage.pods())) {
        events().stream()
            .filter(event -> event.key().equals(stage.key()))
            .forEach(
                event ->
                    log.below(stage, ready, planner.extraWaitSeconds(event, stage.pods(), ready)));
      }
    }
  }

  /** The leader learns how long pods take. */
  void see(LeadTimes.Seen seen) {
    SalePage last = page;
    if (last != null) {
      news |= last.leads().see(seen);
    }
  }

  /**
   * Whether visitors who wait in this room are no demand yet: they gather for an opening before
   * which they do not come in, and whose pods are not due.
   */
  boolean isEarly(Room room) {
    long now = now();
    Gathering gathering = room.gathering(now);
    SalePage last = page;
    if (last == null || !gathering.lasts(now)) {
      return false;
    }
    SalePlanner planner =
        new SalePlanner(doorkeeper.upstream(), sizing, last.means(), last.leads());
    return room.policy().events().stream()
        .filter(event -> event.opensAtMillis() == gathering.until())
        .allMatch(event -> now < planner.need(event).raiseAt());
  }

  /** Writes down what is new, if this replica leads, and reads what stands there. */
  CompletionStage<Void> tell(Lease lease, long now) {
    SalePage mine = lease.held() && schedule != null ? page : null;
    boolean idle = page != null && events().isEmpty() && page.stages().isEmpty();
    boolean due = now - askedAt >= (idle ? IDLE_MILLIS : STEP_MILLIS);
    boolean begins = lease.held() && !readAsLeader;
    if (!(due || news || begins) || !asking.compareAndSet(false, true)) {
      return CompletableFuture.completedStage(null);
    }
    askedAt = now;
    news = false;
    return store
        .note(lease, HEADING, mine == null ? null : mine.text())
        .thenAccept(
            note -> {
              readTime = note.now();
              // Nothing is read from a store that lost it: what was read before still holds.
              if (schedule == null && (page == null || !note.text().isEmpty())) {
                page = SalePage.parse(note.text(), sizing);
              }
              readAsLeader |= lease.held();
            })
        .whenComplete((done, failure) -> asking.set(false));
  }

  private Sight sight(List<SaleStage> stages) {
    return new Sight(now(), doorkeeper.admission().figures().readyPods(), stages);
  }

  /**
   * The plans of all events as of now, the same on every replica that sees the same pods ready.
   * Safe for any thread.
   */
  public List<SalePlan> plans() {
    SalePage last = page;
    return last == null
        ? List.of()
        : new SalePlanner(doorkeeper.upstream(), sizing, last.means(), last.leads())
            .plans(events(), sight(last.stages()));
  }

  /** How long it takes to get from so many pods to so many, as declared and measured. */
  Duration toGrow(int from, int to) {
    SalePage last = page;
    LeadTimes leads = last == null ? new LeadTimes() : last.leads();
    return leads.toGrow(from, to, sizing.scaling().podStart());
  }

  /** The last growths of the upstream, the oldest first. Safe for any thread. */
  public List<LeadTimes.Growth> growths() {
    SalePage last = page;
    return last == null ? List.of() : last.leads().all();
  }

  /** How far the pods are behind the plan. Safe for any thread. */
  public Behind behind() {
    int ready = doorkeeper.admission().figures().readyPods();
    SalePage last = page;
    Behind most = new Behind(0, 0);
    if (last == null) {
      return most;
    }
    SalePlanner planner =
        new SalePlanner(doorkeeper.upstream(), sizing, last.means(), last.leads());
    for (SaleEvent event : events()) {
      for (SaleStage stage : last.stages()) {
        boolean due = stage.wantsPods() && now() >= event.readyAtMillis();
        if (due && stage.key().equals(event.key()) && stage.pods() > most.pods()) {
          most = new Behind(stage.pods(), planner.extraWaitSeconds(event, stage.pods(), ready));
        }
      }
    }
    return most;
  }
}
