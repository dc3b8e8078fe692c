package dev.usher.cli.drill;

import dev.usher.cli.drill.crowd.Count;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A drill's course as SVG: the crowd above, sessions against capacity below. */
final class DrillChart {
  private static final int WIDTH = 960;
  private static final int LEFT = 80;
  private static final int RIGHT = 200;
  private static final int PANEL = 240;
  private static final int GAP = 60;
  private static final int GRID = 4;

  private final Outcome outcome;
  private final double seconds;
  private final StringBuilder out = new StringBuilder();

  DrillChart(Outcome outcome) {
    this.outcome = outcome;
    this.seconds = Math.max(1, outcome.end().seconds());
  }

  String svg() {
    int height = 2 * PANEL + 3 * GAP;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"13\" role=\"img\">",
        WIDTH, height, WIDTH);
    add(
        "<title>The course of a drill</title><rect width=\"100%%\" height=\"100%%\""
            + " fill=\"#fff\"/>");
    crowd(GAP);
    sessions(2 * GAP + PANEL);
    add("<text x=\"%d\" y=\"%d\">seconds since the crowd set off</text>", LEFT, height - 15);
    add("</svg>");
    return out.toString();
  }

  private void crowd(int top) {
    double most = Math.max(outcome.plan().visitors(), most(Moment::errors));
    frame(top, "visitors", most);
    line(top, most, new Line("arrived", "#555", m -> m.of(Count.ARRIVED), 0));
    line(top, most, new Line("ticket held", "#0072b2", m -> m.of(Count.TICKETS), 1));
    line(top, most, new Line("waiting", "#e69f00", m -> m.of(Count.WAITING), 2));
    line(top, most, new Line("admitted", "#009e73", m -> m.of(Count.ADMITTED), 3));
    line(top, most, new Line("errors", "#d55e00", Moment::errors, 4));
  }

  private void sessions(int top) {
    ToDoubleFunction<Moment> capacity = m -> m.ops() == null ? 0 : m.ops().capacity();
    ToDoubleFunction<Moment> counted = m -> m.ops() == null ? 0 : m.ops().sessions();
    double most =
        Math.max(1, Math.max(most(capacity), Math.max(most(counted), most(DrillChart::inside))));
    frame(top, "sessions", most);
    if (most(capacity) > 0) {
      line(top, most, new Line("capacity", "#d55e00", capacity, 0));
      line(top, most, new Line("sessions (Usher)", "#009e73", counted, 1));
    }
    line(top, most, new Line("inside (visitors)", "#0072b2", DrillChart::inside, 2));
  }

  private static double inside(Moment m) {
    return m.of(Count.INSIDE);
  }

  private double most(ToDoubleFunction<Moment> value) {
    return outcome.course().stream().mapToDouble(value).max().orElse(0);
  }

  private void frame(int top, String title, double most) {
    add("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>", LEFT, top - 12, title);
    for (int i = 0; i <= GRID; i++) {
      double y = top + PANEL - PANEL * i / (double) GRID;
      add(
          "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\""
              + " text-anchor=\"end\">%,.0f</text>",
          LEFT, y, WIDTH - RIGHT, LEFT - 8, y + 4, most * i / GRID);
    }
    for (int i = 0; i <= GRID; i++) {
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>",
          x(seconds * i / GRID), top + PANEL + 18, seconds * i / GRID);
    }
  }

  /** One line: its name, colour, value, and its row in the key. */
  private record Line(String name, String colour, ToDoubleFunction<Moment> value, int row) {}

  private void line(int top, double most, Line line) {
    out.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"").append(line.colour);
    out.append("\" points=\"");
    for (Moment m : outcome.course()) {
      double y = top + PANEL - PANEL * line.value.applyAsDouble(m) / most;
      out.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(m.seconds()), y));
    }
    out.append("\"/>\n");
    int y = top + 14 + 20 * line.row;
    int x = WIDTH - RIGHT + 20;
    add(
        "<path d=\"M%d %dh22\" stroke=\"%s\" stroke-width=\"3\"/><text x=\"%d\" y=\"%d\">%s</text>",
        x, y, line.colour, x + 30, y + 4, line.name);
  }

  private double x(double second) {
    return LEFT + (WIDTH - RIGHT - LEFT) * second / seconds;
  }

  private void add(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
