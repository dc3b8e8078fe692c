package dev.usher.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

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

  @Over(value = Way.class, except = "ON_FOOT")
  private static final class NotOnFoot {}

  @Over(value = Way.class, except = "BY_BICYCLE")
  private static final class Misspelt {}

  @Test
  void aPlayIsPlayedOverItsFirstWayAndOverAllInTheMatrix() {
    assertThat(ways(Everywhere.class, false)).containsExactly(Way.ON_FOOT);
    assertThat(ways(Everywhere.class, true)).containsExactly(Way.values());
    assertThat(ways(OnWheels.class, false)).containsExactly(Way.BY_BIKE);
    assertThat(ways(OnWheels.class, true)).containsExactly(Way.BY_BIKE, Way.BY_TRAIN);
    assertThat(ways(NotOnFoot.class, true)).containsExactly(Way.BY_BIKE, Way.BY_TRAIN);
  }

  @Test
  void whatIsOfTheSmokeSetIsAlwaysPlayedOverAll() {
    assertThat(ways(Smoke.class, false)).containsExactly(Way.values());
  }

  @Test
  void noWayIsLeftOutByAMisspeltName() {
    assertThatThrownBy(() -> ways(Misspelt.class, true)).hasMessageContaining("BY_BICYCLE");
  }

  @Test
  void theMatrixIsPlayedOnceOrWhole() {
    assertThat(Matrix.isWhole("once")).isFalse();
    assertThat(Matrix.isWhole("all")).isTrue();
    assertThatThrownBy(() -> Matrix.isWhole("al"))
        .hasMessage("usher.matrix must be \"all\" or \"once\" but was \"al\"");
  }

  private static List<Enum<?>> ways(Class<?> play, boolean whole) {
    return OverArguments.ways(play.getAnnotation(Over.class), whole);
  }
}
