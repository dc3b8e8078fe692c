package dev.usher.provision.floor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Only what is found again is raised, or it would stay so for ever. */
final class RaisedKindsTest {
  @Test
  void whatIsSweptMayBeRaisedAndNothingElse() {
    assertThat(FloorApi.known("keda.sh/v1alpha1", "ScaledObject")).isNotNull();
    assertThat(FloorApi.known("autoscaling/v2", "HorizontalPodAutoscaler")).isNotNull();
    assertThat(FloorApi.known("apps/v1", "Deployment")).isNotNull();
    assertThat(FloorApi.known("apps/v1", "StatefulSet")).isNotNull();
    assertThat(FloorApi.known("apps/v1", "ReplicaSet")).isNull();
    assertThat(FloorApi.known("argoproj.io/v1alpha1", "Rollout")).isNull();
    assertThat(FloorApi.known("example.com/v1", "Deployment")).isNull();
  }
}
