package dev.usher.pods.roster;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.Traffic;
import dev.usher.pods.Pod;
import dev.usher.pods.PodFact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pods that exist, and those that left while requests were in flight on them. Confined to the
 * roster's lock.
 */
final class PodTable {
  /** How long a list may be without a pod that still exists. */
  private static final long BACK_MILLIS = 10_000;

  private final Map<Pod, PodState> present = new LinkedHashMap<>();
  private final Map<String, PodState> byName = new HashMap<>();
  private final List<PodState> departed = new ArrayList<>();

  /** Pods that left a moment ago, and when; one of them may come back. */
  private final Map<Pod, Gone> gone = new HashMap<>();

  private record Gone(PodState state, long at) {}

  void add(PodState state) {
    present.put(state.pod(), state);
    byName.put(state.pod().toString(), state);
  }

  void depart(PodState state, long now) {
    present.remove(state.pod());
    byName.remove(state.pod().toString());
    departed.add(state);
    gone.put(state.pod(), new Gone(state, now));
  }

  /**
   * Forgets pods that left once their last request is done, or once they have been gone for too
   * long.
   */
  void forgetIdle(long now) {
    departed.removeIf(state -> state.open().load().inFlight() == 0);
    gone.values().removeIf(one -> now - one.at() > BACK_MILLIS);
  }

  /**
   * The very pod that the fact is of, if it left a moment ago: as warm as before, with its slots.
   */
  @Nullable PodState back(PodFact fact) {
    Gone went = gone.remove(fact.pod());
    if (went == null || !went.state().lives(fact)) {
      return null;
    }
    departed.remove(went.state());
    add(went.state());
    return went.state();
  }

  @Nullable PodState at(Pod pod) {
    return present.get(pod);
  }

  @Nullable PodState named(String name) {
    return byName.get(name);
  }

  /** The pods that exist, in the order in which they came. */
  Collection<PodState> all() {
    return present.values();
  }

  /** The pods that may be sent requests. */
  Stream<PodState> ready() {
    return present.values().stream().filter(PodState::isReady);
  }

  /**
   * Whether a pod may be put out for its silence: one whose probes fail too, the only one, or
   * otherwise at most half of them, because one visitor may ask for something on which every pod is
   * silent.
   */
  boolean maySpare(PodState silent) {
    if (silent.badProbes > 0 || present.size() == 1) {
      return true;
    }
    long out = present.values().stream().filter(PodState::isOutByAnswers).count();
    return 2 * (out + 1) <= ready().count() + out;
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

  /** The sample of each pod at this tick. */
  List<PodSample> samples(long now, OutlierEjection ejection) {
    List<PodSample> samples = new ArrayList<>(present.size());
    for (PodState state : present.values()) {
      state.date(now, ejection);
      samples.add(state.sample(now));
    }
    return samples;
  }

  /** What this replica saw of each pod in all its lives. */
  Map<String, Traffic.Part> parts(long now) {
    Map<String, Traffic.Part> parts = new HashMap<>();
    byName.forEach((name, state) -> parts.put(name, state.open().count().part(now)));
    return parts;
  }

  /** The version of most ready pods; if two are equal, the one that came first. */
  @Nullable String template() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    ready()
        .map(state -> state.traits().template())
        .filter(Objects::nonNull)
        .forEach(template -> counts.merge(template, 1, Integer::sum));
    String most = null;
    int pods = 0;
    for (Map.Entry<String, Integer> each : counts.entrySet()) {
      if (each.getValue() > pods) {
        most = each.getKey();
        pods = each.getValue();
      }
    }
    return most;
  }

  private Stream<PodState> alsoDeparted() {
    return Stream.concat(present.values().stream(), departed.stream());
  }

  int inFlight() {
    return alsoDeparted().mapToInt(state -> state.open().load().inFlight()).sum();
  }

  /** Requests in flight on each pod that has any, by its address. */
  Map<String, Integer> inFlightByPod() {
    return byPod(PodLoad::inFlight);
  }

  /** Those of them that last. */
  Map<String, Integer> lastingByPod() {
    return byPod(PodLoad::lasting);
  }

  /** Slots that are taken, or may be at any moment. */
  int held() {
    return alsoDeparted()
        .mapToInt(state -> Math.max(state.open().load().share(), state.open().load().inFlight()))
        .sum();
  }

  private Map<String, Integer> byPod(ToIntFunction<PodLoad> counted) {
    Map<String, Integer> some = new HashMap<>();
    alsoDeparted()
        .filter(state -> counted.applyAsInt(state.open().load()) > 0)
        .forEach(
            state ->
                some.merge(
                    state.pod().toString(), counted.applyAsInt(state.open().load()), Integer::sum));
    return some;
  }
}
