package dev.usher.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class AgesTest {
  @Test
  void anyNumberOfGroupsHasAsManySessionsAndAsMuchAge() {
    Ages ages = new Ages();
    for (int second = 0; second < 5000; second++) {
      ages.end(0, 1, 1);
      ages.begin(3, 0);
    }
    assertThat(ages.sessions()).isCloseTo(15_000, offset(0.001));
    // By shape 2 the risk in a second is twice the age and one: those who began last are of age 0.
    assertThat(ages.risk(2, 1)).isCloseTo(3 * 5000 * 5000.0, offset(1000.0));
  }

  /** How old the sessions are on average of which so many have ended. */
  private static double age(double shape) {
    Ages ages = new Ages();
    ages.begin(100, 0);
    ages.end(0, shape, 60);
    ages.begin(100, 0);
    ages.end(40, shape, 1);
    assertThat(ages.sessions()).isCloseTo(160, offset(0.001));
    return (ages.risk(2, 1) / 160 - 1) / 2;
  }

  @Test
  void theOldestEndFirstWherePeopleStayEquallyLong() {
    assertThat(age(1)).isCloseTo(31, offset(0.001));
    assertThat(age(2.5)).isLessThan(25);
    assertThat(age(0.75)).isGreaterThan(31.5);
  }

  @Test
  void aHouseIsMadeAsLargeAsItIsKnownToBe() {
    Ages ages = new Ages();
    ages.are(50);
    assertThat(ages.sessions()).isEqualTo(50);
    ages.begin(50, 1);
    ages.are(80);
    assertThat(ages.sessions()).isCloseTo(80, offset(0.001));
    ages.are(0);
    assertThat(ages.sessions()).isZero();
  }
}
