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

/**
 * KEDA and the autoscaler of Kubernetes make of Usher's number the pods that it says, however many
 * there are before.
 */
@WaitingOnCluster
@Order(2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EveryStartTest {
  private static final List<Integer> STARTS =
      IntStream.rangeClosed(Sale.NEEDED / 2, Sale.NEEDED).boxed().toList();

  private static final Duration MINUTES = Duration.ofMinutes(3);

  private final Sale sale = new Sale("usher-starts-");
  private final Keda keda = new Keda(sale.client(), sale.namespace());
  private final List<String> shops = STARTS.stream().map(pods -> "from-" + pods).toList();

  @BeforeAll
  void openTheSale() {
    sale.open();
    Map<Integer, Shop> from = new LinkedHashMap<>();
    STARTS.forEach(pods -> from.put(pods, sale.shop("from-" + pods, pods)));
    from.forEach((pods, shop) -> shop.awaitReady(pods, MINUTES));
    sale.begin(shops);
  }

  @AfterAll
  void closeTheSale() {
    sale.close();
  }

  @Test
  void fromEveryStartBetweenHalfAndAllTheSizeEndsWhereItIsNeeded() {
    Map<Integer, Sizes> sizes = new LinkedHashMap<>();
    List<VisitCrowd> crowds = new ArrayList<>();
    try {
      for (int pods : STARTS) {
        String shop = "from-" + pods;
        sizes.put(pods, new Sizes(sale.client(), sale.namespace(), shop));
        crowds.add(sale.crowd(shop, Sale.VISITORS));
      }
      Until.so(MINUTES, () -> STARTS.stream().allMatch(this::isSaid), this::said);
      sale.letKedaFollow(shops);
      STARTS.forEach(pods -> keda.awaitFollowing("from-" + pods));
      Until.so(
          MINUTES,
          () -> sizes.values().stream().allMatch(seen -> seen.now() >= Sale.NEEDED),
          () -> "all as many as needed, but " + ends(sizes));
      // Two more looks of the autoscaler: it stays there.
      Until.pause(2 * Keda.ONE_PERIOD.toMillis());
      Until.measured("%d pods needed: from each start to: %s", Sale.NEEDED, ends(sizes));
      sizes.forEach(
          (start, seen) -> {
            assertThat(seen.now()).as("from " + start).isBetween(Sale.NEEDED, Sale.MOST);
            assertThat(seen.asked()).as("from " + start).isSorted();
          });
    } finally {
      crowds.forEach(VisitCrowd::end);
      sizes.values().forEach(Sizes::close);
    }
  }

  private boolean isSaid(int pods) {
    return sale.desired("from-" + pods) >= Sale.NEEDED;
  }

  private String said() {
    Map<Integer, Integer> said = new LinkedHashMap<>();
    STARTS.forEach(pods -> said.put(pods, sale.desired("from-" + pods)));
    return Sale.NEEDED + " everywhere, but " + said;
  }

  private static Map<Integer, List<Integer>> ends(Map<Integer, Sizes> sizes) {
    Map<Integer, List<Integer>> ends = new LinkedHashMap<>();
    sizes.forEach((start, seen) -> ends.put(start, seen.asked()));
    return ends;
  }
}
