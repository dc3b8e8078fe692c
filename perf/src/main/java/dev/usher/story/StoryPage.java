package dev.usher.story;

import dev.usher.chart.SvgChart;
import dev.usher.chart.SvgChart.Line;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** All runs beside each other, as a table and as a chart. */
final class StoryPage {
  private static final int PANEL = 150;

  private final List<Trial> trials;
  private final int visitors;

  StoryPage(List<Trial> trials, int visitors) {
    this.trials = List.copyOf(trials);
    this.visitors = visitors;
  }

  String table() {
    StringBuilder out = new StringBuilder();
    out.append("| ")
        .append(visitors)
        .append(" visitors | tickets sold | gave up | not done at the end | errors seen");
    out.append(" | last one in | restarts of pods | most pods | pod-minutes |\n");
    out.append("|---|---|---|---|---|---|---|---|---|\n");
    for (Trial trial : trials) {
      Row end = trial.end();
      out.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d | %d | %d | %.0f s | %d | %d | %.1f |%n",
              trial.kind().words(),
              end.sold(),
              end.lost(),
              visitors - end.sold() - end.lost(),
              end.errors(),
              trial.lastIn(),
              end.restarts(),
              trial.mostPods(),
              trial.podMinutes()));
    }
    return out.toString();
  }

  String chart() {
    int seconds = trials.stream().mapToInt(trial -> (int) trial.end().seconds()).max().orElse(1);
    List<Integer> course = IntStream.rangeClosed(0, seconds).boxed().toList();
    SvgChart<Integer> chart = new SvgChart<>(course, second -> second, PANEL);
    chart.panel("tickets sold", visitors, lines(Row::sold));
    List<Line<Integer>> errors = lines(Row::errors);
    chart.panel("errors that visitors saw, so far", rounded(chart.most(errors)), errors);
    List<Line<Integer>> pods = lines(Row::ready);
    chart.panel("pods that are ready", rounded(chart.most(pods)), pods);
    return chart.svg(visitors + " visitors at the same shop", "seconds since the first one came");
  }

  /** The next number that the grid divides. */
  private static double rounded(double most) {
    return Math.ceil(most / SvgChart.GRID) * SvgChart.GRID;
  }

  private List<Line<Integer>> lines(ToDoubleFunction<Row> value) {
    return trials.stream()
        .map(
            trial ->
                new Line<Integer>(
                    trial.kind().words(),
                    trial.kind().colour(),
                    second -> value.applyAsDouble(trial.at(second))))
        .toList();
  }
}
