package dev.usher.pods.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How often the serving container was restarted, and when last. Whatever runs beside it, such as
 * the proxy of a mesh, may restart as often as it likes: what the pod has in memory stays.
 *
 * @param byPort of each container that declares a port
 * @param otherwise of the container that is taken to serve a port which none declares
 */
record Restarts(Map<Integer, Run> byPort, Run otherwise) {
  /**
   * What a container is at.
   *
   * @param restarts how often it was restarted
   * @param startedAt when it was started last, in milliseconds since 1970; 0 if that is not told
   */
  record Run(int restarts, long startedAt) {
    static final Run UNTOLD = new Run(0, 0);

    private static Run of(ContainerStatus status) {
      ContainerState state = status.getState();
      ContainerStateRunning running = state == null ? null : state.getRunning();
      return new Run(
          Objects.requireNonNullElse(status.getRestartCount(), 0),
          running == null ? 0 : PodLife.millis(running.getStartedAt()));
    }

    private Run and(Run other) {
      return new Run(restarts + other.restarts, Math.max(startedAt, other.startedAt));
    }
  }

  /** Annotation that names the main container, as meshes set it when they add one. */
  private static final String MAIN = "kubectl.kubernetes.io/default-container";

  static Restarts of(Pod pod) {
    Map<String, Run> runs = new HashMap<>();
    Run all = Run.UNTOLD;
    List<ContainerStatus> statuses =
        pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
    for (ContainerStatus status : statuses) {
      Run run = Run.of(status);
      runs.put(status.getName(), run);
      all = all.and(run);
    }
    List<Container> containers = pod.getSpec() == null ? List.of() : pod.getSpec().getContainers();
    Map<Integer, Run> byPort = new HashMap<>();
    for (Container container : containers) {
      Run run = runs.getOrDefault(container.getName(), Run.UNTOLD);
      for (ContainerPort port : container.getPorts()) {
        if (port.getContainerPort() != null) {
          byPort.putIfAbsent(port.getContainerPort(), run);
        }
      }
    }
    Run main = runs.get(main(pod, containers));
    return new Restarts(Map.copyOf(byPort), main == null ? all : main);
  }

  /** The main container as kubectl takes it: the named one, or the first. */
  private static @Nullable String main(Pod pod, List<Container> containers) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    String named = annotations == null ? null : annotations.get(MAIN);
    return named != null || containers.isEmpty() ? named : containers.get(0).getName();
  }

  /** What the container is at that serves this port. */
  Run ofPort(int port) {
    return byPort.getOrDefault(port, otherwise);
  }
}
