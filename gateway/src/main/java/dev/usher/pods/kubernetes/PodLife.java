package dev.usher.pods.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a pod beyond its slices of endpoints.
 *
 * @param restarts how often each of its containers was restarted
 * @param leaving whether it is being deleted or has ended
 * @param ready when it was last said to become ready, in milliseconds since 1970; 0 while it is
 *     not, or if that is not told
 * @param gate how far it is with Usher's readiness gate
 * @param template the version of its Deployment, different for pods of another version
 * @param sessions sessions that it bears by its annotation; 0 without one
 */
record PodLife(
    Restarts restarts,
    boolean leaving,
    long ready,
    ReadinessGate.Standing gate,
    @Nullable String template,
    int sessions) {
  /** Annotation that overrides the declared sessions of one pod. */
  static final String SESSIONS = "usher.dev/sessions-per-pod";

  private static final String TEMPLATE = "pod-template-hash";

  static PodLife of(Pod pod) {
    ObjectMeta meta = pod.getMetadata();
    PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    Conditions conditions = Conditions.of(pod);
    boolean ended = "Failed".equals(status.getPhase()) || "Succeeded".equals(status.getPhase());
    Map<String, String> labels = meta.getLabels() == null ? Map.of() : meta.getLabels();
    return new PodLife(
        Restarts.of(pod),
        ended || meta.getDeletionTimestamp() != null,
        conditions.isTrue(Conditions.READY) ? conditions.since(Conditions.READY) : 0,
        ReadinessGate.of(pod),
        labels.get(TEMPLATE),
        sessions(meta.getAnnotations() == null ? null : meta.getAnnotations().get(SESSIONS)));
  }

  /**
   * Since when it has served this port; 0 while it is not ready. A container that is restarted
   * within a moment need not lose the condition, but it begins anew all the same.
   */
  long readySince(int port) {
    return ready == 0 ? 0 : Math.max(ready, restarts.ofPort(port).startedAt());
  }

  /** A time as the API writes it, in milliseconds since 1970; 0 for none. */
  static long millis(@Nullable String time) {
    if (time == null) {
      return 0;
    }
    try {
      return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    } catch (DateTimeParseException e) {
      return 0;
    }
  }

  /** The sessions of the annotation; one that cannot be read is treated as absent. */
  private static int sessions(@Nullable String annotated) {
    return annotated != null && annotated.matches("[1-9][0-9]{0,6}")
        ? Integer.parseInt(annotated)
        : 0;
  }
}
