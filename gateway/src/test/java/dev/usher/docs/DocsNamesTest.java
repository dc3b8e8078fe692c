package dev.usher.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the documentation names between backquotes is there. Metrics and fields are held against the
 * tables of docs/operations.md, which {@code OperationsPageTest} holds against a running gateway.
 */
final class DocsNamesTest {
  private static final Pattern TABLED = Pattern.compile("(?m)^\\| `\\.?([A-Za-z0-9_.]+)` \\|");
  private static final Pattern EVENT =
      Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (?:INFO|WARN|ERROR)");
  private static final Pattern ROWS = Pattern.compile("(?m)(?:^\\|.*\\n)+");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (`[^|]*`) \\|");

  /** Names of Kubernetes, Prometheus and browsers. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "EventSource",
          "FailedGetExternalMetric",
          "LimitNOFILE",
          "metricRelabelings",
          "serviceMonitorSelector",
          "sessionAffinity",
          "subPath");

  private final SchemaPaths configuration = SchemaPaths.configuration();
  private final SchemaPaths chart = SchemaPaths.chart();
  private final SourceWords sources = new SourceWords();
  private final Page operations = Page.read(Page.ROOT.resolve("docs/operations.md"));
  private final Set<String> tabled =
      TABLED
          .matcher(operations.text())
          .results()
          .map(row -> row.group(1))
          .collect(Collectors.toCollection(HashSet::new));

  @Test
  void everyMetricIsAMetric() {
    untrue("usher_[a-z0-9_]+(\\{.*})?", this::isMetric);
  }

  private boolean isMetric(String span) {
    String name = span.replaceFirst("\\{.*", "");
    return tabled.contains(name)
        || tabled.contains(name.replaceFirst("_(bucket|count|sum)$", ""))
        || sources.have(name); // what Prometheus reckons by a rule of the chart
  }

  @Test
  void everyFieldIsAField() {
    untrue(
        "\\.[a-z][A-Za-z_.]+",
        field ->
            tabled.stream()
                .anyMatch(f -> ("." + f).endsWith(field) || ("." + f + ".").contains(field + ".")));
  }

  @Test
  void everySettingIsASetting() {
    Set<String> first = new HashSet<>(configuration.names());
    first.addAll(chart.names());
    untrue(
        "[a-z][A-Za-z0-9]*(\\.[A-Za-z0-9<>]+)+(: .+)?",
        span -> {
          List<String> path = Arrays.asList(span.replaceFirst(": .*", "").split("\\."));
          return !first.contains(path.get(0))
              || configuration.haveEnd(path)
              || chart.haveEnd(path)
              || isPackage(path);
        });
  }

  private static boolean isPackage(List<String> path) {
    String folder = "src/main/java/dev/usher/" + String.join("/", path);
    return Files.exists(Page.ROOT.resolve("gateway").resolve(folder))
        || Files.exists(Page.ROOT.resolve("gateway").resolve(folder + ".java"));
  }

  @Test
  void everyNameOfOneWordIsTheCodes() {
    untrue(
        "[a-z]+([A-Z][a-z]+)+(: .+)?",
        span -> {
          String name = span.replaceFirst(": .*", "");
          return OF_OTHERS.contains(name) || chart.names().contains(name) || sources.have(name);
        });
  }

  @Test
  void everyNameWithUnderscoresIsAnEventOrAnotherNameOfTheCode() {
    untrue(
        "(?!usher_)[a-z]+(_[a-z0-9]+)+",
        span -> tabled.contains(span) || sources.haveName(span) || sources.log(span));
  }

  @Test
  void everyEventThatIsListedIsLogged() {
    assertThat(EVENT.matcher(operations.text()).results().map(row -> row.group(1)))
        .allMatch(sources::log);
  }

  @Test
  void everyClassIsThere() {
    untrue(
        "[A-Z][a-z0-9]+[A-Z]\\w*([.#]\\w+)?",
        span -> {
          String name = span.replaceFirst("[.#].*", "");
          return OF_OTHERS.contains(name) || sources.haveClass(name) || sources.have(name);
        });
  }

  @Test
  void noTableSaysAThingTwice() {
    List<String> twice = new ArrayList<>();
    for (Page page : Page.all()) {
      ROWS.matcher(page.text())
          .results()
          .forEach(
              table -> {
                Set<String> seen = new HashSet<>();
                FIRST_CELL
                    .matcher(table.group())
                    .results()
                    .map(cell -> cell.group(1))
                    .filter(cell -> !seen.add(cell))
                    .forEach(cell -> twice.add(page.name() + ": " + cell));
              });
    }
    assertThat(twice).isEmpty();
  }

  /** Fails for what looks so and is not. */
  private static void untrue(String looks, Predicate<String> is) {
    List<String> untrue = new ArrayList<>();
    for (Page page : Page.withThoseOfItsMakers()) {
      page.spans().stream()
          .filter(span -> span.matches(looks))
          .filter(is.negate())
          .forEach(span -> untrue.add(page.name() + ": " + span));
    }
    assertThat(untrue).isEmpty();
  }
}
