package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A release that goes, or loses its right, while it has raised a floor gives it back first. */
@WaitingOnCluster
@Order(5)
final class RaisedReleaseTest {
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
  private static final String RAISES =
      """
      replicas: 1
      key: {existingSecret: "", generate: true}
      config: {upstreams: {shop: {scaling: {min: 6, floor: %s}}}}
      """;

  private final Raised raised = new Raised();

  @AfterEach
  void close() {
    raised.close();
  }

  private static String raises(String floor) {
    return RAISES.formatted(floor);
  }

  @Test
  void whatIsRaisedIsGivenBackBeforeTheRightGoesAndBeforeUsherGoes() {
    Owner hpa = new Floored(raised, OwnerKind.HPA, "shop").applied(2);
    JsonNode before = hpa.everything();
    raised.release().install("City Concert", raises("desired"));
    Until.so(TWO_MINUTES, () -> hpa.min() == 6, () -> hpa.now().toPrettyString());
    long began = System.nanoTime();
    raised.release().upgrade("Without a floor", raises("\"off\""));
    assertThat(hpa.everything()).isEqualTo(before);
    Until.measured(
        "upgrade that takes the right away while the floor is raised: %.0f s, given back",
        World.seconds(began));

    raised.release().upgrade("With one again", raises("desired"));
    Until.so(Duration.ofMinutes(4), () -> hpa.min() == 6, () -> hpa.now().toPrettyString());
    began = System.nanoTime();
    raised.release().uninstall();
    assertThat(hpa.everything()).isEqualTo(before);
    Until.measured(
        "helm uninstall while the floor is raised: %.0f s, given back", World.seconds(began));
    String in = raised.namespace();
    assertThat(raised.client().batch().v1().jobs().inNamespace(in).list().getItems()).isEmpty();
    assertThat(raised.client().rbac().roles().inNamespace(in).list().getItems()).isEmpty();
  }
}
