package dev.usher.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alerts, their runbook, and what {@code .ci/alerts} plays them with, are of one piece. */
final class AlertsTest {
  private static final String ON = "monitoring: {prometheusRule: {enabled: true}}";
  private static final String SCALED =
      "fullnameOverride: door\nautoscaling: {enabled: true, minReplicas: 2}";
  private static final Path PLAYS = Path.of("src/test/resources/alerts");
  private static final Path RUNBOOK = Path.of("..", "docs", "alerts.md");
  private static final Path ALERTS = Chart.FOLDER.resolve("files/alerts.yaml");

  @Test
  void whatPromtoolPlaysIsWhatIsRendered() {
    Golden.assertIs(PLAYS.resolve("rules.yaml"), rules("replicas: 3"));
    Golden.assertIs(PLAYS.resolve("scaled.yaml"), rules(SCALED));
  }

  @Test
  void everyAlertIsPlayed() throws IOException {
    String plays = "";
    try (Stream<Path> files = Files.list(PLAYS)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".play.yaml")).toList()) {
        plays += Files.readString(file);
      }
    }
    Set<String> played = found("Usher[A-Z][A-Za-z]+", plays);
    assertThat(played).containsExactlyInAnyOrderElementsOf(names());
  }

  @Test
  void theRunbookHasASectionForEachAlertInTheirOrder() throws IOException {
    List<String> parts = List.of(Files.readString(RUNBOOK).split("\n## "));
    List<String> sections = parts.subList(1, parts.size());
    assertThat(sections)
        .extracting(section -> section.lines().findFirst().orElse(""))
        .isEqualTo(names());
    for (String section : sections) {
      assertThat(section.lines().filter(line -> line.startsWith("- **")))
          .as(section)
          .extracting(line -> line.replaceAll(":.*", ""))
          .containsExactly("- **Means", "- **Visitors see", "- **Look at", "- **Do");
    }
  }

  @Test
  void everyAlertLinksItsSectionAndSaysWhoseItIs() {
    for (JsonNode alert : alerts("monitoring: {prometheusRule: {runbook: https://wiki/usher}}")) {
      String name = alert.get("alert").textValue();
      assertThat(alert.at("/annotations/runbook_url").textValue())
          .isEqualTo("https://wiki/usher#" + name.toLowerCase(Locale.ROOT));
      assertThat(alert.at("/labels/namespace").textValue()).isEqualTo("gate");
      assertThat(alert.at("/labels/job").textValue()).isEqualTo("usher-ops");
    }
  }

  @Test
  void everySeriesThatAnAlertLooksAtIsMissedWhenItIsGone() {
    Set<String> asked = new TreeSet<>();
    for (JsonNode alert : alerts("")) {
      if (!alert.get("alert").textValue().equals("UsherSeriesMissing")) {
        asked.addAll(found("(?<=usher_)[a-z_]+(?=[{])", alert.get("expr").textValue()));
      }
    }
    String missing = expression("UsherSeriesMissing");
    List<Set<String>> lists =
        Pattern.compile("usher_\\(([a-z_|]+)\\)")
            .matcher(missing)
            .results()
            .map(list -> (Set<String>) new TreeSet<>(Arrays.asList(list.group(1).split("\\|"))))
            .toList();
    assertThat(lists.get(0)).isEqualTo(asked).hasSize(24);
    assertThat(missing).contains(") < 24\n");
    // Never to have heard of the pods is NaN, and UsherSignalStale says it; so is to show nobody a
    // certificate, not to know what a pod bears, and to raise no floor, none of which is trouble.
    asked.removeAll(
        Set.of(
            "pods_age_seconds",
            "certificate_expiry_timestamp_seconds",
            "floor_trouble",
            "pods_held_back",
            "pods_short_seconds"));
    assertThat(lists).hasSize(3).endsWith(asked, asked);
  }

  @Test
  void howManyReplicasMustRunIsWhatIsDeclared() {
    assertThat(expression("UsherReplicaGone", "replicas: 5")).endsWith(" < 5\n");
    assertThat(expression("UsherReplicaGone", "replicas: 5", SCALED)).endsWith(" < 2\n");
  }

  private static List<String> names() throws IOException {
    return Pattern.compile("- alert: (\\w+)")
        .matcher(Files.readString(ALERTS))
        .results()
        .map(name -> name.group(1))
        .toList();
  }

  private static String expression(String name, String... values) {
    return alerts(values).stream()
        .filter(alert -> alert.get("alert").textValue().equals(name))
        .findFirst()
        .orElseThrow()
        .get("expr")
        .textValue();
  }

  private static List<JsonNode> alerts(String... values) {
    JsonNode rule = Chart.objects(with(values)).ofKind("PrometheusRule").get(0);
    return rule.at("/spec/groups/0/rules").valueStream().toList();
  }

  /** The rules as a file of Prometheus itself. */
  private static String rules(String... values) {
    String text = Chart.text(with(values));
    String from = text.substring(text.indexOf("\nkind: PrometheusRule"));
    String spec = from.substring(from.indexOf("\nspec:\n") + "\nspec:\n".length());
    return spec.lines()
        .takeWhile(line -> line.isEmpty() || line.startsWith(" "))
        .map(line -> line.replaceFirst("^  ", "") + "\n")
        .collect(Collectors.joining());
  }

  private static String[] with(String... values) {
    return Stream.concat(Stream.of(Chart.LEAST, ON), Arrays.stream(values)).toArray(String[]::new);
  }

  private static Set<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
