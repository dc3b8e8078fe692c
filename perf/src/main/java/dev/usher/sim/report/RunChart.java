package dev.usher.sim.report;

import dev.usher.chart.SvgChart;
import dev.usher.chart.SvgChart.Line;
import dev.usher.sim.crowd.CrowdMoment;
import java.util.List;
import java.util.stream.IntStream;

/** A run's course as SVG: load, sessions, waiting visitors and pods, one panel below the other. */
final class RunChart {
  private static final int PANEL = 170;

  /** Most points of a line: more are not needed to look right, and the file should be small. */
  private static final int POINTS_MAX = 360;

  private final String title;
  private final SvgChart<CrowdMoment> chart;

  RunChart(String title, List<CrowdMoment> course) {
    this.title = title;
    List<CrowdMoment> open = course.stream().filter(moment -> moment.seconds() >= 0).toList();
    this.chart = new SvgChart<>(thinned(open), CrowdMoment::seconds, PANEL);
  }

  private static List<CrowdMoment> thinned(List<CrowdMoment> all) {
    int step = 1 + all.size() / POINTS_MAX;
    return IntStream.range(0, all.size())
        .filter(i -> i % step == 0 || i == all.size() - 1)
        .mapToObj(all::get)
        .toList();
  }

  String svg() {
    panel(
        "requests a second",
        List.of(
            new Line<>("offered to pods", "#0072b2", CrowdMoment::offered),
            new Line<>("true capacity", "#d55e00", CrowdMoment::bearable)));
    panel(
        "sessions",
        List.of(
            new Line<>("sessions", "#009e73", CrowdMoment::sessions),
            new Line<>("true capacity", "#d55e00", CrowdMoment::capacity),
            new Line<>("as the gate has it", "#888", moment -> moment.reading().capacity())));
    panel("waiting", List.of(new Line<>("visitors at the door", "#e69f00", CrowdMoment::atDoor)));
    panel(
        "pods",
        List.of(
            new Line<>("serving", "#009e73", CrowdMoment::live),
            new Line<>("all", "#888", CrowdMoment::pods)));
    return chart.svg(title, "seconds since the doors opened");
  }

  private void panel(String name, List<Line<CrowdMoment>> lines) {
    chart.panel(name, round(chart.most(lines)), lines);
  }

  /** The next number that is easy to read when divided by the lines of the grid. */
  private static double round(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    for (double step : new double[] {1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8}) {
      if (most <= step * power) {
        return Math.max(SvgChart.GRID, step * power);
      }
    }
    return Math.max(SvgChart.GRID, 10 * power);
  }
}
