package dev.usher.cli.drill;

import dev.usher.chart.SvgChart;
import dev.usher.chart.SvgChart.Line;
import dev.usher.cli.drill.crowd.Count;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A drill's course as SVG: the crowd above, sessions against capacity below. */
final class DrillChart {
  private static final int PANEL = 240;

  private final Outcome outcome;
  private final SvgChart<Moment> chart;

  DrillChart(Outcome outcome) {
    this.outcome = outcome;
    this.chart = new SvgChart<>(outcome.course(), Moment::seconds, PANEL);
  }

  String svg() {
    crowd();
    sessions();
    return chart.svg("The course of a drill", "seconds since the crowd set off");
  }

  private void crowd() {
    List<Line<Moment>> lines =
        List.of(
            line("arrived", "#555", Count.ARRIVED),
            line("ticket held", "#0072b2", Count.TICKETS),
            line("waiting", "#e69f00", Count.WAITING),
            line("admitted", "#009e73", Count.ADMITTED),
            new Line<>("errors", "#d55e00", Moment::errors));
    chart.panel("visitors", Math.max(outcome.plan().visitors(), chart.most(lines)), lines);
  }

  private void sessions() {
    boolean told =
        outcome.course().stream().anyMatch(m -> m.ops() != null && m.ops().capacity() > 0);
    ToDoubleFunction<Moment> capacity = m -> m.ops() == null ? 0 : m.ops().capacity();
    ToDoubleFunction<Moment> counted = m -> m.ops() == null ? 0 : m.ops().sessions();
    Line<Moment> inside = line("inside (visitors)", "#0072b2", Count.INSIDE);
    List<Line<Moment>> lines =
        told
            ? List.of(
                new Line<>("capacity", "#d55e00", capacity),
                new Line<>("sessions (Usher)", "#009e73", counted),
                inside)
            : List.of(inside);
    chart.panel("sessions", chart.most(lines), lines);
  }

  private static Line<Moment> line(String name, String colour, Count count) {
    return new Line<>(name, colour, m -> m.of(count));
  }
}
