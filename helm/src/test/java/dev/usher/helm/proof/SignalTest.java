package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.visit.VisitCrowd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * KEDA and the autoscaler of Kubernetes bring the pods that a crowd needs, and take them away: as
 * real as they are, with pods that are only pretended.
 */
@WaitingOnCluster
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignalTest {
  /** What a busy machine is late comes on top of the autoscaler's period. */
  private static final Duration LATE = Duration.ofSeconds(4);

  private static final Duration MINUTES = Duration.ofMinutes(3);

  private static final List<String> SHOPS = List.of("grow");

  private final Sale sale = new Sale("usher-signal-");
  private final Keda keda = new Keda(sale.client(), sale.namespace());

  @BeforeAll
  void openTheSale() {
    sale.open();
    sale.shop("grow", 2);
    sale.begin(SHOPS);
    sale.letKedaFollow(SHOPS);
  }

  @AfterAll
  void closeTheSale() {
    sale.close();
  }

  @Test
  void aCrowdThatWaitsBringsThePodsThatItNeedsAndWhoeverLeavesTakesThemAway() {
    keda.awaitFollowing("grow");
    try (Sizes sizes = new Sizes(sale.client(), sale.namespace(), "grow")) {
      long came = System.nanoTime();
      VisitCrowd crowd = sale.crowd("grow", Sale.VISITORS);
      grows(sizes, came);
      staysWhileUsherIsAway(sizes);
      crowd.stay(false);
      Until.so(MINUTES, () -> crowd.present() == 0, () -> crowd.present() + " are there");
      shrinks(sizes);
    }
  }

  private void grows(Sizes sizes, long came) {
    Until.so(MINUTES, () -> sale.desired("grow") >= Sale.NEEDED, () -> "" + sale.desired("grow"));
    double metric = World.seconds(came);
    Until.so(MINUTES, () -> sizes.now() > 2, () -> "" + sizes.asked());
    double first = World.seconds(came);
    Until.so(MINUTES, () -> keda.wanted("grow") >= Sale.NEEDED, () -> "" + keda.wanted("grow"));
    double autoscaler = World.seconds(came);
    Until.so(MINUTES, () -> sizes.now() >= Sale.NEEDED, () -> "" + sizes.asked());
    double asked = World.seconds(came);
    Until.so(MINUTES, () -> sizes.ready() >= Sale.NEEDED, () -> "" + sizes.ready());
    Until.measured(
        "a crowd that needs %d pods where there are 2: said %.1f s after its first visitor came,"
            + " first pod asked for %.1f s, wanted by the HPA %.1f s, all asked for %.1f s, all"
            + " ready %.1f s (each pretends to start for 5 s); sizes %s",
        Sale.NEEDED, metric, first, autoscaler, asked, World.seconds(came), sizes.asked());
    assertThat(first).isLessThan(Keda.ONE_PERIOD.plus(LATE).toMillis() / 1e3);
    assertThat(sizes.now()).isBetween(Sale.NEEDED, Sale.MOST);
  }

  private void staysWhileUsherIsAway(Sizes sizes) {
    int before = sizes.now();
    int steps = sizes.asked().size();
    sale.runUsher(0);
    Until.pause(60_000);
    sale.runUsher(2);
    Until.so(MINUTES, () -> isSaidOfGrow(), () -> "Usher says its number again");
    Until.pause(2 * Keda.ONE_PERIOD.toMillis());
    Until.measured(
        "Usher away for a minute: %d pods before, then %s",
        before, sizes.asked().subList(steps - 1, sizes.asked().size()));
    assertThat(sizes.asked().subList(steps - 1, sizes.asked().size()))
        .as("nothing shrinks")
        .allMatch(size -> size >= before);
  }

  private boolean isSaidOfGrow() {
    try {
      return sale.desired("grow") >= Sale.NEEDED;
    } catch (java.io.UncheckedIOException away) {
      return false;
    }
  }

  /** The chart takes a tenth a minute, after five minutes: here it may take all at once. */
  private void shrinks(Sizes sizes) {
    keda.change(
        "grow",
        """
        [{"op": "replace",
          "path": "/spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleDown",
          "value": {"stabilizationWindowSeconds": 0,
                    "policies": [{"type": "Percent", "value": 100, "periodSeconds": 15}]}}]
        """);
    long left = System.nanoTime();
    Until.so(MINUTES, () -> sizes.now() == 2, () -> "2 pods, but " + sizes.asked());
    Until.measured(
        "the crowd is gone: 2 pods asked for after %.1f s, without the chart's five minutes of"
            + " patience and its tenth a minute; sizes %s",
        World.seconds(left), sizes.asked());
  }
}
