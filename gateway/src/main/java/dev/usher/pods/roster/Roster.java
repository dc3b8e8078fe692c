package dev.usher.pods.roster;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.Traffic;
import dev.usher.pods.Load;
import dev.usher.pods.Pod;
import dev.usher.pods.PodChange;
import dev.usher.pods.PodFact;
import dev.usher.pods.PodView;
import dev.usher.pods.PodWatch;
import dev.usher.pods.ProbeFailure;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.WaitingRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which pods may be sent requests, according to probes or a watcher of the pods, and to the
 * requests sent to them. Neither alone lets a pod in. Whatever watches pods, probes them or sets
 * their limits talks to the roster; requests read {@link OpenPods}.
 */
public final class Roster implements PodWatch {
  private static final int CAP_UNKNOWN = 50;

  private final String name;
  private final Probing probing;
  private final Consumer<PodChange> changes;
  private final PodTable table = new PodTable();
  private final OutlierEjection ejection = new OutlierEjection();
  private final KnownPods known;
  private final OpenPods open = new OpenPods();
  private final SignalAge silence;
  private final SlotTimes times = new SlotTimes();
  private final TrafficCount traffic = new TrafficCount();
  private volatile WaitingRequests waiting = WaitingRequests.NOBODY;

  /** The time of the last tick. Between two ticks no time passes here. */
  private long now = Long.MIN_VALUE;

  /** The state of the pods at a tick. */
  private record Stand(
      List<PodSample> pods, long silence, boolean doubted, @Nullable String template) {}

  /**
   * Begins without a ready pod.
   *
   * @param changes told of each pod that comes or goes
   */
  public Roster(UpstreamOptions options, Consumer<PodChange> changes) {
    this.name = options.name();
    this.probing = new Probing(options.probe());
    this.changes = changes;
    this.known = new KnownPods(table, firstCap(options));
    this.silence = new SignalAge(probing.usual(), !options.pods().isEmpty());
    known.begin(options.pods());
    open.take(table);
  }

  /** The cap of a pod until the first tick sets a better one. */
  private static int firstCap(UpstreamOptions options) {
    int declared = options.declared().maxInFlight();
    return declared > 0 ? declared : CAP_UNKNOWN;
  }

  /** Sets who is told when pods come in or may be given more. */
  public void slotsAreAwaitedBy(WaitingRequests those) {
    waiting = those;
  }

  /**
   * Takes over changed options. New pods of a list are not ready before a probe says so, and pods
   * that are no longer listed get no further request. If no pods are listed, a watcher will tell
   * which there are.
   */
  public void reconfigure(UpstreamOptions changed) {
    List<PodChange> gone = new ArrayList<>();
    synchronized (this) {
      probing.reconfigure(changed.probe());
      known.firstCap(firstCap(changed));
      silence.usual(probing.usual());
      if (!changed.pods().isEmpty()) {
        known.list(changed.pods(), now, gone);
        open.take(table);
      }
    }
    gone.forEach(changes);
  }

  /** The upstream's name. */
  public String name() {
    return name;
  }

  /** The part that requests read. */
  public OpenPods open() {
    return open;
  }

  /** The counts of the requests to all pods. */
  public TrafficCount traffic() {
    return traffic;
  }

  /** How long slots on the pods are held. */
  public SlotTimes times() {
    return times;
  }

  /** The requests that wait for a slot on a pod. */
  public WaitingRequests waiting() {
    return waiting;
  }

  /** How many pods may be sent requests now. */
  public int ready() {
    return open.all().length;
  }

  /** Hears that what was last told of the pods still holds. */
  public void heard() {
    silence.hear();
  }

  /** Takes over which pods exist and how they stand; a pod that is not named is gone. */
  public void know(List<PodFact> facts) {
    silence.hear();
    List<PodChange> changed = new ArrayList<>();
    synchronized (this) {
      known.told(facts, now, changed);
      open.take(table);
    }
    changed.forEach(changes);
    serveIfOneCameIn(changed);
  }

  private void serveIfOneCameIn(List<PodChange> changed) {
    if (changed.stream().anyMatch(change -> change.kind() == PodChange.Kind.READY)) {
      waiting.serve();
    }
  }

  /**
   * Hears the answer of a readiness probe.
   *
   * @param failure what was wrong; null if the pod said that it is ready
   */
  public void probed(Pod pod, @Nullable ProbeFailure failure) {
    silence.hear();
    PodChange change;
    synchronized (this) {
      PodState state = table.at(pod);
      if (state == null) {
        // The pod left while it was probed.
        return;
      }
      change = probing.heard(state, failure, now);
      open.take(table);
    }
    if (change != null) {
      changes.accept(change);
      serveIfOneCameIn(List.of(change));
    }
  }

  /** Puts a pod out because requests to it failed, unless it is out already or cannot be spared. */
  public void eject(OpenPod pod, EjectionCause why, String reason) {
    PodChange change;
    synchronized (this) {
      PodState state = table.at(pod.pod());
      // Requests may outlive their pod, and another may have its address by then.
      if (state == null || state.open() != pod) {
        return;
      }
      if (!state.isReady() || (why != EjectionCause.REFUSED && !table.maySpare(state))) {
        return;
      }
      change = ejected(state, why, reason);
      open.take(table);
    }
    changes.accept(change);
  }

  private static PodChange ejected(PodState state, EjectionCause why, String reason) {
    state.eject(why);
    return new PodChange(state.pod(), PodChange.Kind.EJECTED, reason);
  }

  @Override
  public PodsSeen see(long time) {
    List<PodChange> changed = new ArrayList<>();
    Stand stand = judge(time, changed);
    changed.forEach(changes);
    // Pods may have come in, and requests that waited for one that left may now go elsewhere.
    waiting.serve();
    Map<String, Traffic.Part> parts = parts(time);
    return new PodsSeen(
        stand.pods(),
        traffic.with(parts.values()),
        parts,
        stand.silence(),
        stand.doubted(),
        stand.template(),
        Double.NaN);
  }

  /** Puts failing pods out, lets in those whose time out is over, and tells how all stand. */
  private synchronized Stand judge(long time, List<PodChange> changed) {
    now = time;
    times.tick(time);
    table.forgetIdle(time);
    known.believe(time, changed);
    table.all().forEach(state -> state.date(time, ejection));
    putOutFailing(changed);
    letIn(changed);
    open.take(table);
    List<PodSample> pods = table.samples(time, ejection);
    return new Stand(pods, silence.at(time), known.doubts(), table.template());
  }

  private void putOutFailing(List<PodChange> changed) {
    List<OutlierEjection.Standing> standings =
        table.all().stream().map(PodState::standing).toList();
    for (String failing : ejection.judge(now, standings)) {
      PodState state = table.named(failing);
      if (state != null) {
        changed.add(
            ejected(
                state, EjectionCause.FAILING, "half of its requests or more failed in a second"));
      }
    }
  }

  private void letIn(List<PodChange> changed) {
    for (PodState state : table.all()) {
      // Only an ejected pod waits for a time; any other came in when its probe was heard.
      if (!state.isReady() && probing.isWell(state) && state.mayComeIn(now)) {
        state.comeIn();
        String why = "its time out is over and its probes succeed";
        changed.add(new PodChange(state.pod(), PodChange.Kind.READY, why));
      }
    }
  }

  /**
   * How long ago it was last heard which pods are ready, as of the last tick, in milliseconds;
   * {@link Long#MAX_VALUE} if it never was.
   */
  public long age() {
    return silence.age();
  }

  @Override
  public void limit(List<PodLimit> limits) {
    boolean more;
    synchronized (this) {
      more = table.limit(limits);
    }
    if (more) {
      waiting.serve();
    }
  }

  /** The pod of this name; null if there is none. */
  public synchronized @Nullable OpenPod named(String pod) {
    PodState state = table.named(pod);
    return state == null ? null : state.open();
  }

  private synchronized Map<String, Traffic.Part> parts(long now) {
    return table.parts(now);
  }

  /** Requests in flight on all pods, including those of bypassed and roomless visitors. */
  public synchronized int inFlight() {
    return table.inFlight();
  }

  /** What this replica has on the pods, including those that are gone. */
  @Override
  public Load load() {
    int holding = waiting.holding();
    synchronized (this) {
      Map<String, Integer> inFlight = table.inFlightByPod();
      return new Load(inFlight, holding, times.tell(inFlight, table.lastingByPod(), table.held()));
    }
  }

  /** The pods that only failed requests keep out. */
  public synchronized List<Pod> out() {
    return table.all().stream().filter(PodState::isOut).map(PodState::pod).toList();
  }

  /** The number of pods, ready or not, without those on their way out. */
  public synchronized int staying() {
    return (int) table.all().stream().filter(state -> !state.isLeaving()).count();
  }

  /** Each pod as it stands now, in the order in which they came. */
  public synchronized List<PodView> view() {
    return table.all().stream().map(state -> state.view(now)).toList();
  }
}
