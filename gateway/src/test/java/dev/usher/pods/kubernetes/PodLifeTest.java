package dev.usher.pods.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.pods.kubernetes.Restarts.Run;
import io.fabric8.kubernetes.api.model.ContainerStateRunningBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a pod says of itself. */
final class PodLifeTest {
  @Test
  void anAnnotationThatIsNoNumberIsAsIfItWereNotThere() {
    assertThat(
            PodLife.of(
                new PodBuilder()
                    .withNewMetadata()
                    .withAnnotations(Map.of(PodLife.SESSIONS, "many"))
                    .endMetadata()
                    .build()))
        .isEqualTo(
            new PodLife(
                new Restarts(Map.of(), Run.UNTOLD),
                false,
                0,
                ReadinessGate.Standing.NONE,
                null,
                0));
  }

  /** A pod that has been ready since noon, whose only container was started then. */
  private static PodLife life(@Nullable String startedAt) {
    PodBuilder pod =
        new PodBuilder()
            .withNewMetadata()
            .withUid("u")
            .endMetadata()
            .withNewStatus()
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .withLastTransitionTime("2026-06-01T12:00:00Z")
            .endCondition()
            .addNewContainerStatus()
            .withRestartCount(1)
            .withNewState()
            .withRunning(new ContainerStateRunningBuilder().withStartedAt(startedAt).build())
            .endState()
            .endContainerStatus()
            .endStatus();
    return PodLife.of(pod.build());
  }

  @Test
  void aContainerThatIsRestartedWithoutLosingTheConditionIsAsOldAsItsStart() {
    long noon = life(null).readySince(8080);
    assertThat(noon).isEqualTo(Instant.parse("2026-06-01T12:00:00Z").toEpochMilli());
    assertThat(life("2026-06-01T11:59:00Z").readySince(8080)).isEqualTo(noon);
    assertThat(life("2026-06-01T15:30:00Z").readySince(8080) - noon)
        .isEqualTo(Duration.ofMinutes(210).toMillis());
  }
}
