package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Usher with one right less than it needs: all that the chart grants is needed. */
@OnCluster
@Order(4)
final class RightsTest {
  private final World world;
  private final ApiDoor door;

  RightsTest(World world) {
    this.world = world;
    this.door = new ApiDoor(world.kubeconfig());
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
    return new Account(world, door)
        .granted(
            "without-" + name,
            Right.TO_FOLLOW.stream().filter(right -> !right.is(verb, resource)).toList());
  }
}
