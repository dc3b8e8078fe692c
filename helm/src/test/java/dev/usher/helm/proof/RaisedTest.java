package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.provision.floor.FloorNews;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A floor that Usher raised in a real API server ends as it was, whatever happens meanwhile. */
@OnCluster
@Order(10)
final class RaisedTest {
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

  private final Raised raised = new Raised(kubeconfig());

  private static Path kubeconfig() {
    return Path.of(Objects.requireNonNull(System.getenv("KUBECONFIG")));
  }

  @BeforeEach
  void theShopHasTwoPods() {
    assertThat(raised.shop().ready()).hasSize(2);
  }

  @AfterEach
  void close() {
    raised.close();
  }

  @Test
  void anHpaIsRaisedAndGivenBackFieldByField() {
    Owner hpa = raised.hpa(2);
    JsonNode before = hpa.everything();
    long began = System.nanoTime();
    FloorNews news = raised.look(30);
    assertThat(news.trouble()).isNull();
    double written = World.seconds(began);
    Until.so(
        HALF_A_MINUTE,
        () -> hpa.now().at("/status/desiredReplicas").asInt() == 30,
        () -> hpa.now().toPrettyString());
    double asked = World.seconds(began);
    raised.shop().awaitReady(30, TWO_MINUTES);
    Until.measured(
        "floor of an HPA 2 -> 30: written after %.2f s, 30 pods asked for after %.1f s, ready"
            + " after %.1f s",
        written, asked, World.seconds(began));
    // While it is raised, an apply of the manifest is refused, and says by whom.
    assertThatThrownBy(() -> raised.hpa(2)).hasMessageContaining("usher");
    raised.lookUntilGivenBack(hpa);
    assertThat(hpa.everything()).isEqualTo(before);
    // And then another value goes through, and so does a manifest that leaves it out.
    raised.hpa(3);
    assertThat(hpa.min()).isEqualTo(3);
    raised.apply(
        Raised.HELM, Texts.of("scaler.yaml", "MIN", "3").replace("  minReplicas: 3\n", ""));
    assertThat(hpa.min()).isEqualTo(1);
  }

  @Test
  void aKilledGatewayIsFollowedByAnotherThatGoesOn() {
    Owner hpa = raised.hpa(2);
    JsonNode before = hpa.everything();
    try (HostGateway first = raised.gateway(5, "desired")) {
      Until.so(TWO_MINUTES, () -> hpa.min() == 5, first::printed);
      first.kill();
    }
    assertThat(hpa.min()).isEqualTo(5);
    long began = System.nanoTime();
    try (HostGateway second = raised.gateway(1, "desired")) {
      // 5, 4, 3, 2: a step a minute.
      Until.so(Duration.ofMinutes(5), () -> !hpa.isNoted(), second::printed);
      Until.measured(
          "gateway killed while the floor was 5: another gave 2 back %.0f s after it was started",
          World.seconds(began));
    }
    assertThat(hpa.everything()).isEqualTo(before);
  }

  @Test
  void whoeverDiedBetweenTheLastTwoRequestsLosesNothing() {
    Owner hpa = raised.hpa(2);
    JsonNode before = hpa.everything();
    raised.look(30);
    String note =
        hpa.now()
            .at("/metadata/annotations/usher.dev~1floor")
            .asText()
            .replace("\"raised\",\"was\"", "\"returning\",\"was\"")
            .replace("\"", "\\\"");
    hpa.patch(
        "usher",
        "{\"metadata\": {\"annotations\": {\"usher.dev/floor\": \""
            + note
            + "\"}}, \"spec\": {\"minReplicas\": 2}}");
    assertThat(hpa.everything()).isNotEqualTo(before);
    raised.anotherLeads();
    raised.look(1);
    assertThat(hpa.everything()).isEqualTo(before);
  }

  @Test
  void aPersonsEditStandsAndIsToldOf() {
    Owner hpa = raised.hpa(2);
    raised.look(30);
    hpa.edit("kubectl-edit", 12);
    FloorNews news = raised.look(30);
    assertThat(news.standing()).isEqualTo("changed_by_others");
    assertThat(Objects.requireNonNull(news.trouble()).problem())
        .contains("minReplicas was 2", "wrote 12");
    raised.lookUntilGivenBack(hpa);
    assertThat(hpa.min()).isEqualTo(12);
    assertThat(hpa.everything().toString()).doesNotContain("usher").contains("kubectl-edit");
  }

  @Test
  void whoPutsItBackAgainAndAgainIsNamedAndLeftAlone() {
    String manifest = Texts.of("scaler.yaml", "MIN", "2");
    raised.force("argocd-controller", manifest);
    Owner hpa = raised.hpa();
    int written = 0;
    FloorNews news = raised.look(30);
    for (int i = 0; i < 10; i++) {
      written += hpa.min() == 30 ? 1 : 0;
      raised.force("argocd-controller", manifest);
      raised.pass(Duration.ofSeconds(5));
      news = raised.look(30);
    }
    assertThat(news.standing()).isEqualTo("put_back_again");
    assertThat(Objects.requireNonNull(news.trouble()).problem()).startsWith("argocd-controller");
    assertThat(news.trouble().fix()).contains("RespectIgnoreDifferences=true");
    assertThat(written).isEqualTo(3);
    assertThat(hpa.min()).isEqualTo(2);
    raised.look(1);
    assertThat(hpa.isNoted()).isFalse();
    assertThat(hpa.everything().toString()).doesNotContain("\"usher\"");
    Until.measured("put back ten times: Usher wrote %d times, and then stopped", written);
  }

  @Test
  void whatWasRaisedForAnUpstreamThatIsGoneIsGivenBack() {
    Owner hpa = raised.hpa(2);
    JsonNode before = hpa.everything();
    raised.look(30);
    raised.sweepUntilGivenBack(hpa);
    assertThat(hpa.everything()).isEqualTo(before);
  }

  @Test
  void aDeploymentThatNothingScalesIsRaisedItself() {
    raised.force(Raised.HELM, deployment(3));
    Owner deployment = raised.deployment();
    JsonNode before = deployment.everything();
    long began = System.nanoTime();
    assertThat(raised.look(30).trouble()).isNull();
    raised.shop().awaitReady(30, TWO_MINUTES);
    Until.measured("a Deployment 3 -> 30: 30 pods ready after %.1f s", World.seconds(began));
    raised.lookUntilGivenBack(deployment);
    assertThat(deployment.everything()).isEqualTo(before);
    raised.shop().awaitReady(3, TWO_MINUTES);
    raised.apply(Raised.HELM, deployment(4));
    assertThat(deployment.min()).isEqualTo(4);
  }

  private static String deployment(int replicas) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: shop}
    spec: {replicas: %d}
    """
        .formatted(replicas);
  }

  @Test
  void aRestoreByHandGivesEverythingBackAtOnce() {
    Owner hpa = raised.hpa(2);
    JsonNode before = hpa.everything();
    raised.look(30);
    long began = System.nanoTime();
    try (HostGateway command =
        HostGateway.command(
            kubeconfig(), "floor", "restore", "--namespace=" + raised.namespace())) {
      assertThat(command.awaitEnd()).as(command.printed()).isZero();
      Until.measured(
          "usher floor restore: given back after %.1f s, its own start included",
          World.seconds(began));
    }
    assertThat(hpa.everything()).isEqualTo(before);
  }
}
