package dev.usher.pods.roster;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.Traffic;
import dev.usher.pods.Load;
import dev.usher.pods.Pod;
import dev.usher.pods.PodChange;
import dev.usher.pods.PodFact;
import dev.usher.pods.PodView;
import dev.usher.pods.ProbeFailure;
import dev.usher.pods.SeenPods;
import dev.usher.pods.UpstreamOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which pods may be sent requests: by what probes say, or whoever watches the pods, and by how
 * requests to them went. Neither alone lets a pod in.
 */
public final class Roster {
  private final Probing probing;
  private final Consumer<PodChange> changes;
  private final PodTable table = new PodTable();
  private final OutlierEjection ejection = new OutlierEjection();
  private final AllUnreadyHold doubt = new AllUnreadyHold();
  private int firstCap;

  /** The last life that began, of the pods that came since the start. */
  private int lives;

  /** The pods that may be sent requests; replaced as a whole when one comes or goes. */
  private volatile PodState[] open = new PodState[0];

  /** Those of them in this replica's zone; none where that is all the same. */
  private volatile PodState[] near = new PodState[0];

  /** All there are, ready or not. */
  private volatile PodsByLabel labelled = new PodsByLabel(List.of());

  private final SignalAge silence;
  private final SlotTimes times;

  /** The last tick's. Between two ticks no time passes here. */
  private long now = Long.MIN_VALUE;

  /**
   * @param cap of each pod until the first tick says better
   * @param times told of each tick
   * @param changes told of each pod that comes or goes
   */
  public Roster(UpstreamOptions options, int cap, SlotTimes times, Consumer<PodChange> changes) {
    this.times = times;
    this.probing = new Probing(options.probe());
    this.changes = changes;
    this.firstCap = cap;
    this.silence = new SignalAge(probing.usual(), !options.pods().isEmpty());
    for (Pod pod : options.pods()) {
      table.add(new PodState(pod, cap));
    }
    reopen();
  }

  /** Goes by these from now on. Where no pods are listed, somebody watches them and will tell. */
  public void reconfigure(UpstreamOptions changed, int cap) {
    List<PodChange> gone = new ArrayList<>();
    synchronized (this) {
      probing.reconfigure(changed.probe());
      firstCap = cap;
      silence.usual(probing.usual());
      if (!changed.pods().isEmpty()) {
        list(changed.pods(), gone);
      }
    }
    gone.forEach(this::tell);
  }

  private void list(List<Pod> pods, List<PodChange> gone) {
    for (PodState state : List.copyOf(table.all())) {
      if (pods.contains(state.pod())) {
        state.listed();
      } else {
        depart(state, "it is not listed any more", gone);
      }
    }
    for (Pod pod : pods) {
      if (table.at(pod) == null) {
        // Those of the start are all of the first life.
        lives = Math.max(2, lives + 1);
        table.add(new PodState(pod, firstCap, lives));
      }
    }
    reopen();
  }

  public PodState[] open() {
    return open;
  }

  public PodState[] near() {
    return near;
  }

  /** The pod of this label, ready or not; null when there is none. */
  @Nullable
  public PodState labelled(long label) {
    return labelled.at(label);
  }

  /** Hears that what was told of the pods last still holds. */
  public void heard() {
    silence.hear();
  }

  /** Takes over which pods there are, and how they stand. Returns whether one came in. */
  public boolean know(List<PodFact> facts) {
    silence.hear();
    List<PodChange> changed = new ArrayList<>();
    synchronized (this) {
      apply(doubt.weigh(facts, table, now), changed);
    }
    changed.forEach(this::tell);
    return changed.stream().anyMatch(change -> change.kind() == PodChange.Kind.READY);
  }

  private void apply(List<PodFact> facts, List<PodChange> changed) {
    Map<Pod, PodFact> told = new LinkedHashMap<>();
    facts.forEach(fact -> told.put(fact.pod(), fact));
    for (PodState state : List.copyOf(table.all())) {
      PodFact fact = told.get(state.pod());
      if (fact == null || !state.lives(fact)) {
        depart(state, fact == null ? "it is gone" : "another one has its address", changed);
      }
    }
    told.values().forEach(fact -> hear(fact, changed));
    reopen();
  }

  private void reopen() {
    PodState[] ready = table.ready().toArray(PodState[]::new);
    PodState[] here =
        Arrays.stream(ready).filter(state -> state.traits().near()).toArray(PodState[]::new);
    open = ready;
    labelled = new PodsByLabel(table.all());
    near = here.length == ready.length ? new PodState[0] : here;
  }

  private void depart(PodState state, String why, List<PodChange> changed) {
    state.goOut();
    table.depart(state, now);
    changed.add(new PodChange(state.pod(), PodChange.Kind.GONE, why));
  }

  private void hear(PodFact fact, List<PodChange> changed) {
    PodState state = table.at(fact.pod());
    if (state == null) {
      state = table.back(fact);
    }
    if (state == null) {
      state = new PodState(fact, firstCap, ++lives);
      table.add(state);
    }
    state.hear(fact);
    boolean ready = fact.standing() == PodFact.Standing.READY;
    if (ready && !state.isReady() && state.mayComeIn(now)) {
      changed.add(comeIn(state, "it is said to be ready"));
    } else if (!ready && state.isReady()) {
      state.goOut();
      boolean leaves = fact.standing() == PodFact.Standing.LEAVING;
      String why = leaves ? "it is on its way out" : "it is said not to be ready";
      changed.add(new PodChange(state.pod(), PodChange.Kind.UNREADY, why));
    }
  }

  /** Hears a probe. Returns whether the pod came in by it. */
  public boolean probed(Pod pod, @Nullable ProbeFailure failure) {
    silence.hear();
    PodChange change;
    synchronized (this) {
      PodState state = table.at(pod);
      if (state == null) {
        // It went while it was asked.
        return false;
      }
      change = probing.heard(state, failure, now);
      reopen();
    }
    tell(change);
    return change != null && change.kind() == PodChange.Kind.READY;
  }

  private static PodChange comeIn(PodState state, String reason) {
    state.comeIn();
    return new PodChange(state.pod(), PodChange.Kind.READY, reason);
  }

  /** Puts a pod out because requests to it failed, unless it is out or may not be spared. */
  public void eject(PodState state, EjectionCause why, String reason) {
    PodChange change;
    synchronized (this) {
      if (!state.isReady() || (why != EjectionCause.REFUSED && !table.maySpare(state))) {
        return;
      }
      change = ejected(state, why, reason);
      reopen();
    }
    tell(change);
  }

  private static PodChange ejected(PodState state, EjectionCause why, String reason) {
    state.eject(why);
    return new PodChange(state.pod(), PodChange.Kind.EJECTED, reason);
  }

  private void tell(@Nullable PodChange change) {
    if (change != null) {
      changes.accept(change);
    }
  }

  /** Puts out the failing, lets in those whose time is over, and tells how all stand. */
  public SeenPods see(long time) {
    List<PodChange> changed = new ArrayList<>();
    List<PodSample> pods;
    long silent;
    boolean doubted;
    String template;
    synchronized (this) {
      now = time;
      times.tick(time);
      table.forgetIdle(time);
      List<PodFact> believed = doubt.over(time);
      if (believed != null) {
        apply(believed, changed);
      }
      doubted = doubt.isOn();
      table.all().forEach(state -> state.date(time, ejection));
      putOutFailing(changed);
      letIn(changed);
      reopen();
      pods = table.samples(time, ejection);
      silent = silence.at(time);
      template = table.template();
    }
    changed.forEach(this::tell);
    return new SeenPods(pods, silent, doubted, template);
  }

  private void putOutFailing(List<PodChange> changed) {
    List<OutlierEjection.Standing> standings =
        table.all().stream().map(PodState::standing).toList();
    for (String name : ejection.judge(now, standings)) {
      PodState state = table.named(name);
      if (state != null) {
        changed.add(
            ejected(
                state, EjectionCause.FAILING, "half of its requests or more failed in a second"));
      }
    }
  }

  private void letIn(List<PodChange> changed) {
    for (PodState state : table.all()) {
      // Only who was ejected waits for a time; anyone else came in when the probe was heard.
      if (!state.isReady() && probing.isWell(state) && state.mayComeIn(now)) {
        changed.add(comeIn(state, "its time out is over and its probes succeed"));
      }
    }
  }

  /** See {@link SignalAge#age}. */
  public long age() {
    return silence.age();
  }

  /** Sets what each pod may be given. Returns whether any may be given more than before. */
  public synchronized boolean limit(List<PodLimit> limits) {
    return table.limit(limits);
  }

  public synchronized Map<String, Traffic.Part> parts(long now) {
    return table.parts(now);
  }

  public synchronized int inFlight() {
    return table.inFlight();
  }

  /** Of each pod that has any, also of those that are gone, beside so many that wait for a slot. */
  public synchronized Load load(int holding) {
    Map<String, Integer> inFlight = table.inFlightByPod();
    return new Load(inFlight, holding, times.tell(inFlight, table.lastingByPod(), table.held()));
  }

  /** Those that only failed requests keep out. */
  public synchronized List<Pod> out() {
    return table.all().stream().filter(PodState::isOut).map(PodState::pod).toList();
  }

  public synchronized int staying() {
    return (int) table.all().stream().filter(state -> !state.isLeaving()).count();
  }

  public synchronized List<PodView> view() {
    return table.all().stream().map(state -> state.view(now)).toList();
  }
}
