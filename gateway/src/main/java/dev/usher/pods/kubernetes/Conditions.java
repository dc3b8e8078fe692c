package dev.usher.pods.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the status of a pod says of it.
 *
 * @param all each condition, as the API has it
 */
record Conditions(List<PodCondition> all) {
  static final String READY = "Ready";
  static final String TRUE = "True";

  static Conditions of(Pod pod) {
    return new Conditions(pod.getStatus() == null ? List.of() : pod.getStatus().getConditions());
  }

  private Stream<PodCondition> of(String type) {
    return all.stream().filter(each -> type.equals(each.getType()));
  }

  boolean isTrue(String type) {
    return of(type).anyMatch(each -> TRUE.equals(each.getStatus()));
  }

  /** Since when a condition is as it is, in milliseconds since 1970; 0 if that is not told. */
  long since(String type) {
    return of(type)
        .mapToLong(each -> PodLife.millis(each.getLastTransitionTime()))
        .findFirst()
        .orElse(0);
  }
}
