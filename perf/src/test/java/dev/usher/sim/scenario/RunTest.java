package dev.usher.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sim.crowd.Crowd;
import dev.usher.sim.plant.Nature;
import dev.usher.sim.usher.UsherOptions.ReplicaOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RunTest {
  @Test
  void theSameSeedIsTheSameRun() {
    Scenario scenario = small(two().when(20, site -> site.cluster().makeUnlike(0.8, 1.2)));
    Results first = Run.of(scenario, GateKind.USHER, 5);
    Results again = Run.of(scenario, GateKind.USHER, 5);
    Results other = Run.of(scenario, GateKind.USHER, 6);
    assertThat(again.hash()).isEqualTo(first.hash());
    assertThat(again.figures()).isEqualTo(first.figures());
    assertThat(again.course()).isEqualTo(first.course());
    assertThat(other.hash()).isNotEqualTo(first.hash());
  }

  @ParameterizedTest
  @EnumSource
  void everyGateMeetsTheSameVisitors(GateKind gate) {
    Results results = Run.of(small(two()), gate, 3);
    assertThat(results.course()).hasSizeGreaterThan(60);
    assertThat(results.of(Metric.PAGES)).isNaN();
    assertThat(Double.isNaN(results.of(Metric.FIRST_ADMITTED))).isEqualTo(!gate.keepsALine());
    assertThat(results.of(Metric.SESSIONS_OVER)).isPositive();
    assertThat(results.course().get(10).atDoor() + results.course().get(10).sessions())
        .isBetween(500, 600);
  }

  @Test
  void withoutAGateACrowdKillsColdPodsAndWithUsherItDoesNot() {
    Scenario scenario = small(new Setup().pods(2, false).crowd(new Crowd(0, 2000, 0, 1)));
    assertThat(Run.of(scenario, GateKind.NO_GATE, 1).of(Metric.CRASHES)).isPositive();
    Results usher = Run.of(scenario, GateKind.USHER, 1);
    assertThat(usher.of(Metric.CRASHES)).isZero();
    assertThat(usher.of(Metric.LOST)).isZero();
  }

  @Test
  void severalReplicasAdmitNoMoreThanOne() {
    Scenario scenario =
        small(
            two()
                .replicas(
                    ReplicaOptions.GOOD,
                    ReplicaOptions.ahead(5000),
                    ReplicaOptions.distant(0.02, 0.02)));
    assertThat(Run.of(scenario, GateKind.USHER, 2).of(Metric.SESSIONS_OVER)).isLessThan(1);
  }

  @Test
  void aTargetIsMissedBeyondItAndByWhatIsNotThere() {
    FigureTarget target = new FigureTarget(Metric.USE, 0.5, 0.9);
    assertThat(target.isKeptBy(0.5)).isTrue();
    assertThat(target.isKeptBy(0.9)).isTrue();
    assertThat(target.isKeptBy(0.91)).isFalse();
    assertThat(target.isKeptBy(0.49)).isFalse();
    assertThat(target.isKeptBy(Double.NaN)).isFalse();
    assertThat(target.text()).isEqualTo("0.500 to 0.900");
  }

  @Test
  void theIdealThatServesFirstPagesTakesLonger() {
    Ideal ideal = new Ideal(Nature.middle(76), 27);
    double full = ideal.seconds(15_000);
    assertThat(full).isBetween(180.0, 260.0);
    assertThat(ideal.secondsWithFirstPages(15_000)).isBetween(full + 5, full + 40);
    assertThat(ideal.seconds(100)).isZero();
  }

  @Test
  void inversionsAreCounted() {
    assertThat(Inversions.of(new int[] {1, 2, 3, 4})).isZero();
    assertThat(Inversions.of(new int[] {4, 3, 2, 1})).isEqualTo(6);
    assertThat(Inversions.of(new int[] {2, 1, 4, 3})).isEqualTo(2);
  }

  private static Setup two() {
    return new Setup().pods(2, true).crowd(new Crowd(0, 600, 0, 1));
  }

  private static Scenario small(Setup setup) {
    return new Scenario(
        "small", "a small crowd", setup.lasting(90), FigureTarget.none(Metric.CRASHES));
  }
}
