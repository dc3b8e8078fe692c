package dev.usher.doorkeeper;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodsSeen;
import dev.usher.pods.Load;
import dev.usher.pods.PodWatch;
import dev.usher.room.OutageAllowance;
import dev.usher.store.QueueStore;
import dev.usher.store.upstream.Grants;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Sharing;
import dev.usher.store.upstream.SlotDecay;
import dev.usher.store.upstream.SlotReport;
import dev.usher.store.upstream.SlotStore;
import dev.usher.store.upstream.Slots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * This replica's share of what may be in flight on the pods of one upstream: all replicas together
 * never have more than a pod's cap. The leader divides; see {@link SlotDivision}.
 */
public final class SlotShares {
  /**
   * Name of a pretended pod: places kept for the loss of the store are divided like slots of it.
   */
  private static final String PLACES = "places";

  private static final long LEASE_MILLIS = SlotStore.LEASE.toMillis();

  /**
   * Time without a tick after which this replica, or its machine, counts as having been stopped.
   */
  private static final long STOP_MILLIS = 500;

  /** The part of past demand that is forgotten at each tick. */
  private static final double FORGET = 0.1;

  private final String upstream;
  private final PodWatch pods;
  private final QueueStore store;
  private final Duration quarantine;
  private final double placesKept;

  private List<PodLimit> caps = List.of();
  private Slots share = Slots.NONE;
  private long life;
  private long version;
  private double demand;
  private long seenAt;

  /** The tick of the last report, and below the longest recent time from one report to the next. */
  private long askedAt;

  private double slowest;

  /** The tick of the last report that was answered. */
  private long heardAt;

  private int kept;

  /**
   * How often this replica was stopped for long: an answer to a question from before is out of
   * date.
   */
  private int stops;

  private boolean left;
  private volatile int replicas;

  /** A report, how often this replica had been stopped by then, and the tick of the report. */
  private record Question(SlotReport report, int stops, long at) {}

  /**
   * Begins with no slot.
   *
   * @param pods the pods whose limits are set
   * @param loss what is kept for the loss of a replica, or of the store
   */
  public SlotShares(String upstream, PodWatch pods, QueueStore store, LossReserve loss) {
    this.upstream = upstream;
    this.pods = pods;
    this.store = store;
    this.quarantine = loss.requestTimeout().plus(SlotStore.LEASE);
    this.placesKept = loss.places();
  }

  /** The pods as seen at this tick. */
  PodsSeen see(long now) {
    noticeStop(now);
    return pods.see(now);
  }

  /**
   * Notices a long stop: this replica's slots have been given away, and it does not know it yet.
   */
  private synchronized void noticeStop(long now) {
    // Its last report may have been made a lease before the stop.
    long mostMillis = quarantine.minus(SlotStore.LEASE).toMillis();
    if (seenAt > 0 && (now - seenAt > mostMillis || wasStopped(now))) {
      share = Slots.NONE;
      stops++;
      askedAt = now;
    }
    askedAt = seenAt == 0 ? now : askedAt;
    seenAt = now;
  }

  /**
   * Whether the last report is old because this replica was stopped. While the store is away all
   * reports are old, and nobody is given our slots.
   */
  private boolean wasStopped(long now) {
    return now - seenAt > STOP_MILLIS
        && now - heardAt > silentMillis()
        && seenAt - heardAt <= silentMillis();
  }

  /**
   * How long a live replica may be silent: while the store is slow a tick takes long, and nobody is
   * dead because of that.
   */
  private synchronized long silentMillis() {
    return Math.max(LEASE_MILLIS, (long) (2 * slowest));
  }

  /**
   * Keeps a part of the capacity free for the loss of the store, to be divided among the replicas.
   * Returns the number of places kept.
   */
  synchronized int keep(long capacity) {
    kept = (int) Math.min(Integer.MAX_VALUE, (long) (capacity * placesKept));
    return kept;
  }

  /**
   * What this replica may admit while the store is away.
   *
   * @param free places that were free when the store was last asked
   */
  synchronized OutageAllowance allowance(long free) {
    // If less is free than is kept, every share shrinks by the same part.
    long usable = Math.min(kept, Math.max(0, free));
    long mine = kept == 0 ? 0 : usable * Math.min(kept, share.on(PLACES)) / kept;
    return new OutageAllowance((int) mine, usable);
  }

  /** Sets what each pod may be given: its cap, but at most this replica's share. */
  synchronized void limit(List<PodLimit> caps) {
    this.caps = caps;
    // Under the lock, so that an older share never overtakes a newer one.
    pods.limit(caps.stream().map(cap -> cap.sharedAs(share.on(cap.pod()))).toList());
  }

  /**
   * One tick: reports what is held, takes what is granted and, with the lease in hand, divides.
   * Fails when the store does; the share then stays as it is.
   *
   * @param silence hears of each answer
   */
  CompletionStage<Void> step(Lease lease, StoreSilence silence) {
    Question asked = ask();
    if (asked == null) {
      return CompletableFuture.completedFuture(null);
    }
    return silence
        .broken(store.share(lease, asked.report()))
        .thenCompose(
            sharing -> {
              take(sharing, asked);
              Grants grants = sharing.leads() ? divide(sharing) : null;
              return grants == null
                  ? CompletableFuture.completedFuture(null)
                  // The store carries these out in order, so both take the time of one answer.
                  : silence
                      .broken(store.grant(lease, grants))
                      .thenCombine(takeOwn(lease), (done, own) -> null);
            });
  }

  /** The next report; null after this replica has left. */
  private synchronized @Nullable Question ask() {
    if (left) {
      return null;
    }
    Load load = pods.load();
    demand = Math.max((double) load.demand(), demand * (1 - FORGET));
    long lately = demand < 0.5 ? 0 : (long) Math.ceil(demand);
    Slots held = Slots.of(load.inFlight()).max(share);
    slowest = Math.max((double) (seenAt - askedAt), slowest * (1 - FORGET));
    askedAt = seenAt;
    SlotDecay stays = load.stays().silent(silentMillis());
    return new Question(
        new SlotReport(held, lately, quarantine, life, version, stays), stops, seenAt);
  }

  private synchronized void take(Sharing told, Question asked) {
    replicas = told.replicas();
    if (asked.stops() == stops) {
      heardAt = Math.max(heardAt, asked.at());
    }
    boolean lost = life > 0 && told.life() != life;
    // A store that lost the grants learns them from the replicas that hold slots, and grants them
    // again. A replica that comes after it has learnt holds what others have been given since.
    if (left || asked.stops() != stops || (lost && told.learning() && told.granted() == null)) {
      return;
    }
    share = told.granted() == null ? Slots.NONE : told.granted();
    life = told.life();
    version = told.version();
    limit(caps);
  }

  private CompletionStage<Void> takeOwn(Lease lease) {
    Question asked = ask();
    return asked == null
        ? CompletableFuture.completedFuture(null)
        : store.share(lease, asked.report()).thenAccept(told -> take(told, asked));
  }

  /** The changed grants; null if nothing changes. */
  private @Nullable Grants divide(Sharing told) {
    Map<String, Long> gone = new HashMap<>();
    Map<String, Slots> present = new HashMap<>();
    List<SlotDivision.Holder> holders = new ArrayList<>();
    Remains remains = new Remains(told, PLACES, silentMillis());
    int alive = 0;
    for (Sharing.Holder each : told.holders()) {
      if (told.isGone(each)) {
        gone.put(each.replica(), each.reportedAt());
        continue;
      }
      present.put(each.replica(), each.granted());
      if (told.isLive(each)) {
        alive++;
        holders.add(
            new SlotDivision.Holder(
                each.replica(), each.demand(), each.held().byPod(), each.granted().byPod()));
      } else {
        remains.add(each);
      }
    }
    Map<String, Slots> changed = new HashMap<>();
    if (told.learning()) {
      SlotDivision.freeze(holders)
          .forEach((replica, counts) -> changed.put(replica, Slots.of(counts)));
    } else {
      changed.putAll(remains.grants());
      SlotDivision.divide(left(remains), holders, told.now())
          .forEach((replica, counts) -> changed.put(replica, Slots.of(counts)));
    }
    changed.entrySet().removeIf(each -> each.getValue().equals(present.get(each.getKey())));
    return changed.isEmpty() && gone.isEmpty() && alive == told.replicas()
        ? null
        : new Grants(told, changed, gone, alive);
  }

  /** What the live replicas may have together, by pod. */
  private Map<String, Integer> left(Remains remains) {
    Map<String, Integer> left = capsByPod();
    remains
        .byPod()
        .forEach((pod, count) -> left.computeIfPresent(pod, (p, cap) -> Math.max(0, cap - count)));
    return left;
  }

  private synchronized Map<String, Integer> capsByPod() {
    Map<String, Integer> byPod = new HashMap<>();
    caps.forEach(cap -> byPod.merge(cap.pod(), cap.cap(), Math::max));
    if (kept > 0) {
      byPod.put(PLACES, kept);
    }
    return byPod;
  }

  /** Gives the slots to the other replicas at once, except those of requests still in flight. */
  CompletionStage<Void> leave() {
    SlotReport last;
    synchronized (this) {
      left = true;
      share = Slots.NONE;
      limit(caps);
      // These requests have already lasted longer than others, so the measurements do not apply to
      // them.
      Slots rest = Slots.of(pods.load().inFlight());
      last = new SlotReport(rest, 0, quarantine, life, version, SlotDecay.UNKNOWN);
    }
    return store.giveUp(upstream, last);
  }

  /** Live replicas of the upstream, as the leader counts them. */
  int replicas() {
    return replicas;
  }
}
