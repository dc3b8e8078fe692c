package dev.usher.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts speak of what there is. */
final class MonitoringTest {
  private static final String ALL =
      """
      monitoring:
        dashboard: {enabled: true}
        prometheusRule: {enabled: true}
        serviceMonitor: {enabled: true}
      """;
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:usher|jvm|process|system)_[a-z_]+\\b(?=[{\\s`])");
  private static final Path DOCUMENTED = Path.of("..", "docs", "operations.md");

  @Test
  void everyMetricThatIsAskedForIsDocumented() throws IOException {
    Set<String> documented = metrics(Stream.of(Files.readString(DOCUMENTED)));
    Set<String> asked = metrics(Stream.concat(alerts().stream(), panels().stream()));
    assertThat(asked).hasSizeGreaterThan(25);
    assertThat(documented).containsAll(asked);
  }

  @Test
  void everyAlertLooksAtThisReleaseOnly() {
    assertThat(alerts())
        .hasSizeGreaterThan(8)
        .allMatch(alert -> alert.contains("{namespace=\"gate\",job=\"usher-ops\""))
        .noneMatch(alert -> alert.contains("OURS"));
  }

  @Test
  void everyQueryIsClosedAsItWasOpened() throws IOException {
    for (String query : Stream.concat(alerts().stream(), panels().stream()).toList()) {
      for (String pair : List.of("()", "{}", "[]")) {
        assertThat(count(query, pair.charAt(0))).as(query).isEqualTo(count(query, pair.charAt(1)));
      }
    }
  }

  @Test
  void theDashboardIsOneThatGrafanaLoads() throws IOException {
    JsonNode dashboard = dashboard();
    assertThat(dashboard.get("uid").textValue()).isEqualTo("usher");
    List<JsonNode> panels = dashboard.get("panels").valueStream().toList();
    assertThat(panels).extracting(panel -> panel.get("id").intValue()).doesNotHaveDuplicates();
    assertThat(panels)
        .filteredOn(panel -> !panel.get("type").textValue().equals("row"))
        .hasSizeGreaterThan(15)
        .allMatch(panel -> !panel.get("targets").isEmpty() && panel.has("description"));
  }

  @Test
  void whatIsSaidOfPodsAndOfWaitsHasPanelsThatDoNotCoverEachOther() throws IOException {
    assertThat(metrics(panels().stream()))
        .contains(
            "usher_desired_replicas",
            "usher_pods_short_seconds",
            "usher_pods_held_back",
            "usher_eta_checked_total",
            "usher_eta_error_ratio",
            "usher_open_streams");
    Set<String> taken = new TreeSet<>();
    for (JsonNode panel : dashboard().get("panels")) {
      JsonNode at = panel.get("gridPos");
      for (int x = at.get("x").intValue();
          x < at.get("x").intValue() + at.get("w").intValue();
          x++) {
        for (int y = at.get("y").intValue();
            y < at.get("y").intValue() + at.get("h").intValue();
            y++) {
          assertThat(taken.add(x + " " + y)).as(panel.get("title").textValue()).isTrue();
        }
      }
    }
  }

  private static List<String> alerts() {
    JsonNode rules = Chart.objects(Chart.LEAST, ALL).one("PrometheusRule", "usher");
    return rules.findValuesAsText("expr");
  }

  private static List<String> panels() throws IOException {
    return dashboard().findValuesAsText("expr");
  }

  private static JsonNode dashboard() throws IOException {
    JsonNode map = Chart.objects(Chart.LEAST, ALL).one("ConfigMap", "usher-dashboard");
    return new ObjectMapper().readTree(map.at("/data/usher.json").textValue());
  }

  private static Set<String> metrics(Stream<String> texts) {
    return texts
        .flatMap(text -> METRIC.matcher(text).results())
        .map(MatchResult::group)
        // What a histogram or a summary is made of is documented under the name of the whole.
        .map(name -> name.replaceAll("_(bucket|count|sum)$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }
}
