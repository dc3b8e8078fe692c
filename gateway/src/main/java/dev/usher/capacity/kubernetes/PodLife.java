package dev.usher.capacity.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of a pod, what slices of endpoints do not say.
 *
 * @param restarts how many times its containers were started anew
 * @param leaving whether it is being deleted or has ended
 * @param template tells the pods of one version of a Deployment from those of another
 * @param sessions sessions that it bears as its annotation says, 0 without one
 */
record PodLife(int restarts, boolean leaving, @Nullable String template, int sessions) {
  /** Overrides the declared sessions of one pod. */
  static final String SESSIONS = "usher.dev/sessions-per-pod";

  private static final String TEMPLATE = "pod-template-hash";

  static PodLife of(Pod pod) {
    ObjectMeta meta = pod.getMetadata();
    PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    boolean ended = "Failed".equals(status.getPhase()) || "Succeeded".equals(status.getPhase());
    int restarts =
        status.getContainerStatuses().stream()
            .map(ContainerStatus::getRestartCount)
            .mapToInt(count -> count == null ? 0 : count)
            .sum();
    Map<String, String> labels = meta.getLabels() == null ? Map.of() : meta.getLabels();
    return new PodLife(
        restarts,
        ended || meta.getDeletionTimestamp() != null,
        labels.get(TEMPLATE),
        sessions(meta.getAnnotations() == null ? null : meta.getAnnotations().get(SESSIONS)));
  }

  /** What nobody can read as sessions is as if it were not there. */
  private static int sessions(@Nullable String annotated) {
    return annotated != null && annotated.matches("[1-9][0-9]{0,6}")
        ? Integer.parseInt(annotated)
        : 0;
  }
}
