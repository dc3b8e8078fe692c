package dev.usher.provision.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What in the rules of an autoscaler for growth keeps pods away, or lets them come late. */
final class ScaleUpReview {
  /** The number that Usher says is by more than this part above the pods that there are. */
  private static final BigDecimal TENTH = new BigDecimal("0.1");

  private static final String TOLERANCE = "tolerance";

  private ScaleUpReview() {}

  /**
   * Looks at them.
   *
   * @param up the rules, empty where there are none
   * @param path where they are in the object's {@code spec}
   */
  static void of(JsonObject up, String path, ScalerVerdict verdict) {
    if (up.isEmpty()) {
      verdict.note(
          "no %s: it doubles every 15 s at most, a minute from 2 pods to 28; see docs/scaling.md",
          path);
    }
    if (up.getInteger("stabilizationWindowSeconds", 0) > 0) {
      verdict.wrong(
          "%s.stabilizationWindowSeconds must be 0 but was %d: the first pod comes so much later",
          path, up.getInteger("stabilizationWindowSeconds"));
    }
    BigDecimal tolerance = number(Fields.text(up, TOLERANCE));
    if (tolerance != null && tolerance.compareTo(TENTH) > 0) {
      verdict.wrong(
          "%s.%s must be at most 0.1 but was %s: Usher says a number that is a tenth above the"
              + " pods there are, so the last of those that are needed would never be added",
          path, TOLERANCE, Fields.text(up, TOLERANCE));
    }
  }

  /** As Kubernetes writes numbers, 0.05 or 50m; null for none. */
  private static @Nullable BigDecimal number(String text) {
    try {
      return text.isEmpty() ? null : Quantity.parse(text).getNumericalAmount();
    } catch (IllegalArgumentException | ArithmeticException e) {
      return null; // the API takes none of these
    }
  }
}
