package dev.usher.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.WrittenLog;
import dev.usher.provision.SaleStage.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the log says of an opening for which pods are missing. */
final class SaleLogTest {
  private static final SaleStage OPEN =
      new SaleStage("concert/sale@2026-06-12", Phase.OPEN, 30, 1, 0, "30/0/", 1);

  @RegisterExtension private final WrittenLog log = new WrittenLog(SaleLog.class);

  private final SaleLog sales = new SaleLog("shop");

  @Test
  void somePodsMakePeopleWaitLongerAndNoneForEver() {
    sales.below(OPEN, 18, 205.6);
    sales.below(OPEN, 0, Double.POSITIVE_INFINITY);
    String said =
        "WARN sale_below_plan [upstream=\"shop\", event=\"concert/sale@2026-06-12\", pods=\"30\", ";
    assertThat(log.said())
        .containsExactly(
            said + "ready=\"18\", extra_wait_seconds=\"206\"]",
            said + "ready=\"0\", extra_wait_seconds=\"infinite\"]");
  }
}
