package dev.usher.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many pods an upgrade asks for, beside those that run. */
final class ReplicasTest {
  private static final String SCALED = "autoscaling: {enabled: true, minReplicas: 2}";

  @Test
  void aFirstInstallAsksForWhatIsDeclared() {
    assertThat(replicas(deployment("replicas: 3"))).isEqualTo(3);
    assertThat(asked(deployment("replicas: 3"))).isEqualTo("3");
  }

  @Test
  void aFirstInstallThatTheClusterScalesSaysNothing() {
    assertThat(replicas(deployment(SCALED))).isNull();
    assertThat(asked(deployment(SCALED))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    // asked before, running, declared now, asked for now
    "3, 3, 3, 3", // nothing happened
    "3, 3, 5, 5",
    "5, 5, 3, 3", // whoever declared five declares three
    "3, 8, 3, 8", // somebody scaled, or the cluster
    "3, 8, 5, 8",
    "3, 8, 9, 9",
    "3, 2, 3, 3",
    "3, 0, 3, 3",
    "scaled, 8, 3, 8", // the cluster did, until now
    ", 8, 3, 8", // by a chart that did not write it down
  })
  void onlyWhatTheChartAskedForIsTakenAway(
      @Nullable String before, int running, int declared, int expected) {
    JsonNode deployment = deployment("replicas: " + declared, runs(before, running));
    assertThat(replicas(deployment)).isEqualTo(expected);
    assertThat(asked(deployment)).isEqualTo(String.valueOf(declared));
  }

  @Test
  void aLineInsideTheProcessIsNeverInTwo() {
    String alone = "replicas: 1\nconfig: {store: {redis: null}}";
    assertThat(replicas(deployment(alone, runs("scaled", 8)))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "3, 6", "'', 6"})
  void turningAutoscalingOnLeavesWhatRuns(String before, int running) {
    JsonNode deployment = deployment(SCALED, runs(before, running));
    assertThat(replicas(deployment)).isEqualTo(running);
    assertThat(asked(deployment)).isEqualTo("scaled");
  }

  @Test
  void turningItOnAsksForItsLeastAtOnce() {
    assertThat(replicas(deployment(SCALED, runs("1", 1)))).isEqualTo(2);
  }

  @Test
  void onceNamedTheNumberStaysNamedAsWhatIsNoLongerNamedBecomesOne() {
    assertThat(replicas(deployment(SCALED, runs("scaled", 6), "global: {scaler: {spec: {}}}")))
        .isEqualTo(6);
  }

  @Test
  void whereOnlyTheClusterEverSaidHowManyItGoesOnToSaySo() {
    JsonNode deployment = deployment(SCALED, runs("", 6), "global: {scaler: {spec: {}}}");
    assertThat(replicas(deployment)).isNull();
    assertThat(asked(deployment)).isNull();
  }

  @Test
  void autoscalingThatWouldTakePodsAwayAtOnceIsRefused() {
    String few = "autoscaling: {enabled: true, maxReplicas: 4}";
    assertThatThrownBy(() -> deployment(few, runs("8", 8)))
        .hasMessageContaining("autoscaling.maxReplicas must be at least 8, the pods that run now");
    // Whoever has it on may lower it.
    assertThat(replicas(deployment(few, runs("scaled", 8), "global: {scaler: {spec: {}}}")))
        .isEqualTo(8);
  }

  private static String runs(@Nullable String asked, int replicas) {
    String annotations =
        asked == null || asked.isEmpty() ? "" : "usher.dev/replicas: \"" + asked + "\"";
    return "global: {deployment: {metadata: {annotations: {"
        + annotations
        + "}}, spec: {replicas: "
        + replicas
        + "}}}";
  }

  private static JsonNode deployment(String... values) {
    String[] all = new String[values.length + 1];
    all[0] = Chart.LEAST;
    System.arraycopy(values, 0, all, 1, values.length);
    return Chart.objects(all).deployment();
  }

  private static @Nullable Integer replicas(JsonNode deployment) {
    JsonNode replicas = deployment.at("/spec/replicas");
    return replicas.isMissingNode() ? null : Integer.valueOf(replicas.intValue());
  }

  private static @Nullable String asked(JsonNode deployment) {
    return deployment.at("/metadata/annotations/usher.dev~1replicas").textValue();
  }
}
