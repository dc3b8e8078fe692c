package dev.usher.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.chart.SvgChart.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SvgChartTest {
  private final SvgChart<Double> chart =
      new SvgChart<>(List.of(0.0, 50.0, 100.0), second -> second, 100);

  @Test
  void aLineGoesFromTheBottomLeftToTheTopRightOfItsPanel() {
    chart.panel("seconds", 100, List.of(new Line<>("itself", "#555", second -> second)));

    assertThat(chart.svg("A climb", "seconds"))
        .contains("<title>A climb</title>", "viewBox=\"0 0 960 236\"")
        .contains("points=\"80.0,178.0 425.0,128.0 770.0,78.0 \"", ">itself</text>");
  }

  @Test
  void whatIsNoNumberHasNoPointAndALineOfNothingElseIsNotInTheKey() {
    List<Line<Double>> lines =
        List.of(
            new Line<>("never", "#555", second -> Double.NaN),
            new Line<>("late", "#888", second -> second < 50 ? Double.NaN : 7));
    assertThat(chart.most(lines)).isEqualTo(7);
    chart.panel("seconds", 7, lines);

    assertThat(chart.svg("A gap", "seconds"))
        .contains("points=\"\"", ">late</text>")
        .doesNotContain(">never</text>", "NaN");
  }
}
