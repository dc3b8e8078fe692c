package dev.usher.sim.report;

import dev.usher.sim.crowd.CrowdMoment;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A run's course as SVG: load, sessions, waiting visitors and pods, one panel below the other. */
final class RunChart {
  private static final int WIDTH = 960;
  private static final int LEFT = 80;
  private static final int RIGHT = 190;
  private static final int PANEL = 170;
  private static final int GAP = 58;
  private static final int GRID = 4;

  /** Most points of a line: more are not needed to look right, and the file should be small. */
  private static final int POINTS_MAX = 360;

  private final String title;
  private final List<CrowdMoment> course;
  private final double seconds;
  private final StringBuilder out = new StringBuilder();
  private int top = GAP + 20;

  /** One line of a panel. */
  private record Line(String name, String colour, ToDoubleFunction<CrowdMoment> value) {}

  RunChart(String title, List<CrowdMoment> course) {
    this.title = title;
    this.course = thinned(course.stream().filter(moment -> moment.seconds() >= 0).toList());
    this.seconds = course.isEmpty() ? 1 : Math.max(1, course.get(course.size() - 1).seconds());
  }

  private static List<CrowdMoment> thinned(List<CrowdMoment> all) {
    int step = 1 + all.size() / POINTS_MAX;
    return IntStream.range(0, all.size())
        .filter(i -> i % step == 0 || i == all.size() - 1)
        .mapToObj(all::get)
        .toList();
  }

  String svg() {
    int height = 20 + 4 * (PANEL + GAP) + GAP;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"13\" role=\"img\">",
        WIDTH, height, WIDTH);
    add("<title>%s</title><rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>", title);
    add("<text x=\"%d\" y=\"26\" font-size=\"16\" font-weight=\"bold\">%s</text>", LEFT, title);
    panel(
        "requests a second",
        new Line("offered to pods", "#0072b2", CrowdMoment::offered),
        new Line("true capacity", "#d55e00", CrowdMoment::bearable));
    panel(
        "sessions",
        new Line("sessions", "#009e73", CrowdMoment::sessions),
        new Line("true capacity", "#d55e00", CrowdMoment::capacity),
        new Line("as the gate has it", "#888", moment -> moment.reading().capacity()));
    panel("waiting", new Line("visitors at the door", "#e69f00", CrowdMoment::atDoor));
    panel(
        "pods",
        new Line("serving", "#009e73", CrowdMoment::live),
        new Line("all", "#888", CrowdMoment::pods));
    add("<text x=\"%d\" y=\"%d\">seconds since the doors opened</text>", LEFT, top - GAP + 42);
    add("</svg>");
    return out.toString();
  }

  private void panel(String name, Line... lines) {
    double most = 1;
    for (Line line : lines) {
      for (CrowdMoment moment : course) {
        double value = line.value.applyAsDouble(moment);
        most = Double.isNaN(value) ? most : Math.max(most, value);
      }
    }
    double height = round(most);
    frame(name, height);
    for (int i = 0; i < lines.length; i++) {
      line(lines[i], height, i);
    }
    top += PANEL + GAP;
  }

  /** The next number that is easy to read when divided by the lines of the grid. */
  private static double round(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    for (double step : new double[] {1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8}) {
      if (most <= step * power) {
        return Math.max(GRID, step * power);
      }
    }
    return Math.max(GRID, 10 * power);
  }

  private void frame(String name, double most) {
    add("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>", LEFT, top - 10, name);
    for (int i = 0; i <= GRID; i++) {
      double y = top + PANEL - PANEL * i / (double) GRID;
      add(
          "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\""
              + " text-anchor=\"end\">%,.0f</text>",
          LEFT, y, WIDTH - RIGHT, LEFT - 8, y + 4, most * i / GRID);
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>",
          x(seconds * i / GRID), top + PANEL + 18, seconds * i / GRID);
    }
  }

  private void line(Line line, double most, int row) {
    out.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"").append(line.colour);
    out.append("\" points=\"");
    boolean any = false;
    for (CrowdMoment moment : course) {
      double value = line.value.applyAsDouble(moment);
      if (!Double.isNaN(value)) {
        double y = top + PANEL - PANEL * value / most;
        out.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(moment.seconds()), y));
        any = true;
      }
    }
    out.append("\"/>\n");
    if (any) {
      int x = WIDTH - RIGHT + 18;
      int y = top + 12 + 20 * row;
      add(
          "<path d=\"M%d %dh22\" stroke=\"%s\" stroke-width=\"3\"/><text x=\"%d\""
              + " y=\"%d\">%s</text>",
          x, y, line.colour, x + 28, y + 4, line.name);
    }
  }

  private double x(double second) {
    return LEFT + (WIDTH - RIGHT - LEFT) * second / seconds;
  }

  private void add(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
