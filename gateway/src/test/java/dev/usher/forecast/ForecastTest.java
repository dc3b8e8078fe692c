package dev.usher.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForecastTest {
  private static Forecast line(int knots) {
    double[] from = new double[knots];
    double[] to = new double[knots];
    for (int i = 0; i < knots; i++) {
      from[i] = 0.8 * Forecast.knot(i);
      to[i] = 1.2 * Forecast.knot(i);
    }
    return new Forecast(from, to);
  }

  @Test
  void betweenTwoKnotsItGoesStraight() {
    Forecast told = line(30);
    for (double people : new double[] {0.5, 1, 7, 100, 1000.5, 20_000}) {
      assertThat(told.soonest(people)).isCloseTo(0.8 * people, within());
      assertThat(told.latest(people)).isCloseTo(1.2 * people, within());
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(0.001);
  }

  @Test
  void ofMorePeopleThanItReachesNothingIsTold() {
    assertThat(line(4).until(3)).isEqualTo(new WaitRange(2400, 3600));
    assertThat(line(4).until(3.1)).isNull();
    assertThat(Forecast.NONE.until(1)).isNull();
  }

  @Test
  void asTextItIsTheSame() {
    assertThat(Forecast.parse(line(12).text()).text()).isEqualTo(line(12).text());
    assertThat(Forecast.parse(Forecast.NONE.text()).until(1)).isNull();
  }

  @Test
  void whatCannotBeReadTellsNothing() {
    for (String text : new String[] {"", "2 1.0,2.0", "1 1.0", "1 a,b", "nonsense"}) {
      assertThat(Forecast.parse(text).until(1)).isNull();
    }
  }

  @Test
  void whoComesInAfterOthersWaitsForThemToo() {
    Forecast theirs = line(30).seenThrough(people -> people + Math.min(people, 100));
    assertThat(theirs.until(8)).isEqualTo(line(30).until(16));
    assertThat(theirs.latest(1024)).isCloseTo(1.2 * 1124, within());
  }
}
