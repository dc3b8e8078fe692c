package dev.usher.pods.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check, made beforehand, that an upstream can be followed: that all rights are granted, and that
 * the service and its port exist.
 */
public final class AccessCheck {
  /** All rights that following the pods of a service needs, in the namespace of the service. */
  private static final List<Right> RIGHTS =
      List.of(
          new Right("get", "", "services"),
          new Right("list", "discovery.k8s.io", "endpointslices"),
          new Right("watch", "discovery.k8s.io", "endpointslices"),
          new Right("list", "", "pods"),
          new Right("watch", "", "pods"));

  private static final Right OPEN_GATES = new Right("patch", "", "pods/status");

  /** The slices of Usher's own service tell in which zone it is. */
  private static final Right OWN_ZONE = new Right("list", "discovery.k8s.io", "endpointslices");

  private final Cluster cluster;
  private final List<ApiTrouble> troubles = new ArrayList<>();

  private record Right(String verb, String group, String resource) {
    @Nullable String subresource() {
      int slash = resource.indexOf('/');
      return slash < 0 ? null : resource.substring(slash + 1);
    }

    String full() {
      return group.isEmpty() ? resource : resource + "." + group;
    }
  }

  private AccessCheck(Cluster cluster) {
    this.cluster = cluster;
  }

  /** What is missing, one sentence each; empty if nothing is. Blocks until the API has answered. */
  public static List<String> of(Cluster cluster, String upstream, KubernetesOptions options) {
    AccessCheck check = new AccessCheck(cluster);
    try {
      check.look(upstream, options);
    } catch (KubernetesClientException e) {
      check.troubles.add(ApiTrouble.of(e));
    }
    return check.troubles.stream()
        .map(
            trouble ->
                "upstreams.%s.kubernetes: %s: %s"
                    .formatted(upstream, trouble.problem(), trouble.fix()))
        .toList();
  }

  private void look(String upstream, KubernetesOptions options) {
    KubernetesClient client = cluster.client();
    Location location = cluster.place(options);
    RIGHTS.forEach(right -> need(right, location));
    if (options.opensGate()) {
      need(OPEN_GATES, location);
    }
    if (options.preferZone() && !cluster.ownService().isBlank()) {
      need(OWN_ZONE, new Location(cluster.ownNamespace(), cluster.ownService()));
    }
    if (!troubles.isEmpty()) {
      return;
    }
    Service service =
        client.services().inNamespace(location.namespace()).withName(location.service()).get();
    if (service == null) {
      troubles.add(ApiTrouble.noService(location, upstream));
      return;
    }
    if (options.opensGate() && KubernetesPods.selectorOf(service).isEmpty()) {
      troubles.add(ApiTrouble.noSelector(location, upstream));
    }
    Endpoints.Joined joined =
        new Endpoints(options, new PodIndex(() -> {}))
            .join(
                client
                    .discovery()
                    .v1()
                    .endpointSlices()
                    .inNamespace(location.namespace())
                    .withLabel(Cluster.SERVICE_NAME, location.service())
                    .list()
                    .getItems(),
                null);
    if (joined.portMissing()) {
      troubles.add(ApiTrouble.noPort(upstream, options.port(), joined.ports()));
    }
  }

  private void need(Right right, Location location) {
    if (!isAllowed(right, location)) {
      ApiTrouble missing = ApiTrouble.missing(right.verb(), right.full(), location.namespace());
      if (!troubles.contains(missing)) {
        troubles.add(missing);
      }
    }
  }

  private boolean isAllowed(Right right, Location location) {
    SelfSubjectAccessReview asked =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withNamespace(location.namespace())
            .withVerb(right.verb())
            .withGroup(right.group())
            .withResource(right.resource().split("/", -1)[0])
            .withSubresource(right.subresource())
            // A Role may allow this one service only, but lists cannot be narrowed in that way.
            .withName(right.verb().equals("get") ? location.service() : null)
            .endResourceAttributes()
            .endSpec()
            .build();
    SelfSubjectAccessReview answer =
        cluster.client().authorization().v1().selfSubjectAccessReview().create(asked);
    return Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }
}
