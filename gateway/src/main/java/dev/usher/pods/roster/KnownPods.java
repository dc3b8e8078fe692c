package dev.usher.pods.roster;

import dev.usher.pods.Pod;
import dev.usher.pods.PodChange;
import dev.usher.pods.PodFact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pods that exist: those of a list, or those that a watcher tells of. Confined to the roster's
 * lock.
 */
final class KnownPods {
  private final PodTable table;
  private final AllUnreadyHold hold = new AllUnreadyHold();
  private int firstCap;

  /** The last life begun, among the pods that came since the start. */
  private int lives;

  /**
   * @param firstCap cap of each pod until the first tick sets a better one
   */
  KnownPods(PodTable table, int firstCap) {
    this.table = table;
    this.firstCap = firstCap;
  }

  /** Takes over the pods that are listed at the start. */
  void begin(List<Pod> pods) {
    pods.forEach(pod -> table.add(new PodState(pod, firstCap)));
  }

  /** Sets what a new pod may have until a tick sets a better cap. */
  void firstCap(int changed) {
    firstCap = changed;
  }

  /** Takes over a changed list. */
  void list(List<Pod> pods, long now, List<PodChange> changed) {
    for (PodState state : List.copyOf(table.all())) {
      if (pods.contains(state.pod())) {
        state.listed();
      } else {
        depart(state, "it is not listed any more", now, changed);
      }
    }
    for (Pod pod : pods) {
      if (table.at(pod) == null) {
        // The pods of the start are all in their first life.
        lives = Math.max(2, lives + 1);
        table.add(new PodState(pod, firstCap, lives));
      }
    }
  }

  /** Takes over what is told of all pods, as far as it is believed. */
  void told(List<PodFact> facts, long now, List<PodChange> changed) {
    apply(hold.weigh(facts, table, now), now, changed);
  }

  /** Takes over what has been doubted for long enough. */
  void believe(long now, List<PodChange> changed) {
    List<PodFact> believed = hold.over(now);
    if (believed != null) {
      apply(believed, now, changed);
    }
  }

  /** Whether the last word is doubted now. */
  boolean doubts() {
    return hold.isOn();
  }

  private void apply(List<PodFact> facts, long now, List<PodChange> changed) {
    Map<Pod, PodFact> told = new LinkedHashMap<>();
    facts.forEach(fact -> told.put(fact.pod(), fact));
    for (PodState state : List.copyOf(table.all())) {
      PodFact fact = told.get(state.pod());
      if (fact == null || !state.lives(fact)) {
        depart(state, fact == null ? "it is gone" : "another one has its address", now, changed);
      }
    }
    told.values().forEach(fact -> hear(fact, now, changed));
  }

  private void depart(PodState state, String why, long now, List<PodChange> changed) {
    state.goOut();
    table.depart(state, now);
    changed.add(new PodChange(state.pod(), PodChange.Kind.GONE, why));
  }

  private void hear(PodFact fact, long now, List<PodChange> changed) {
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
      state.comeIn();
      changed.add(new PodChange(state.pod(), PodChange.Kind.READY, "it is said to be ready"));
    } else if (!ready && state.isReady()) {
      state.goOut();
      boolean leaves = fact.standing() == PodFact.Standing.LEAVING;
      String why = leaves ? "it is on its way out" : "it is said not to be ready";
      changed.add(new PodChange(state.pod(), PodChange.Kind.UNREADY, why));
    }
  }
}
