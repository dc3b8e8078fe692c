package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What real processes of Usher raised in a real API server ends as it was. */
@WaitingOnCluster
@Order(4)
final class RaisedTest {
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

  private final Raised raised = new Raised();
  private final Floored shop = new Floored(raised, OwnerKind.HPA, "shop");

  @AfterEach
  void close() {
    raised.close();
  }

  @Test
  void aKilledGatewayIsFollowedByAnotherThatGoesOn() {
    Owner hpa = shop.applied(2);
    JsonNode before = hpa.everything();
    try (HostGateway first = raised.gateway(3, "desired")) {
      Until.so(TWO_MINUTES, () -> hpa.min() == 3, first::printed);
      first.kill();
    }
    assertThat(hpa.min()).isEqualTo(3);
    long began = System.nanoTime();
    try (HostGateway second = raised.gateway(1, "desired")) {
      // A step a minute, so that is the whole of it.
      Until.so(Duration.ofMinutes(5), () -> !hpa.isNoted(), second::printed);
      Until.measured(
          "gateway killed while the floor was 3: another gave 2 back %.0f s after it was started",
          World.seconds(began));
    }
    assertThat(hpa.everything()).isEqualTo(before);
  }

  @Test
  void aRestoreByHandGivesEverythingBackAtOnce() {
    Owner hpa = shop.applied(2);
    JsonNode before = hpa.everything();
    shop.look(30);
    long began = System.nanoTime();
    try (HostGateway command =
        HostGateway.command(
            raised.kubeconfig(), "floor", "restore", "--namespace=" + raised.namespace())) {
      assertThat(command.awaitEnd()).as(command.printed()).isZero();
      Until.measured(
          "usher floor restore: given back after %.1f s, its own start included",
          World.seconds(began));
    }
    assertThat(hpa.everything()).isEqualTo(before);
  }
}
