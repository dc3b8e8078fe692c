package dev.usher.admission.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.admission.Learnt;
import org.junit.jupiter.api.Test;

final class LearntTest {
  private static final Learnt LEARNT =
      new Learnt(
          "200/30.0/18/0.2/7f9c", 0.72, 1.25, Learnt.Cause.LATENCY, true, 3.4, 0.2, 0.15, 0.16, 4);

  @Test
  void whatIsWrittenIsRead() {
    assertThat(Learnt.parse(LEARNT.text())).isEqualTo(LEARNT);
  }

  @Test
  void whatAnotherVersionWroteIsNothing() {
    assertThat(Learnt.parse("")).isNull();
    assertThat(Learnt.parse("2" + LEARNT.text().substring(1))).isNull();
    assertThat(Learnt.parse(LEARNT.text() + " 5")).isNull();
    assertThat(Learnt.parse(LEARNT.text().replace("LATENCY", "WEATHER"))).isNull();
    assertThat(Learnt.parse(LEARNT.text().replace("0.72", "NaN"))).isNull();
  }

  @Test
  void whatItIsOfIsOneWord() {
    assertThatThrownBy(() -> new Learnt("a b", 1, 1, Learnt.Cause.NONE, false, 0, 0, 0, 0, 0))
        .hasMessageContaining("a b");
  }
}
