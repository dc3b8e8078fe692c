package dev.usher.pods.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How often the serving container was restarted. Whatever runs beside it, such as the proxy of a
 * mesh, may restart as often as it likes: what the pod has in memory stays.
 *
 * @param byPort restarts of each container that declares a port
 * @param otherwise restarts of the container that is taken to serve a port which none declares
 */
record Restarts(Map<Integer, Integer> byPort, int otherwise) {
  /** Annotation that names the main container, as meshes set it when they add one. */
  private static final String MAIN = "kubectl.kubernetes.io/default-container";

  static Restarts of(Pod pod) {
    Map<String, Integer> counts = new HashMap<>();
    int all = 0;
    List<ContainerStatus> statuses =
        pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
    for (ContainerStatus status : statuses) {
      int count = Objects.requireNonNullElse(status.getRestartCount(), 0);
      counts.put(status.getName(), count);
      all += count;
    }
    List<Container> containers = pod.getSpec() == null ? List.of() : pod.getSpec().getContainers();
    Map<Integer, Integer> byPort = new HashMap<>();
    for (Container container : containers) {
      int count = counts.getOrDefault(container.getName(), 0);
      for (ContainerPort port : container.getPorts()) {
        if (port.getContainerPort() != null) {
          byPort.putIfAbsent(port.getContainerPort(), count);
        }
      }
    }
    Integer main = counts.get(main(pod, containers));
    return new Restarts(Map.copyOf(byPort), main == null ? all : main);
  }

  /** The main container as kubectl takes it: the named one, or the first. */
  private static @Nullable String main(Pod pod, List<Container> containers) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    String named = annotations == null ? null : annotations.get(MAIN);
    return named != null || containers.isEmpty() ? named : containers.get(0).getName();
  }

  /** Restarts of the container that serves this port. */
  int ofPort(int port) {
    return byPort.getOrDefault(port, otherwise);
  }
}
