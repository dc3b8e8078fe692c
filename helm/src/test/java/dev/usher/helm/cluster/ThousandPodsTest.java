package dev.usher.helm.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.helm.cluster.Slices.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A service of a thousand pods, which are pretended: nobody sends them a request. */
@OnCluster
final class ThousandPodsTest {
  private static final String NAMESPACE = "usher-thousand";
  private static final int PODS = 1000;

  /** A node takes 110. */
  private static final int NODES = 10;

  @BeforeAll
  static void nodesForThem() {
    ClusterTool.isNeeded();
    Kube.restricted(NAMESPACE);
    Account.ofUsher(NAMESPACE);
    ClusterTool.call("fake-nodes", Integer.toString(NODES), "1");
    Kube.apply(NAMESPACE, "thousand.yaml", Map.of());
  }

  @AfterAll
  static void nothingStays() {
    Kube.remove(NAMESPACE);
    Kube.client().nodes().withLabel("type", "kwok").delete();
  }

  @Test
  void aThousandPodsInTenSlicesAreCountedAsTheyComeAndGo() {
    try (Gateway gateway = Gateway.start(NAMESPACE, new Account(NAMESPACE, "usher").kubeconfig());
        Slices slices = new Slices(NAMESPACE, Shop.NAME);
        Followers followers = new Followers(List.of(gateway.replica()))) {
      Until.so("no pod is known", () -> gateway.replica().status("/readyz") == 200);
      Measured.say("without pods: %d MiB resident", gateway.residentMegabytes());
      counted(gateway, slices, followers, PODS);
      assertThat(slices.slices()).isGreaterThanOrEqualTo(10);
      Measured.say("%d slices", slices.slices());
      double before = gateway.processorSeconds();
      Until.passed(Duration.ofSeconds(5));
      Measured.say(
          "%d pods that rest: %d MiB resident, %.0f %% of one processor",
          PODS, gateway.residentMegabytes(), (gateway.processorSeconds() - before) * 20);
      counted(gateway, slices, followers, 0);
    }
  }

  private static void counted(Gateway gateway, Slices slices, Followers followers, int pods) {
    double processor = gateway.processorSeconds();
    long begin = System.nanoTime();
    Kube.scale(NAMESPACE, Shop.NAME, pods);
    Until.within(
        Duration.ofMinutes(3),
        () -> "the slices have " + pods + " ready pods but " + slices.ready(),
        () -> slices.ready() == pods);
    Until.so("the gateway knows all", () -> gateway.replica().podsReady() == pods);
    Until.passed(Duration.ofMillis(500));
    List<Change> changes = slices.since(begin);
    Change last = changes.get(changes.size() - 1);
    Followers.Delay delay = followers.delays(List.of(last)).get(0);
    Measured.say(
        "%d pods after %d changes of the slices in %.1f s: the right number %d ms after the last"
            + " change (at least %d), %.1f s of a processor, %d MiB resident",
        pods,
        changes.size(),
        (last.nanos() - begin) / 1e9,
        delay.atMost(),
        delay.atLeast(),
        gateway.processorSeconds() - processor,
        gateway.residentMegabytes());
    assertThat(delay.atLeast()).isLessThanOrEqualTo(1000);
    assertThat(gateway.residentMegabytes()).isLessThan(500);
  }
}
