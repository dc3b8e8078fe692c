package dev.usher.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.forecast.ToldWaits.Told;
import java.util.EnumMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ToldWaitsTest {
  private static final long EPOCH = 7;

  private final ToldWaits told = new ToldWaits();
  private final Map<Told, Double> checked = new EnumMap<>(Told.class);

  ToldWaitsTest() {
    told.observe(checked::put);
  }

  /** Tells everyone that so many a second come in, a tenth more or less. */
  private static Forecast rate(double perSecond) {
    double[] from = new double[30];
    double[] to = new double[30];
    for (int i = 0; i < from.length; i++) {
      from[i] = 0.9 * Forecast.knot(i) / perSecond;
      to[i] = 1.1 * Forecast.knot(i) / perSecond;
    }
    return new Forecast(from, to);
  }

  /** A second of a line of a thousand numbers, of which ten are called. */
  private void second(int second, double tells) {
    long called = 10L * second;
    told.note(
        new ToldWaits.Line(1000L * second, EPOCH, called, 1000, 0),
        number -> number - called - 1,
        rate(tells));
  }

  @Test
  void aPromiseThatHeldIsOneWheneverItWasGiven() {
    for (int second = 1; second <= 90; second++) {
      second(second, 10);
    }
    told.comesIn(EPOCH, 900, 90_000);
    assertThat(checked).containsOnlyKeys(Told.values());
    assertThat(checked.values()).allMatch(ratio -> ratio == 1);
  }

  @Test
  void whoWasToldAHalfIsToldSo() {
    for (int second = 1; second <= 80; second++) {
      second(second, second < 30 ? 20 : 10);
    }
    told.comesIn(EPOCH, 800, 80_000);
    assertThat(checked.get(Told.ARRIVAL)).isCloseTo(0.55, Offset.offset(0.02));
    assertThat(checked.get(Told.MINUTE)).isCloseTo(0.55, Offset.offset(0.02));
    assertThat(checked.get(Told.HALFWAY)).isEqualTo(1);
  }

  @Test
  void whoWasToldTooMuchIsToldSo() {
    for (int second = 1; second <= 50; second++) {
      second(second, 5);
    }
    told.comesIn(EPOCH, 500, 50_000);
    assertThat(checked.get(Told.ARRIVAL)).isCloseTo(1.8, Offset.offset(0.05));
    assertThat(checked).doesNotContainKey(Told.MINUTE);
  }

  @Test
  void ofWhoWasToldNothingNothingIsChecked() {
    told.note(new ToldWaits.Line(1000, EPOCH, 0, 1000, 0), number -> number - 1, Forecast.NONE);
    told.comesIn(EPOCH, 900, 90_000);
    second(1, 10);
    told.comesIn(EPOCH + 1, 900, 90_000);
    told.comesIn(EPOCH, 1001, 90_000);
    assertThat(checked).isEmpty();
  }

  @Test
  void beforeAnOpeningTheTimeUntilItCounts() {
    told.note(new ToldWaits.Line(0, EPOCH, 0, 1000, 600_000), number -> number - 1, rate(10));
    told.comesIn(EPOCH, 900, 690_000);
    assertThat(checked.get(Told.ARRIVAL)).isEqualTo(1);
  }

  @Test
  void aDayOfWaitingIsRememberedInAFewHundredMoments() {
    for (int second = 1; second <= 86_400; second++) {
      told.note(new ToldWaits.Line(1000L * second, EPOCH, 1, 1000, 0), number -> number, rate(10));
    }
    assertThat(told.size()).isLessThan(300);
    for (int second = 86_401; second <= 86_403; second++) {
      told.note(new ToldWaits.Line(1000L * second, EPOCH, 1000, 1000, 0), number -> 0, rate(10));
    }
    told.note(new ToldWaits.Line(86_600_000, EPOCH, 1000, 1002, 0), number -> 0, rate(10));
    told.note(new ToldWaits.Line(86_900_000, EPOCH, 1001, 1002, 0), number -> 0, rate(10));
    told.note(new ToldWaits.Line(87_900_000, EPOCH, 1001, 1003, 0), number -> 0, rate(10));
    assertThat(told.size()).isLessThan(10);
  }
}
