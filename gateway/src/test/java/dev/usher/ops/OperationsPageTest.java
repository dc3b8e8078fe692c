package dev.usher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.capacity.MeasuredCapacity;
import dev.usher.admission.capacity.Tuning;
import dev.usher.edge.stream.Streams;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operators' page tells what there is, and nothing that is not there. */
final class OperationsPageTest {
  private static final Path ROOT = Path.of("..");

  /** A row of a table of metrics: name, type, labels. */
  private static final Pattern METRIC_ROW =
      Pattern.compile(
          "(?m)^\\| `([a-z0-9_]+)` \\| (counter|gauge|histogram|summary) \\|([^|]*)\\|");

  private static final Pattern FIELD_ROW = Pattern.compile("(?m)^\\| `\\.([A-Za-z_.]+)` \\|");

  private static final Pattern EVENT_ROW =
      Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (INFO|WARN|ERROR)");

  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");

  private static final Pattern LOGGED = Pattern.compile("\\.log\\(\\s*\"([a-z_]+)\"");

  private final OpsRig rig = new OpsRig(new MeasuredCapacity(OpsRig.DECLARED, Tuning.DEFAULT));
  private final String page = read(ROOT.resolve("docs/operations.md"));

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void everyMetricIsOnThePageWithItsTypeAndLabelsAndEveryMetricOfThePageIsThere() {
    rig.metrics.observer("shop");
    rig.metrics.streams(new Streams(1, 1));
    rig.podsReady();
    rig.tick();
    String metrics = rig.get("/metrics").body();

    assertThat(all(TYPE, metrics, type -> row(type.group(1), type.group(2), labels(metrics, type))))
        .isEqualTo(
            all(
                METRIC_ROW,
                page,
                row -> row(row.group(1), row.group(2), sorted(row.group(3).replace("`", "")))));
  }

  private static String row(String name, String type, Set<String> labels) {
    return name + " " + type + " " + labels;
  }

  /** The labels that the samples of a metric have. */
  private static Set<String> labels(String metrics, MatchResult type) {
    Pattern samples =
        Pattern.compile(
            "(?m)^" + Pattern.quote(type.group(1)) + "(?:_bucket|_count|_sum)?\\{([^}]*)\\}");
    Set<String> labels = new TreeSet<>();
    all(samples, metrics, sample -> sample.group(1))
        .forEach(pairs -> labels.addAll(all(Pattern.compile("(\\w+)=\""), pairs, p -> p.group(1))));
    labels.remove("le"); // the buckets' own
    return labels;
  }

  private static Set<String> sorted(String commaSeparated) {
    return Stream.of(commaSeparated.split(","))
        .map(String::strip)
        .filter(label -> !label.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyFieldOfTheAnswersIsOnThePageAndEveryFieldOfThePageIsThere() {
    Set<String> told = new TreeSet<>(fields("", rig.json("/readyz")));
    rig.podsReady();
    rig.tick();
    rig.callFirst();
    for (String path :
        new String[] {"/livez", "/readyz", "/api/rooms", "/api/upstreams", "/api/config"}) {
      told.addAll(fields("", rig.json(path)));
    }
    told.addAll(fields("", rig.json("/api/rooms/concert")));
    told.addAll(fields("", EventsPageTest.example()));
    // Told in trouble only, and seen there by other tests.
    told.addAll(Set.of("silentEventLoops", "eventLoops"));

    assertThat(told).isEqualTo(all(FIELD_ROW, page, row -> row.group(1)));
  }

  /** Each field's path, those of lists' members as if of the list. */
  private static Set<String> fields(String above, JsonObject object) {
    Set<String> fields = new TreeSet<>();
    for (String name : object.fieldNames()) {
      String path = above.isEmpty() ? name : above + "." + name;
      Object value = object.getValue(name);
      if (value instanceof JsonObject inner) {
        fields.addAll(fields(path, inner));
      } else if (value instanceof JsonArray list && !list.isEmpty()) {
        fields.add(path);
        list.stream()
            .filter(JsonObject.class::isInstance)
            .forEach(member -> fields.addAll(fields(path, (JsonObject) member)));
      } else {
        fields.add(path);
      }
    }
    return fields;
  }

  @Test
  void everyEventOfTheLogIsOnThePage() throws IOException {
    Set<String> documented = all(EVENT_ROW, page, row -> row.group(1));
    for (String module : new String[] {"gateway", "queue-store"}) {
      try (Stream<Path> sources = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        sources
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(
                file ->
                    assertThat(all(LOGGED, read(file), event -> event.group(1)))
                        .as(file + " logs what docs/operations.md must tell")
                        .allMatch(event -> documented.stream().anyMatch(d -> isOf(d, event))));
      }
    }
  }

  /** Whether the documented event is the logged one, or begins with it where a word follows. */
  private static boolean isOf(String documented, String logged) {
    return logged.endsWith("_") ? documented.startsWith(logged) : documented.equals(logged);
  }

  private static Set<String> all(Pattern pattern, String text, Function<MatchResult, String> of) {
    return pattern.matcher(text).results().map(of).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
