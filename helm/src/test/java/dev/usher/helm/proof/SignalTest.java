package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.visit.VisitCrowd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * KEDA and the autoscaler of Kubernetes make of Usher's number the pods that it says: as real as
 * they are, with pods that are only pretended.
 */
@OnCluster
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignalTest {
  /** Visitors whose number needs so many pods, at nine tenths of a session each. */
  private static final int VISITORS = 25;

  private static final int NEEDED = 28;

  /** Where the tolerance of the HPA forces more: the first number it takes notice of from 27. */
  private static final int MOST = 30;

  private static final List<Integer> STARTS =
      IntStream.rangeClosed(NEEDED / 2, NEEDED).boxed().toList();

  /** The autoscaler looks this often; what a busy machine is late comes on top. */
  private static final Duration ONE_PERIOD = Duration.ofSeconds(15);

  private static final Duration LATE = Duration.ofSeconds(4);
  private static final Duration MINUTES = Duration.ofMinutes(3);

  private final Sale sale = new Sale();
  private final Keda keda = new Keda(sale.client(), sale.namespace());
  private final List<String> shops = new ArrayList<>(List.of("grow"));

  @BeforeAll
  void openTheSale() {
    Keda.mustBeThere(sale.client());
    World.script("fake-nodes", "10", "2");
    sale.makeNamespace();
    sale.shop("grow", 2);
    Map<Integer, Shop> from = new LinkedHashMap<>();
    STARTS.forEach(pods -> from.put(pods, sale.shop("from-" + pods, pods)));
    STARTS.forEach(pods -> shops.add("from-" + pods));
    from.forEach((pods, shop) -> shop.awaitReady(pods, MINUTES));
    sale.begin(shops);
  }

  @AfterAll
  void closeTheSale() {
    sale.close();
  }

  @Test
  @Order(1)
  @Execution(ExecutionMode.SAME_THREAD)
  void fromEveryStartBetweenHalfAndAllTheSizeEndsWhereItIsNeeded() {
    Map<Integer, Sizes> sizes = new LinkedHashMap<>();
    List<VisitCrowd> crowds = new ArrayList<>();
    try {
      for (int pods : STARTS) {
        String shop = "from-" + pods;
        sizes.put(pods, new Sizes(sale.client(), sale.namespace(), shop));
        crowds.add(sale.crowd(shop, VISITORS));
      }
      Until.so(MINUTES, () -> STARTS.stream().allMatch(this::isSaid), this::said);
      sale.letKedaFollow(shops);
      STARTS.forEach(pods -> keda.awaitFollowing("from-" + pods));
      Until.so(
          MINUTES,
          () -> sizes.values().stream().allMatch(seen -> seen.now() >= NEEDED),
          () -> "all as many as needed, but " + ends(sizes));
      // Two more looks of the autoscaler: it stays there.
      Until.pause(2 * ONE_PERIOD.toMillis());
      Until.measured("%d pods needed: from each start to: %s", NEEDED, ends(sizes));
      sizes.forEach(
          (start, seen) -> {
            assertThat(seen.now()).as("from " + start).isBetween(NEEDED, MOST);
            assertThat(seen.asked()).as("from " + start).isSorted();
          });
    } finally {
      crowds.forEach(VisitCrowd::end);
      sizes.values().forEach(Sizes::close);
    }
  }

  private boolean isSaid(int pods) {
    return sale.desired("from-" + pods) >= NEEDED;
  }

  private String said() {
    Map<Integer, Integer> said = new LinkedHashMap<>();
    STARTS.forEach(pods -> said.put(pods, sale.desired("from-" + pods)));
    return NEEDED + " everywhere, but " + said;
  }

  private static Map<Integer, List<Integer>> ends(Map<Integer, Sizes> sizes) {
    Map<Integer, List<Integer>> ends = new LinkedHashMap<>();
    sizes.forEach((start, seen) -> ends.put(start, seen.asked()));
    return ends;
  }

  @Test
  @Order(2)
  @Execution(ExecutionMode.SAME_THREAD)
  void aCrowdThatWaitsBringsThePodsThatItNeedsAndWhoeverLeavesTakesThemAway() {
    keda.awaitFollowing("grow");
    try (Sizes sizes = new Sizes(sale.client(), sale.namespace(), "grow")) {
      long came = System.nanoTime();
      VisitCrowd crowd = sale.crowd("grow", VISITORS);
      grows(sizes, came);
      staysWhileUsherIsAway(sizes);
      crowd.stay(false);
      Until.so(MINUTES, () -> crowd.present() == 0, () -> crowd.present() + " are there");
      shrinks(sizes);
    }
  }

  private void grows(Sizes sizes, long came) {
    Until.so(MINUTES, () -> sale.desired("grow") >= NEEDED, () -> "" + sale.desired("grow"));
    double metric = World.seconds(came);
    Until.so(MINUTES, () -> sizes.now() > 2, () -> "" + sizes.asked());
    double first = World.seconds(came);
    Until.so(MINUTES, () -> keda.wanted("grow") >= NEEDED, () -> "" + keda.wanted("grow"));
    double autoscaler = World.seconds(came);
    Until.so(MINUTES, () -> sizes.now() >= NEEDED, () -> "" + sizes.asked());
    double asked = World.seconds(came);
    Until.so(MINUTES, () -> sizes.ready() >= NEEDED, () -> "" + sizes.ready());
    Until.measured(
        "a crowd that needs %d pods where there are 2: said %.1f s after its first visitor came,"
            + " first pod asked for %.1f s, wanted by the HPA %.1f s, all asked for %.1f s, all"
            + " ready %.1f s (each pretends to start for 5 s); sizes %s",
        NEEDED, metric, first, autoscaler, asked, World.seconds(came), sizes.asked());
    assertThat(first).isLessThan(ONE_PERIOD.plus(LATE).toMillis() / 1e3);
    assertThat(sizes.now()).isBetween(NEEDED, MOST);
  }

  private void staysWhileUsherIsAway(Sizes sizes) {
    int before = sizes.now();
    int steps = sizes.asked().size();
    sale.runUsher(0);
    Until.pause(60_000);
    sale.runUsher(2);
    Until.so(MINUTES, () -> isSaidOfGrow(), () -> "Usher says its number again");
    Until.pause(2 * ONE_PERIOD.toMillis());
    Until.measured(
        "Usher away for a minute: %d pods before, then %s",
        before, sizes.asked().subList(steps - 1, sizes.asked().size()));
    assertThat(sizes.asked().subList(steps - 1, sizes.asked().size()))
        .as("nothing shrinks")
        .allMatch(size -> size >= before);
  }

  private boolean isSaidOfGrow() {
    try {
      return sale.desired("grow") >= NEEDED;
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
