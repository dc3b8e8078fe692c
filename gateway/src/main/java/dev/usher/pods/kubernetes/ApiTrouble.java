package dev.usher.pods.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A trouble with the Kubernetes API, and its remedy.
 *
 * @param event the log's word for it
 * @param problem what is wrong
 * @param fix what to do
 */
public record ApiTrouble(String event, String problem, String fix) {
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "cannot ([a-z]+) resource \"([^\"]+)\" in API group \"([^\"]*)\""
              + " in the namespace \"([^\"]+)\"");

  /** A watch is refused before it begins, and then only the address shows what was asked. */
  private static final Pattern REFUSED_WATCH =
      Pattern.compile("/api(?:s/([^/]+))?/v1/namespaces/([^/]+)/([^/?]+)\\?[^ ]*\\bwatch=true");

  /** The trouble that a failed question shows. */
  public static ApiTrouble of(Throwable failure) {
    KubernetesClientException refused = cause(failure);
    int code = refused == null ? 0 : refused.getCode();
    String message = message(failure);
    if (code == HttpURLConnection.HTTP_FORBIDDEN) {
      return forbidden(message);
    }
    if (code == HttpURLConnection.HTTP_UNAUTHORIZED) {
      return new ApiTrouble(
          "kubernetes_unauthorized",
          "The Kubernetes API does not know who asks: " + message,
          "mount the token of a service account (automountServiceAccountToken: true), or name a"
              + " good KUBECONFIG");
    }
    return new ApiTrouble(
        "kubernetes_unreachable",
        "The Kubernetes API does not answer as it should: " + message,
        "what was known last is used meanwhile; look at the API server and at the network to it");
  }

  private static ApiTrouble forbidden(String message) {
    Matcher found = FORBIDDEN.matcher(message);
    if (found.find()) {
      return missing(found.group(1), full(found.group(2), found.group(3)), found.group(4));
    }
    Matcher watch = REFUSED_WATCH.matcher(message);
    if (watch.find()) {
      return missing("watch", full(watch.group(3), watch.group(1)), watch.group(2));
    }
    return new ApiTrouble("kubernetes_forbidden", message, "grant it by a Role");
  }

  /** A resource as a Role names it, with its group unless that is the core one. */
  private static String full(String resource, @Nullable String group) {
    return group == null || group.isEmpty() ? resource : resource + "." + group;
  }

  /** The trouble of a missing right. */
  static ApiTrouble missing(String verb, String resource, String namespace) {
    return new ApiTrouble(
        "kubernetes_forbidden",
        "Usher must be allowed to %s %s in namespace %s but is not"
            .formatted(verb, resource, namespace),
        "grant it to Usher's service account by a Role and a RoleBinding in namespace "
            + namespace);
  }

  /** The trouble of a missing service. */
  static ApiTrouble noService(Location place, String upstream) {
    return new ApiTrouble(
        "kubernetes_no_service",
        "Service %s must exist in namespace %s but does not"
            .formatted(place.service(), place.namespace()),
        "create it, or correct upstreams.%s.kubernetes".formatted(upstream));
  }

  /**
   * The trouble of a service that has no such port, or several of which none was chosen.
   *
   * @param wanted the port of the configuration; null for the only one
   * @param known the ports that it has
   */
  static ApiTrouble noPort(String upstream, @Nullable String wanted, Set<String> known) {
    String setting = "upstreams.%s.kubernetes.port".formatted(upstream);
    String ports = String.join(", ", known);
    return new ApiTrouble(
        "kubernetes_no_port",
        wanted == null
            ? "%s must be set, for the service has several: %s".formatted(setting, ports)
            : "%s must be one of %s but was %s".formatted(setting, ports, wanted),
        "correct it; until then none of the pods is used");
  }

  /** The trouble of pods that wait for Usher, which is not told to care for them. */
  static ApiTrouble shutGate(String upstream) {
    return new ApiTrouble(
        "readiness_gate_shut",
        "Pods have the readiness gate %s, for which upstreams.%s.kubernetes.readinessGate"
                .formatted(ReadinessGate.CONDITION, upstream)
            + " must be true but was false: they never become ready",
        "set it, or take the gate out of the pods' template");
  }

  /** The fault of a service whose pods Usher cannot know, and so not open their gates. */
  static ApiTrouble noSelector(Location place, String upstream) {
    return new ApiTrouble(
        "readiness_gate_unseen",
        "Service %s in namespace %s must have a selector for upstreams.%s.kubernetes.readinessGate"
                .formatted(place.service(), place.namespace(), upstream)
            + " but has none: which pods wait at the gate is not known, and it never opens",
        "give the Service a selector, or leave readinessGate out");
  }

  private static @Nullable KubernetesClientException cause(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof KubernetesClientException found && found.getCode() > 0) {
        return found;
      }
    }
    return null;
  }

  /** The message of the innermost cause, which says most. */
  private static String message(Throwable failure) {
    KubernetesClientException refused = cause(failure);
    Throwable at = refused == null ? failure : refused;
    while (refused == null && at.getCause() != null) {
      at = at.getCause();
    }
    String message = at.getMessage();
    return message == null ? at.getClass().getSimpleName() : message;
  }
}
