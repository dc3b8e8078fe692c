package dev.usher.pods.slots;

import dev.usher.pods.Pod;
import dev.usher.pods.Pods;
import dev.usher.pods.RequestClass;
import dev.usher.pods.Slot;
import dev.usher.pods.Sticky;
import dev.usher.pods.StickySession;
import dev.usher.pods.StickyView;
import dev.usher.pods.Timers;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.WaitingRequests;
import dev.usher.pods.roster.OpenPod;
import dev.usher.pods.roster.OpenPods;
import dev.usher.pods.roster.Roster;
import dev.usher.pods.roster.SlotQueue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which request gets a slot on which pod of one upstream, and where requests wait for one. Requests
 * that may go to any pod wait in one line; those whose session stays with its pod wait in that
 * pod's own line, so that a full pod holds up nobody else. Safe for many threads; takes no lock
 * while nobody waits.
 */
public final class PodSet implements Pods, WaitingRequests {
  private final Roster roster;
  private final OpenPods open;
  private final PodChoice choice;
  private final Timers timers;
  private final StreamShare streams;
  private final HeldSlots held;
  private final SlotQueue anyone;
  private final Set<OpenPod> awaited = ConcurrentHashMap.newKeySet();
  private final LongAdder moved = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile int limit;
  private volatile Sticky sticky = Sticky.OFF;

  /**
   * Makes the slots on the pods of this roster, and has it tell when there may be more of them.
   *
   * @param random gives a number below its argument
   */
  public PodSet(Roster roster, UpstreamOptions options, Timers timers, IntUnaryOperator random) {
    this.roster = roster;
    this.open = roster.open();
    this.choice = new PodChoice(open, random);
    this.timers = timers;
    this.streams = new StreamShare(options.streamsShare(), this::slots);
    this.held = new HeldSlots(roster, streams, this::free);
    this.anyone = new SlotQueue(0, timers, this::next, stay -> null);
    reconfigure(options);
    roster.slotsAreAwaitedBy(this);
  }

  /** Takes over changed options; those who wait already stay. */
  public void reconfigure(UpstreamOptions changed) {
    limit = changed.holdQueue();
    sticky = changed.sticky();
    anyone.limit(limit);
    streams.share(changed.streamsShare());
  }

  /** The roster of the pods. */
  public Roster roster() {
    return roster;
  }

  @Override
  public int slots() {
    return Arrays.stream(open.all()).mapToInt(pod -> pod.load().share()).sum();
  }

  @Override
  public void arrived(RequestClass kind) {
    held.traffic.arrived(kind);
  }

  @Override
  public @Nullable Slot take(@Nullable StickySession stay, @Nullable Pod avoid) {
    // Waiters were first: a newcomer must not snatch the slot that was just given back.
    if (!anyone.isEmpty()) {
      return null;
    }
    OpenPod own = own(stay);
    if (own == null) {
      return any(stay, avoid, true);
    }
    if (own.pod().equals(avoid)) {
      return sticky == Sticky.REQUIRE ? null : any(stay, avoid, true);
    }
    return own.isReady() && !own.isAwaited() ? on(own, stay) : null;
  }

  @Override
  public @Nullable Slot takeBeyond(@Nullable StickySession stay, @Nullable Pod avoid) {
    OpenPod own = own(stay);
    boolean goes = own != null && own.isReady() && !own.pod().equals(avoid);
    OpenPod pod = goes ? own : choice.least(avoid);
    if (pod == null) {
      return null;
    }
    pod.load().takeBeyond();
    return given(pod, stay);
  }

  @Override
  public CompletionStage<@Nullable Slot> await(Duration hold, @Nullable StickySession stay) {
    OpenPod own = own(stay);
    CompletionStage<@Nullable Slot> waits = own == null ? null : awaitOwn(own, hold, stay);
    if (waits == null && (own == null || sticky != Sticky.REQUIRE)) {
      waits = anyone.join(hold, stay);
    } else if (waits == null) {
      refuse(stay);
    }
    return waits == null ? CompletableFuture.<@Nullable Slot>completedFuture(null) : waits;
  }

  private @Nullable CompletionStage<@Nullable Slot> awaitOwn(
      OpenPod own, Duration hold, @Nullable StickySession stay) {
    SlotQueue line = line(own);
    CompletionStage<@Nullable Slot> waits = line.join(hold, stay);
    // Only now, because an empty line would be taken off the list.
    awaited.add(own);
    return waits;
  }

  private SlotQueue line(OpenPod pod) {
    synchronized (pod) {
      SlotQueue line = pod.line;
      if (line == null) {
        line = new SlotQueue(limit, timers, this::nextOfOwn, this::late);
        pod.line = line;
      }
      // Each pod has its part, so that the sessions of one full pod do not use up all the room to
      // wait.
      int pods = Math.max(1, open.all().length);
      line.limit((limit + pods - 1) / pods);
      return line;
    }
  }

  /** The pod that the request must go to, which may be full or not ready; null for any. */
  private @Nullable OpenPod own(@Nullable StickySession stay) {
    Sticky how = sticky;
    long label = stay == null || how == Sticky.OFF ? 0 : stay.pod();
    OpenPod own = label == 0 ? null : open.labelled(label);
    return own != null && (own.isReady() || how == Sticky.REQUIRE) ? own : null;
  }

  private @Nullable Slot any(@Nullable StickySession stay, @Nullable Pod avoid, boolean passing) {
    OpenPod pod = choice.take(avoid, passing);
    return pod == null ? null : given(pod, stay);
  }

  private @Nullable Slot on(OpenPod own, @Nullable StickySession stay) {
    return own.load().tryTake() ? given(own, stay) : null;
  }

  private Slot given(OpenPod pod, @Nullable StickySession stay) {
    if (stay != null && sticky != Sticky.OFF) {
      long before = stay.pod();
      if (before != 0 && before != pod.label()) {
        moved.increment();
      }
      stay.goesTo(pod.label());
    }
    return held.on(pod);
  }

  /**
   * A slot for the first of those that may go anywhere. Another request of its session may have
   * gone first.
   */
  private @Nullable Slot next(@Nullable StickySession stay) {
    OpenPod own = own(stay);
    Slot there = own == null || !own.isReady() ? null : on(own, stay);
    return there == null ? any(stay, null, false) : there;
  }

  /** A slot for the first of those that wait for their own pod, if that pod still exists. */
  private @Nullable Slot nextOfOwn(@Nullable StickySession stay) {
    OpenPod own = own(stay);
    if (own == null) {
      return any(stay, null, false);
    }
    return own.isReady() ? on(own, stay) : null;
  }

  /** The last chance of a request that has waited for its own pod as long as any may. */
  private @Nullable Slot late(@Nullable StickySession stay) {
    if (sticky != Sticky.REQUIRE || own(stay) == null) {
      return any(stay, null, true);
    }
    refuse(stay);
    return null;
  }

  private void refuse(@Nullable StickySession stay) {
    refused.increment();
    if (stay != null) {
      stay.inVain();
    }
  }

  /** Gives the slot that has come free on this pod to the waiter that has waited longest for it. */
  private void free(OpenPod pod) {
    SlotQueue own = pod.line;
    if (own == null || anyone.first() < own.first()) {
      serve(anyone);
      serve(own);
    } else {
      serve(own);
      serve(anyone);
    }
  }

  @Override
  public void serve() {
    awaited.forEach(pod -> serve(pod.line));
    awaited.removeIf(pod -> !pod.isAwaited());
    serve(anyone);
  }

  private static void serve(@Nullable SlotQueue line) {
    if (line != null && !line.isEmpty()) {
      line.serve();
    }
  }

  @Override
  public int holding() {
    return anyone.size() + waitForOwn();
  }

  private int waitForOwn() {
    int waiting = 0;
    for (OpenPod pod : awaited) {
      SlotQueue line = pod.line;
      waiting += line == null ? 0 : line.size();
    }
    return waiting;
  }

  @Override
  public StickyView sticky() {
    return new StickyView(sticky, waitForOwn(), moved.sum(), refused.sum());
  }

  /** Those of the requests in flight that are streams. */
  public int streams() {
    return streams.held();
  }
}
