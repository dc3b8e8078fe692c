package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Usher with one right less than it needs: all that the chart grants is needed. */
@OnCluster
@Order(4)
final class RightsTest {
  private static final List<Right> ALL =
      List.of(
          new Right("get", "", "services"),
          new Right("list", "discovery.k8s.io", "endpointslices"),
          new Right("watch", "discovery.k8s.io", "endpointslices"),
          new Right("list", "", "pods"),
          new Right("watch", "", "pods"));

  private final World world;
  private final ApiDoor door;

  RightsTest(World world) {
    this.world = world;
    this.door = new ApiDoor(world.kubeconfig());
  }

  private record Right(String verb, String group, String resource) {
    PolicyRule rule() {
      return new PolicyRuleBuilder()
          .withVerbs(verb)
          .withApiGroups(group)
          .withResources(resource)
          .build();
    }

    boolean is(String otherVerb, String otherResource) {
      return verb.equals(otherVerb) && resource.equals(otherResource);
    }
  }

  @AfterEach
  void end() {
    door.close();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "get, services, services",
    "list, endpointslices, endpointslices.discovery.k8s.io",
    "watch, endpointslices, endpointslices.discovery.k8s.io",
    "list, pods, pods",
    "watch, pods, pods"
  })
  @Order(1)
  void aMissingRightIsNamedBeforehandAndInTheLog(String verb, String resource, String full) {
    Path kubeconfig = grantAllBut(verb + "-" + resource, verb, resource);
    String in = world.namespace();
    try (HostGateway check = HostGateway.start(kubeconfig, in, "shop", "check", "--kubernetes");
        HostGateway run = HostGateway.start(kubeconfig, in, "shop", "run", "--config")) {
      assertThat(check.awaitEnd()).as(check.printed()).isPositive();
      assertThat(check.printed()).contains(verb + " " + full).contains(in);
      run.awaitLine("kubernetes_forbidden");
      assertThat(run.printed().lines().filter(line -> line.contains("kubernetes_forbidden")))
          .allMatch(line -> line.contains(verb + " " + full) && line.contains(in));
      System.out.println(check.printed());
    }
  }

  @Test
  @Order(2)
  void theseRightsAreEnough() {
    Path kubeconfig = grantAllBut("all", "none", "none");
    try (HostGateway check =
        HostGateway.start(kubeconfig, world.namespace(), "shop", "check", "--kubernetes")) {
      assertThat(check.awaitEnd()).as(check.printed()).isEqualTo(0);
    }
  }

  /** A kubeconfig of a service account that has every right but this one. */
  private Path grantAllBut(String name, String verb, String resource) {
    String account = "without-" + name;
    String in = world.namespace();
    PolicyRule[] rules =
        ALL.stream()
            .filter(right -> !right.is(verb, resource))
            .map(Right::rule)
            .toArray(PolicyRule[]::new);
    create(new ServiceAccountBuilder().withNewMetadata().withName(account).endMetadata().build());
    create(
        new RoleBuilder()
            .withNewMetadata()
            .withName(account)
            .endMetadata()
            .withRules(rules)
            .build());
    create(
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(account)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "Role", account)
            .addNewSubject("", "ServiceAccount", account, in)
            .build());
    TokenRequest asked =
        world.client().serviceAccounts().inNamespace(in).withName(account).tokenRequest();
    return door.kubeconfig(text -> asOwner(text, asked.getStatus().getToken()));
  }

  private void create(io.fabric8.kubernetes.api.model.HasMetadata object) {
    world.client().resource(object).inNamespace(world.namespace()).create();
  }

  /** The same cluster for whom this token belongs to. */
  static String asOwner(String kubeconfig, String token) {
    return kubeconfig
        .replaceAll("client-certificate-data: [^,}\\s]+", "token: " + token)
        .replaceAll("client-key-data: [^,}\\s]+", "username: ''")
        .replace(", username: ''", "");
  }
}
