package dev.usher.capacity;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.Traffic;
import dev.usher.room.Pod;
import dev.usher.room.PodWatch;
import dev.usher.room.Pods;
import dev.usher.room.RequestClass;
import dev.usher.room.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The pods of one upstream: which are ready, and how many requests each has in flight. Safe for
 * many threads; taking a slot and giving it back lock nothing while nobody waits.
 */
public final class PodSet implements Pods, PodWatch {
  /** One failed connection may be chance, two a restart of a socket; three are a dead pod. */
  private static final int EJECT_AFTER = 3;

  private static final int CAP_UNKNOWN = 50;

  private final UpstreamOptions options;
  private final IntUnaryOperator random;
  private final Consumer<PodChange> changes;
  private final Map<Pod, PodState> states = new LinkedHashMap<>();
  private final SlotQueue queue;

  /** The pods that may be sent requests; replaced as a whole when one comes or goes. */
  private volatile PodState[] open = new PodState[0];

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
    this.options = options;
    this.random = random;
    this.changes = changes;
    for (Pod pod : options.pods()) {
      states.put(pod, new PodState(pod, firstCap(options.declared().maxInFlight())));
    }
    this.queue = new SlotQueue(options.holdQueue(), timers, () -> choose(null));
  }

  /** Until the first tick says better. */
  private static int firstCap(int declared) {
    return declared > 0 ? declared : CAP_UNKNOWN;
  }

  @Override
  public void arrived(RequestClass kind) {}

  @Override
  public PodsSeen see(long now) {
    List<PodSample> pods = new ArrayList<>(states.size());
    synchronized (states) {
      for (PodState state : states.values()) {
        pods.add(new PodSample(state.pod().toString(), state.life, state.ready, false, 0, 0));
      }
    }
    return new PodsSeen(pods, Traffic.NONE, 0);
  }

  @Override
  public void limit(List<PodLimit> limits) {
    for (PodLimit limit : limits) {
      for (PodState state : states.values()) {
        if (state.pod().toString().equals(limit.pod())) {
          state.limit(limit.cap());
        }
      }
    }
  }

  @Override
  public @Nullable Slot take(@Nullable Pod avoid) {
    // Those who wait were first: a newcomer may not snatch the slot that was just given back.
    return queue.isEmpty() ? choose(avoid) : null;
  }

  @Override
  public CompletionStage<@Nullable Slot> await(Duration hold) {
    return queue.join(hold);
  }

  private @Nullable Slot choose(@Nullable Pod avoid) {
    PodState[] pods = open;
    int n = pods.length;
    if (n == 0) {
      return null;
    }
    int start = n == 1 ? 0 : random.applyAsInt(n);
    if (n > 1) {
      // Power of two choices: two random pods, the less busy one. As good as the least of all, and
      // several replicas and threads do not all run to the same idle pod.
      int other = (start + 1 + (n == 2 ? 0 : random.applyAsInt(n - 1))) % n;
      if (pods[start].busierThan(pods[other])) {
        start = other;
      }
    }
    for (int i = 0; i < n; i++) {
      PodState pod = pods[(start + i) % n];
      if (!pod.pod().equals(avoid) && pod.tryTake()) {
        return new Taken(pod);
      }
    }
    return null;
  }

  /**
   * Hears the answer of a readiness probe.
   *
   * @param failure what was wrong, null when the pod said that it is ready
   */
  public void probed(Pod pod, @Nullable String failure) {
    PodState state = states.get(pod);
    if (state == null) {
      throw new IllegalArgumentException(
          "A probed pod must be one of " + states.keySet() + " but was " + pod);
    }
    PodChange change;
    synchronized (states) {
      change = failure == null ? goodProbe(state) : badProbe(state, failure);
      if (change != null) {
        reopen();
      }
    }
    tell(change);
    if (change != null && change.kind() == PodChange.Kind.READY) {
      queue.serve();
    }
  }

  private @Nullable PodChange goodProbe(PodState state) {
    state.badProbes = 0;
    state.goodProbes++;
    // The first probe of all counts alone: nothing is known against the pod, and a gateway that
    // starts beside healthy pods must not turn its first visitors away.
    boolean enough = !state.everProbed || state.goodProbes >= options.probe().readyAfter();
    state.everProbed = true;
    if (state.ready || !enough) {
      return null;
    }
    state.worked();
    state.ejected = false;
    state.ready = true;
    return new PodChange(state.pod(), PodChange.Kind.READY, "probe succeeded");
  }

  private @Nullable PodChange badProbe(PodState state, String failure) {
    state.everProbed = true;
    state.goodProbes = 0;
    state.badProbes++;
    if (!state.ready || state.badProbes < options.probe().unreadyAfter()) {
      return null;
    }
    state.ready = false;
    return new PodChange(state.pod(), PodChange.Kind.UNREADY, failure);
  }

  private void eject(PodState state, String reason) {
    synchronized (states) {
      if (!state.ready) {
        return;
      }
      state.ready = false;
      state.ejected = true;
      state.goodProbes = 0;
      reopen();
    }
    tell(new PodChange(state.pod(), PodChange.Kind.EJECTED, reason));
  }

  private void reopen() {
    open = states.values().stream().filter(state -> state.ready).toArray(PodState[]::new);
  }

  private void tell(@Nullable PodChange change) {
    if (change != null) {
      changes.accept(change);
    }
  }

  /** The upstream's name. */
  public String name() {
    return options.name();
  }

  /** How many pods may be sent requests now. */
  public int ready() {
    return open.length;
  }

  /** Requests in flight on all pods, those of bypassed and roomless visitors among them. */
  public int inFlight() {
    int sum = 0;
    for (PodState state : states.values()) {
      sum += state.inFlight();
    }
    return sum;
  }

  /** Requests waiting for a slot. */
  public int holding() {
    return queue.size();
  }

  /** Each pod as it stands now, in the order of the configuration. */
  public List<PodView> view() {
    List<PodView> views = new ArrayList<>(states.size());
    states.values().forEach(state -> views.add(state.view()));
    return views;
  }

  private void ended(PodState pod, Slot.Outcome outcome) {
    switch (outcome) {
      case ANSWERED -> pod.worked();
      case CONNECT_FAILED, TIMED_OUT -> {
        if (pod.failed() >= EJECT_AFTER) {
          eject(pod, EJECT_AFTER + " requests in a row failed, the last one " + outcome);
        }
      }
      // A broken answer or a visitor who left says nothing certain about the pod.
      case BROKEN, CANCELLED -> {}
    }
    pod.release();
    // Order matters: the slot is free before we look for waiters, and a waiter stands in the queue
    // before it looks for slots, so one of the two always sees the other.
    if (!queue.isEmpty()) {
      queue.serve();
    }
  }

  /** A slot on one pod. */
  private final class Taken implements Slot {
    private final PodState state;
    private final AtomicBoolean givenBack = new AtomicBoolean();

    Taken(PodState state) {
      this.state = state;
    }

    @Override
    public Pod pod() {
      return state.pod();
    }

    @Override
    public void firstByte(long micros, int status, double saturation) {
      state.countServed();
    }

    @Override
    public void giveBack(Outcome outcome) {
      if (givenBack.compareAndSet(false, true)) {
        ended(state, outcome);
      }
    }
  }
}
