package dev.usher.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OverTest {
  private enum Way {
    ON_FOOT,
    BY_BIKE,
    BY_TRAIN
  }

  @Over(Way.class)
  private static final class Everywhere {}

  @Over(value = Way.class, smoke = true)
  private static final class Smoke {}

  @Over(
      value = Way.class,
      only = {"BY_BIKE", "BY_TRAIN"})
  private static final class OnWheels {}

  @Over(
      value = Way.class,
      only = {"ON_FOOT"})
  private static final class OnFoot {}

  @Over(value = Way.class, except = "ON_FOOT")
  private static final class NotOnFoot {}

  @Over(value = Way.class, except = "BY_BICYCLE")
  private static final class Misspelt {}

  @Test
  void aPlayIsPlayedOverItsFirstWayAndOverAllInTheMatrix() {
    assertThat(ways(Everywhere.class, Matrix.ONCE)).containsExactly(Way.ON_FOOT);
    assertThat(ways(Everywhere.class, Matrix.ALL)).containsExactly(Way.values());
    assertThat(ways(OnWheels.class, Matrix.ONCE)).containsExactly(Way.BY_BIKE);
    assertThat(ways(OnWheels.class, Matrix.ALL)).containsExactly(Way.BY_BIKE, Way.BY_TRAIN);
    assertThat(ways(NotOnFoot.class, Matrix.ALL)).containsExactly(Way.BY_BIKE, Way.BY_TRAIN);
  }

  @Test
  void whatIsOfTheSmokeSetIsAlwaysPlayedOverAll() {
    assertThat(ways(Smoke.class, Matrix.ONCE)).containsExactly(Way.values());
  }

  @ParameterizedTest
  @ValueSource(classes = {Everywhere.class, Smoke.class, OnWheels.class, OnFoot.class})
  void onceAndTheRestAreAllAndNeitherLeavesAPlayWithNoWay(Class<?> play) {
    Set<Enum<?>> ways = new LinkedHashSet<>(ways(play, Matrix.ONCE));
    assertThat(ways(play, Matrix.REST)).isNotEmpty();
    ways.addAll(ways(play, Matrix.REST));
    assertThat(ways).containsExactlyInAnyOrderElementsOf(ways(play, Matrix.ALL));
  }

  @Test
  void theRestHasNoWayThatWasPlayed() {
    assertThat(ways(Everywhere.class, Matrix.REST)).containsExactly(Way.BY_BIKE, Way.BY_TRAIN);
    assertThat(ways(OnWheels.class, Matrix.REST)).containsExactly(Way.BY_TRAIN);
  }

  @Test
  void whatHasNoOtherWayIsPlayedOverItsFirst() {
    assertThat(ways(OnFoot.class, Matrix.REST)).containsExactly(Way.ON_FOOT);
    assertThat(ways(Smoke.class, Matrix.REST)).containsExactly(Way.ON_FOOT);
  }

  @Test
  void noWayIsLeftOutByAMisspeltName() {
    assertThatThrownBy(() -> ways(Misspelt.class, Matrix.ALL)).hasMessageContaining("BY_BICYCLE");
  }

  @Test
  void theMatrixIsPlayedOnceOrTheRestOfItOrAll() {
    assertThat(Matrix.of("once")).isEqualTo(Matrix.ONCE);
    assertThat(Matrix.of("rest")).isEqualTo(Matrix.REST);
    assertThat(Matrix.of("all")).isEqualTo(Matrix.ALL);
    assertThatThrownBy(() -> Matrix.of("al"))
        .hasMessage("usher.matrix must be \"once\", \"rest\" or \"all\" but was \"al\"");
  }

  private static List<Enum<?>> ways(Class<?> play, Matrix matrix) {
    return OverArguments.ways(play.getAnnotation(Over.class), matrix);
  }
}
