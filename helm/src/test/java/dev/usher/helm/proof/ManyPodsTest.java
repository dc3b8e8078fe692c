package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A thousand pretended pods in ten slices, which nobody's process is behind. */
@OnCluster
@Order(5)
final class ManyPodsTest {
  private static final int PODS = 1000;
  private static final Duration MINUTES = Duration.ofMinutes(2);
  private static final long MEMORY_MAX = 400;

  private final World world;

  ManyPodsTest(World world) {
    this.world = world;
  }

  @Test
  void aThousandPodsComeAndGoAndCapacityIsRightAMomentLater() {
    World.script("fake-nodes", "10", "2");
    Shop many = new Shop(world.client(), world.namespace(), "many");
    many.pretend(0, "2s");
    try (Slices slices = new Slices(world, "many");
        HostGateway gateway =
            HostGateway.start(world.kubeconfig(), world.namespace(), "many", "run", "--config")) {
      String ops = gateway.awaitOps();
      double idle = gateway.processor();
      long began = System.nanoTime();
      many.scale(PODS);
      Until.so(MINUTES, () -> slices.ready().size() == PODS, () -> "" + slices.ready().size());
      long seen = System.nanoTime();
      await(ops, PODS, gateway);
      Until.measured(
          "%d pods in %d slices: ready after %.1f s; capacity right %.3f s later; processor %.1f s"
              + " since the first; memory %d MiB",
          PODS,
          slices.count(),
          (seen - began) / 1e9,
          World.seconds(seen),
          gateway.processor() - idle,
          gateway.memory());
      assertThat(slices.count()).isGreaterThanOrEqualTo(10);
      assertThat(World.seconds(seen)).isLessThan(2);

      measureRest(gateway);
      many.scale(0);
      Until.so(MINUTES, () -> slices.ready().isEmpty(), () -> "" + slices.ready().size());
      seen = System.nanoTime();
      await(ops, 0, gateway);
      Until.measured(
          "%d pods gone: capacity right %.3f s later, memory %d MiB",
          PODS, World.seconds(seen), gateway.memory());
      assertThat(gateway.memory()).isLessThan(MEMORY_MAX);
    }
  }

  private static void measureRest(HostGateway gateway) {
    double before = gateway.processor();
    Until.pause(5000);
    Until.measured("%d pods: processor %.3f of one", PODS, (gateway.processor() - before) / 5);
  }

  private void await(String ops, int pods, HostGateway gateway) {
    Until.so(
        MINUTES,
        () ->
            world.http().json(ops + "/api/upstreams").at("/upstreams/0/podsReady").asInt() == pods,
        () ->
            world.http().json(ops + "/api/upstreams").at("/upstreams/0/podsReady")
                + gateway.printed());
  }
}
