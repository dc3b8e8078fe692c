package dev.usher.chart;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A chart of a course over time as SVG: panels one below the other, each with a grid, its lines and
 * their key.
 *
 * @param <M> what was seen at one moment
 */
public final class SvgChart<M> {
  private static final int WIDTH = 960;
  private static final int LEFT = 80;
  private static final int RIGHT = 190;
  private static final int GAP = 58;
  private static final int HEADING = 20;

  /** The lines of a panel's grid above its foot. */
  public static final int GRID = 4;

  private final List<M> course;
  private final ToDoubleFunction<M> second;
  private final double seconds;
  private final int panel;
  private final StringBuilder out = new StringBuilder();
  private int top = GAP + HEADING;

  /**
   * One line of a panel.
   *
   * @param value its value at a moment; if that is not a number the line has no point there, and a
   *     line without points is not in the key
   */
  public record Line<M>(String name, String colour, ToDoubleFunction<M> value) {}

  /**
   * @param second time of a moment in seconds, from 0 on
   * @param panel height of each panel
   */
  public SvgChart(List<M> course, ToDoubleFunction<M> second, int panel) {
    this.course = course;
    this.second = second;
    this.panel = panel;
    seconds = Math.max(1, course.stream().mapToDouble(second).max().orElse(1));
  }

  /** The largest value of these lines; 1 if all are below. */
  public double most(List<Line<M>> lines) {
    return lines.stream()
        .flatMapToDouble(line -> course.stream().mapToDouble(line.value))
        .filter(value -> !Double.isNaN(value))
        .reduce(1, Math::max);
  }

  /** Draws the next panel, with {@code most} at its top. */
  public void panel(String name, double most, List<Line<M>> lines) {
    frame(name, most);
    for (int row = 0; row < lines.size(); row++) {
      line(lines.get(row), most, row);
    }
    top += panel + GAP;
  }

  /** The whole chart, with a heading, and a foot that says what the seconds count from. */
  public String svg(String heading, String foot) {
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"13\" role=\"img\">",
        WIDTH,
        top,
        WIDTH);
    add(svg, "<title>%s</title><rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>", heading);
    add(
        svg,
        "<text x=\"%d\" y=\"26\" font-size=\"16\" font-weight=\"bold\">%s</text>",
        LEFT,
        heading);
    svg.append(out);
    add(svg, "<text x=\"%d\" y=\"%d\">%s</text>", LEFT, top - 16, foot);
    add(svg, "</svg>");
    return svg.toString();
  }

  private void frame(String name, double most) {
    add(out, "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>", LEFT, top - 10, name);
    for (int i = 0; i <= GRID; i++) {
      double y = top + panel - panel * i / (double) GRID;
      add(
          out,
          "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\""
              + " text-anchor=\"end\">%,.0f</text>",
          LEFT,
          y,
          WIDTH - RIGHT,
          LEFT - 8,
          y + 4,
          most * i / GRID);
      add(
          out,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>",
          x(seconds * i / GRID),
          top + panel + 18,
          seconds * i / GRID);
    }
  }

  private void line(Line<M> line, double most, int row) {
    out.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"").append(line.colour);
    out.append("\" points=\"");
    boolean any = false;
    for (M moment : course) {
      double value = line.value.applyAsDouble(moment);
      if (!Double.isNaN(value)) {
        double y = top + panel - panel * value / most;
        out.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(second.applyAsDouble(moment)), y));
        any = true;
      }
    }
    out.append("\"/>\n");
    if (any) {
      int x = WIDTH - RIGHT + 18;
      int y = top + 12 + 20 * row;
      add(
          out,
          "<path d=\"M%d %dh22\" stroke=\"%s\" stroke-width=\"3\"/><text x=\"%d\""
              + " y=\"%d\">%s</text>",
          x,
          y,
          line.colour,
          x + 28,
          y + 4,
          line.name);
    }
  }

  private double x(double of) {
    return LEFT + (WIDTH - RIGHT - LEFT) * of / seconds;
  }

  private static void add(StringBuilder to, String format, Object... values) {
    to.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
