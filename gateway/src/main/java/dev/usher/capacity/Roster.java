package dev.usher.capacity;

import dev.usher.admission.Ejection;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.room.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which pods may be sent requests: by what probes say, and by how requests to them went. */
final class Roster {
  private final UpstreamOptions.ProbeOptions probe;
  private final Consumer<PodChange> changes;
  private final Map<Pod, PodState> states = new LinkedHashMap<>();
  private final Map<String, PodState> byName = new HashMap<>();
  private final Ejection ejection = new Ejection();

  /** The pods that may be sent requests; replaced as a whole when one comes or goes. */
  private volatile PodState[] open = new PodState[0];

  private volatile boolean heard;
  private long heardAt = Long.MIN_VALUE;

  /** The last tick's. Between two ticks no time passes here. */
  private long now = Long.MIN_VALUE;

  /**
   * @param cap of each pod until the first tick says better
   * @param changes told of each pod that comes or goes
   */
  Roster(UpstreamOptions options, int cap, Consumer<PodChange> changes) {
    this.probe = options.probe();
    this.changes = changes;
    for (Pod pod : options.pods()) {
      PodState state = new PodState(pod, cap);
      states.put(pod, state);
      byName.put(pod.toString(), state);
    }
  }

  PodState[] open() {
    return open;
  }

  /** Hears a probe. Returns whether the pod came in by it. */
  boolean probed(Pod pod, @Nullable ProbeFailure failure) {
    PodState state = states.get(pod);
    if (state == null) {
      throw new IllegalArgumentException(
          "A probed pod must be one of " + states.keySet() + " but was " + pod);
    }
    heard = true;
    PodChange change;
    synchronized (this) {
      change = failure == null ? goodProbe(state) : badProbe(state, failure);
      reopen(change);
    }
    tell(change);
    return change != null && change.kind() == PodChange.Kind.READY;
  }

  private @Nullable PodChange goodProbe(PodState state) {
    state.badProbes = 0;
    state.goodProbes++;
    // The first probe of all counts alone: nothing is known against the pod, and a gateway that
    // starts beside healthy pods must not turn its first visitors away.
    boolean enough = !state.everProbed || state.goodProbes >= probe.readyAfter();
    state.everProbed = true;
    if (state.isReady()) {
      state.isWell();
      return null;
    }
    return enough && state.mayComeIn(now) ? comeIn(state, "probe succeeded") : null;
  }

  private static PodChange comeIn(PodState state, String reason) {
    state.comeIn();
    return new PodChange(state.pod(), PodChange.Kind.READY, reason);
  }

  private @Nullable PodChange badProbe(PodState state, ProbeFailure failure) {
    state.everProbed = true;
    state.goodProbes = 0;
    state.badProbes++;
    if (!failure.connected()) {
      state.refuses();
    }
    if (!state.isReady() || state.badProbes < probe.unreadyAfter()) {
      return null;
    }
    state.goOut();
    return new PodChange(state.pod(), PodChange.Kind.UNREADY, failure.reason());
  }

  /** Puts a pod out because requests to it failed. Harmless when it is out already. */
  void eject(PodState state, PodState.Out why, String reason) {
    PodChange change;
    synchronized (this) {
      if (!state.isReady()) {
        return;
      }
      change = ejected(state, why, reason);
      reopen(change);
    }
    tell(change);
  }

  private static PodChange ejected(PodState state, PodState.Out why, String reason) {
    state.eject(why);
    return new PodChange(state.pod(), PodChange.Kind.EJECTED, reason);
  }

  private void reopen(@Nullable PodChange change) {
    if (change != null) {
      open = states.values().stream().filter(PodState::isReady).toArray(PodState[]::new);
    }
  }

  private void tell(@Nullable PodChange change) {
    if (change != null) {
      changes.accept(change);
    }
  }

  /**
   * The pods at a tick.
   *
   * @param pods each of them
   * @param silence milliseconds since any probe was heard, 0 while none is overdue
   * @param opened whether a pod came in at this tick
   */
  record Seen(List<PodSample> pods, long silence, boolean opened) {}

  /** Puts out the failing, lets in those whose time is over, and tells how all stand. */
  Seen see(long time) {
    List<PodChange> changed = new ArrayList<>();
    List<PodSample> pods = new ArrayList<>(states.size());
    long silence;
    boolean opened;
    synchronized (this) {
      now = time;
      states.values().forEach(state -> state.date(time, ejection));
      putOutFailing(changed);
      opened = letIn(changed);
      changed.stream().limit(1).forEach(this::reopen);
      for (PodState state : states.values()) {
        state.date(time, ejection);
        pods.add(state.sample(time));
      }
      silence = silence(time);
    }
    changed.forEach(this::tell);
    return new Seen(pods, silence, opened);
  }

  private void putOutFailing(List<PodChange> changed) {
    List<Ejection.Standing> standings = states.values().stream().map(PodState::standing).toList();
    for (String name : ejection.judge(now, standings)) {
      PodState state = byName.get(name);
      if (state != null) {
        changed.add(
            ejected(
                state, PodState.Out.FAILING, "half of its requests or more failed in a second"));
      }
    }
  }

  private boolean letIn(List<PodChange> changed) {
    boolean opened = false;
    for (PodState state : states.values()) {
      // Only who was ejected waits for a time; anyone else came in when the probe was heard.
      if (!state.isReady() && state.goodProbes >= probe.readyAfter() && state.mayComeIn(now)) {
        changed.add(comeIn(state, "its time out is over and its probes succeed"));
        opened = true;
      }
    }
    return opened;
  }

  private long silence(long time) {
    if (heard || heardAt == Long.MIN_VALUE) {
      heard = false;
      heardAt = time;
    }
    long silent = Math.max(0, time - heardAt);
    // Who asks seldom hears seldom.
    return silent <= probe.interval().plus(probe.timeout()).toMillis() ? 0 : silent;
  }

  /** Sets what each pod may be given. Returns whether any may be given more than before. */
  boolean limit(List<PodLimit> limits) {
    boolean more = false;
    for (PodLimit limit : limits) {
      PodState state = byName.get(limit.pod());
      if (state != null) {
        more |= state.limit(limit);
      }
    }
    return more;
  }

  int inFlight() {
    int sum = 0;
    for (PodState state : states.values()) {
      sum += state.inFlight();
    }
    return sum;
  }

  /** Of each pod that has any. */
  Map<String, Integer> inFlightByPod() {
    Map<String, Integer> some = new HashMap<>();
    for (PodState state : states.values()) {
      int count = state.inFlight();
      if (count > 0) {
        some.put(state.pod().toString(), count);
      }
    }
    return some;
  }

  synchronized List<PodView> view() {
    List<PodView> views = new ArrayList<>(states.size());
    states.values().forEach(state -> views.add(state.view(now)));
    return views;
  }
}
