package dev.usher.pods.slots;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.Traffic;
import dev.usher.pods.Load;
import dev.usher.pods.Pod;
import dev.usher.pods.PodChange;
import dev.usher.pods.PodFact;
import dev.usher.pods.PodView;
import dev.usher.pods.PodWatch;
import dev.usher.pods.Pods;
import dev.usher.pods.ProbeFailure;
import dev.usher.pods.RequestClass;
import dev.usher.pods.SeenPods;
import dev.usher.pods.Slot;
import dev.usher.pods.StickySession;
import dev.usher.pods.StickyView;
import dev.usher.pods.Timers;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.roster.EjectionCause;
import dev.usher.pods.roster.OutlierEjection;
import dev.usher.pods.roster.PodState;
import dev.usher.pods.roster.Roster;
import dev.usher.pods.roster.SlotTimes;
import dev.usher.pods.roster.TrafficCount;
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
  private final Roster roster;
  private final SlotLines lines;
  private final StreamShare streams;
  private final TakenSlot.Held held;
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
    SlotTimes times = new SlotTimes();
    this.roster = new Roster(options, firstCap(options.declared().maxInFlight()), times, changes);
    this.streams = new StreamShare(options.streamsShare(), this::slots);
    this.held = new TakenSlot.Held(streams, times);
    this.lines = new SlotLines(roster, new PodChoice(roster, random), timers, this::taken);
    lines.goBy(options);
  }

  /**
   * Goes by these from now on. Of listed pods, those that are new are not ready before a probe says
   * so, and those that are not on the list any more get no further request.
   */
  public void reconfigure(UpstreamOptions changed) {
    roster.reconfigure(changed, firstCap(changed.declared().maxInFlight()));
    lines.goBy(changed);
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
    // Pods may have come in, and those who waited for one that went may go elsewhere by now.
    lines.serve();
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
    return roster.load(lines.size());
  }

  @Override
  public void limit(List<PodLimit> limits) {
    if (roster.limit(limits)) {
      lines.serve();
    }
  }

  @Override
  public @Nullable Slot take(@Nullable StickySession stay, @Nullable Pod avoid) {
    return lines.take(stay, avoid);
  }

  @Override
  public @Nullable Slot takeBeyond(@Nullable StickySession stay, @Nullable Pod avoid) {
    return lines.takeBeyond(stay, avoid);
  }

  @Override
  public CompletionStage<@Nullable Slot> await(Duration hold, @Nullable StickySession stay) {
    return lines.await(hold, stay);
  }

  private Slot taken(PodState pod) {
    return new TakenSlot(pod, traffic, held, this::ended);
  }

  /**
   * Hears the answer of a readiness probe.
   *
   * @param failure what was wrong, null when the pod said that it is ready
   */
  public void probed(Pod pod, @Nullable ProbeFailure failure) {
    if (roster.probed(pod, failure)) {
      lines.serve();
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
      lines.serve();
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

  /** How many there are, ready or not, without those on their way out. */
  public int known() {
    return roster.staying();
  }

  /** Requests in flight on all pods, those of bypassed and roomless visitors among them. */
  public int inFlight() {
    return roster.inFlight();
  }

  /** Requests waiting for a slot. */
  public int holding() {
    return lines.size();
  }

  /** What it comes to that sessions stay with their pods. */
  public StickyView sticky() {
    return lines.view();
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
      case ANSWERED -> pod.inARow.worked();
      case CONNECT_FAILED -> failed(pod, EjectionCause.REFUSED, outcome);
      case TIMED_OUT -> failed(pod, EjectionCause.SILENT, outcome);
      case BROKEN -> broke(pod);
      // A visitor who left says nothing about the pod.
      case CANCELLED -> {}
    }
    pod.load().release();
    // Order matters: the slot is free before we look for waiters, and a waiter stands in the queue
    // before it looks for slots, so one of the two always sees the other.
    lines.free(pod);
  }

  private void failed(PodState pod, EjectionCause why, Slot.Outcome outcome) {
    int failures = pod.inARow.failed();
    if (OutlierEjection.isDead(failures)) {
      roster.eject(pod, why, failures + " requests in a row failed, the last one " + outcome);
    }
  }

  /** One broken answer says nothing certain about the pod. */
  private void broke(PodState pod) {
    if (pod.inARow.broke()) {
      roster.eject(pod, EjectionCause.BREAKING, "connections to it broke, and none did not");
    }
  }
}
