package dev.usher.capacity;

import dev.usher.room.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pods there are, and those that went while requests were in flight on them. Confined to the
 * roster's lock.
 */
final class PodTable {
  private final Map<Pod, PodState> present = new LinkedHashMap<>();
  private final Map<String, PodState> byName = new HashMap<>();
  private final List<PodState> departed = new ArrayList<>();

  void add(PodState state) {
    present.put(state.pod(), state);
    byName.put(state.pod().toString(), state);
  }

  void depart(PodState state) {
    present.remove(state.pod());
    byName.remove(state.pod().toString());
    departed.add(state);
  }

  /** Forgets of those that went whose last request is done. */
  void forgetIdle() {
    departed.removeIf(state -> state.inFlight() == 0);
  }

  @Nullable PodState at(Pod pod) {
    return present.get(pod);
  }

  @Nullable PodState named(String name) {
    return byName.get(name);
  }

  /** Those there are, in the order in which they came. */
  Collection<PodState> all() {
    return present.values();
  }

  /** Those that may be sent requests. */
  Stream<PodState> ready() {
    return present.values().stream().filter(PodState::isReady);
  }

  private Stream<PodState> alsoDeparted() {
    return Stream.concat(present.values().stream(), departed.stream());
  }

  int inFlight() {
    return alsoDeparted().mapToInt(PodState::inFlight).sum();
  }

  /** Of each address that has any. */
  Map<String, Integer> inFlightByPod() {
    Map<String, Integer> some = new HashMap<>();
    alsoDeparted()
        .filter(state -> state.inFlight() > 0)
        .forEach(state -> some.merge(state.pod().toString(), state.inFlight(), Integer::sum));
    return some;
  }
}
