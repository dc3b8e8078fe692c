package dev.usher.provision.floor;

import org.jspecify.annotations.Nullable;

/** The fields of its {@code spec} by which an object says how many pods there are. */
enum SizeFields {
  /** Of KEDA; it passes them on to an HPA of its own. */
  SCALED_OBJECT("minReplicaCount", "maxReplicaCount", 0, 100),
  /** An HPA that somebody wrote. */
  HPA("minReplicas", "maxReplicas", 1, 1),
  /** A Deployment, or anything else with a size that nothing else decides. */
  WORKLOAD("replicas", null, 1, Integer.MAX_VALUE);

  private final String min;
  private final @Nullable String max;
  private final int minIfMissing;
  private final int maxIfMissing;

  SizeFields(String min, @Nullable String max, int minIfMissing, int maxIfMissing) {
    this.min = min;
    this.max = max;
    this.minIfMissing = minIfMissing;
    this.maxIfMissing = maxIfMissing;
  }

  static SizeFields of(String kind) {
    return switch (kind) {
      case "ScaledObject" -> SCALED_OBJECT;
      case "HorizontalPodAutoscaler" -> HPA;
      default -> WORKLOAD;
    };
  }

  String min() {
    return min;
  }

  /** Null if the object has no limit. */
  @Nullable String max() {
    return max;
  }

  int minIfMissing() {
    return minIfMissing;
  }

  int maxIfMissing() {
    return maxIfMissing;
  }
}
