package dev.usher.capacity;

import dev.usher.admission.Ejection;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.Traffic;
import dev.usher.room.Load;
import dev.usher.room.Pod;
import dev.usher.room.PodWatch;
import dev.usher.room.Pods;
import dev.usher.room.RequestClass;
import dev.usher.room.Slot;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The pods of one upstream: which are ready, how many requests each has in flight, and how they
 * answer. Safe for many threads; taking a slot and giving it back lock nothing while nobody waits.
 */
public final class PodSet implements Pods, PodWatch {
  private static final int CAP_UNKNOWN = 50;

  private final String name;
  private final IntUnaryOperator random;
  private final Roster roster;
  private final SlotQueue queue;
  private final StreamShare streams;
  private final Taken.Held held;
  private final TrafficCount traffic = new TrafficCount();

  /**
   * Begins with no pod ready.
   *
   * @param random gives a number below its argument
   * @param changes told of each pod that comes or goes
   */
  public PodSet(
      UpstreamOptions options,
      Timers timers,
      IntUnaryOperator random,
      Consumer<PodChange> changes) {
    this.name = options.name();
    this.random = random;
    SlotTimes times = new SlotTimes();
    this.roster = new Roster(options, firstCap(options.declared().maxInFlight()), times, changes);
    this.streams = new StreamShare(options.streamsShare(), this::slots);
    this.held = new Taken.Held(streams, times);
    this.queue = new SlotQueue(options.holdQueue(), timers, () -> choose(null));
  }

  /**
   * Goes by these from now on. Of listed pods, those that are new are not ready before a probe says
   * so, and those that are not on the list any more get no further request.
   */
  public void goBy(UpstreamOptions changed) {
    roster.goBy(changed, firstCap(changed.declared().maxInFlight()));
    queue.limit(changed.holdQueue());
    streams.share(changed.streamsShare());
  }

  /** Until the first tick says better. */
  private static int firstCap(int declared) {
    return declared > 0 ? declared : CAP_UNKNOWN;
  }

  @Override
  public int slots() {
    return Arrays.stream(roster.open()).mapToInt(pod -> pod.load().share()).sum();
  }

  @Override
  public void arrived(RequestClass kind) {
    traffic.arrived(kind);
  }

  @Override
  public PodsSeen see(long now) {
    SeenPods seen = roster.see(now);
    if (seen.opened()) {
      queue.serve();
    }
    Map<String, Traffic.Part> parts = roster.parts(now);
    return new PodsSeen(
        seen.pods(),
        traffic.with(parts.values()),
        parts,
        seen.silence(),
        seen.doubted(),
        seen.template(),
        Double.NaN);
  }

  @Override
  public Load load() {
    return roster.load(queue.size());
  }

  @Override
  public void limit(List<PodLimit> limits) {
    if (roster.limit(limits) && !queue.isEmpty()) {
      queue.serve();
    }
  }

  @Override
  public @Nullable Slot take(@Nullable Pod avoid) {
    // Those who wait were first: a newcomer may not snatch the slot that was just given back.
    return queue.isEmpty() ? choose(avoid) : null;
  }

  @Override
  public @Nullable Slot takeBeyond(@Nullable Pod avoid) {
    PodState pod = anyOf(roster.open(), avoid);
    if (pod == null) {
      return null;
    }
    pod.load().takeBeyond();
    return new Taken(pod, traffic, held, this::ended);
  }

  private @Nullable PodState anyOf(PodState[] pods, @Nullable Pod avoid) {
    PodState least = null;
    int start = pods.length < 2 ? 0 : random.applyAsInt(pods.length);
    for (int i = 0; i < pods.length; i++) {
      PodState pod = pods[(start + i) % pods.length];
      if (!pod.pod().equals(avoid) && (least == null || least.load().busierThan(pod.load()))) {
        least = pod;
      }
    }
    return least;
  }

  @Override
  public CompletionStage<@Nullable Slot> await(Duration hold) {
    return queue.join(hold);
  }

  private @Nullable Slot choose(@Nullable Pod avoid) {
    Slot near = chooseNear(roster.near(), avoid);
    return near != null ? near : choose(roster.open(), avoid);
  }

  /**
   * A pod in this replica's zone is nearer and its traffic cheaper, but capacity comes first: it is
   * preferred only while it has no more than half of what it may have.
   */
  private @Nullable Slot chooseNear(PodState[] pods, @Nullable Pod avoid) {
    if (pods.length == 0) {
      return null;
    }
    PodState pod = pods[pods.length == 1 ? 0 : random.applyAsInt(pods.length)];
    return !pod.load().isHalfFull()
            && !pod.pod().equals(avoid)
            && !passes(pod)
            && pod.load().tryTake()
        ? new Taken(pod, traffic, held, this::ended)
        : null;
  }

  private @Nullable Slot choose(PodState[] pods, @Nullable Pod avoid) {
    int n = pods.length;
    if (n == 0) {
      return null;
    }
    int start = n == 1 ? 0 : random.applyAsInt(n);
    if (n > 1) {
      // Power of two choices: two random pods, the less busy one. As good as the least of all, and
      // several replicas and threads do not all run to the same idle pod.
      int other = (start + 1 + (n == 2 ? 0 : random.applyAsInt(n - 1))) % n;
      boolean busier = pods[start].load().busierThan(pods[other].load());
      int first = busier ? other : start;
      int second = busier ? start : other;
      start = passes(pods[first]) ? second : first;
    }
    for (int i = 0; i < n; i++) {
      PodState pod = pods[(start + i) % n];
      if (!pod.pod().equals(avoid) && pod.load().tryTake()) {
        return new Taken(pod, traffic, held, this::ended);
      }
    }
    return null;
  }

  /**
   * Whether the pod passes its turn on. One that fails fast is never busy: by that alone it would
   * get the more requests the worse it is.
   */
  private boolean passes(PodState pod) {
    int turns = pod.load().turns();
    return turns < PodLoad.TURNS && random.applyAsInt(PodLoad.TURNS) >= turns;
  }

  /**
   * Hears the answer of a readiness probe.
   *
   * @param failure what was wrong, null when the pod said that it is ready
   */
  public void probed(Pod pod, @Nullable ProbeFailure failure) {
    if (roster.probed(pod, failure)) {
      queue.serve();
    }
  }

  /**
   * Takes over which pods there are, and how they stand; whoever is not named is gone.
   *
   * @return whether one came in
   */
  public boolean know(List<PodFact> facts) {
    boolean came = roster.know(facts);
    if (came) {
      queue.serve();
    }
    return came;
  }

  /** Hears that what was told of the pods last still holds. */
  public void heard() {
    roster.heard();
  }

  /**
   * How long ago it was last heard which pods are ready, as of the last tick, in milliseconds;
   * {@link Long#MAX_VALUE} when it never was.
   */
  public long age() {
    return roster.age();
  }

  /** The pods that nothing but failed requests keeps out. */
  public List<Pod> out() {
    return roster.out();
  }

  /** The upstream's name. */
  public String name() {
    return name;
  }

  /** How many pods may be sent requests now. */
  public int ready() {
    return roster.open().length;
  }

  /** Requests in flight on all pods, those of bypassed and roomless visitors among them. */
  public int inFlight() {
    return roster.inFlight();
  }

  /** Requests waiting for a slot. */
  public int holding() {
    return queue.size();
  }

  /** Of the requests in flight, those that are streams. */
  public int streams() {
    return streams.held();
  }

  /** Each pod as it stands now, in the order of the configuration. */
  public List<PodView> view() {
    return roster.view();
  }

  private void ended(PodState pod, Slot.Outcome outcome) {
    switch (outcome) {
      case ANSWERED -> pod.worked();
      case CONNECT_FAILED -> failed(pod, Out.REFUSED, outcome);
      case TIMED_OUT -> failed(pod, Out.SILENT, outcome);
      // A broken answer or a visitor who left says nothing certain about the pod.
      case BROKEN, CANCELLED -> {}
    }
    pod.load().release();
    // Order matters: the slot is free before we look for waiters, and a waiter stands in the queue
    // before it looks for slots, so one of the two always sees the other.
    if (!queue.isEmpty()) {
      queue.serve();
    }
  }

  private void failed(PodState pod, Out why, Slot.Outcome outcome) {
    int failures = pod.failed();
    if (Ejection.isDead(failures)) {
      roster.eject(pod, why, failures + " requests in a row failed, the last one " + outcome);
    }
  }
}
