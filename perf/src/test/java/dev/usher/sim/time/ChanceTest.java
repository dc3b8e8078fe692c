package dev.usher.sim.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

final class ChanceTest {
  @Test
  void oneConcernDoesNotDependOnDrawsOfAnother() {
    Chance first = new Chance(1);
    Chance second = new Chance(1);
    double unused = second.between(0, 1);
    assertThat(second.of("crowd").between(0, 1)).isEqualTo(first.of("crowd").between(0, 1));
    assertThat(first.of("plant").between(0, 1)).isNotEqualTo(first.of("crowd").between(0, 1));
  }

  @Test
  void whatIsDrawnHasTheMeanThatWasAskedFor() {
    assertThat(mean(chance -> chance.waiting(8))).isCloseTo(8, within(0.2));
    assertThat(mean(chance -> chance.skewed(0.2, 1))).isCloseTo(0.2, within(0.01));
    assertThat(mean(chance -> chance.times(15))).isCloseTo(15, within(0.4));
    assertThat(mean(chance -> chance.between(2, 4))).isCloseTo(3, within(0.05));
  }

  private static double mean(ToDoubleFunction<Chance> draw) {
    Chance chance = new Chance(42);
    double sum = 0;
    for (int i = 0; i < 50_000; i++) {
      sum += draw.applyAsDouble(chance);
    }
    return sum / 50_000;
  }
}
