package dev.usher.config;

import dev.usher.config.schema.Setting;
import dev.usher.config.schema.Setting.Group;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises files that are not a gateway's configuration but hold one, so that nobody reads that
 * each of their keys is not a setting.
 */
final class OtherFile {
  /** The chart's values that are no settings of a gateway, too. */
  static final Set<String> VALUES =
      Set.of(
          "config",
          "files",
          "replicas",
          "image",
          "key",
          "redis",
          "tryRedis",
          "secretMounts",
          "javaOptions",
          "extraEnv",
          "resources",
          "startupSeconds",
          "preStopSeconds",
          "service",
          "opsService",
          "serviceAccount",
          "rbac",
          "pdb",
          "autoscaling",
          "scaling",
          "networkPolicy",
          "monitoring",
          "ingress",
          "httpRoute",
          "pods",
          "labels",
          "fullnameOverride");

  /** Those that nobody writes for want of a better word. */
  private static final Set<String> TELLING = Set.of("config", "image", "scaling");

  private OtherFile() {}

  /** What the file is and where in it the configuration is; null if it may be one itself. */
  static @Nullable String mistaken(Group root) {
    Set<String> keys = root.settings().keySet();
    if (keys.contains("rooms") || keys.contains("upstreams")) {
      return null;
    }
    if (keys.contains("apiVersion") && keys.contains("kind")) {
      return "must be a gateway's configuration but is an object of Kubernetes: of the chart's"
          + " ConfigMap that is the text in gateway.yaml, which kubectl get configmap usher -o"
          + " jsonpath='{.data.gateway\\.yaml}' prints";
    }
    Setting chart = root.settings().get("usher");
    if (chart instanceof Group values && isValues(values.settings().keySet())) {
      return values("usher.config");
    }
    return isValues(keys) ? values("config") : null;
  }

  private static boolean isValues(Set<String> keys) {
    return keys.stream().anyMatch(TELLING::contains)
        || keys.stream().filter(VALUES::contains).count() > 1;
  }

  private static String values(String key) {
    return "must be a gateway's configuration but looks like values of the Helm chart: that is what"
        + " stands there under "
        + key
        + ". Give it a file of its own, or have the chart print it: helm template usher helm/usher"
        + " --values FILE --show-only templates/config.yaml";
  }
}
