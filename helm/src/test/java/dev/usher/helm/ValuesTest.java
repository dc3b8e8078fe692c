package dev.usher.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart stays small, and every value of it says what it is for. */
final class ValuesTest {
  private static final Path VALUES = Chart.FOLDER.resolve("values.yaml");
  private static final Pattern KEY = Pattern.compile("( *)[A-Za-z]+:(.*)");
  private static final Pattern SENTENCE = Pattern.compile("[A-Z].+ .+[.]");

  @Test
  void helmFindsNothingWrong() {
    LintResult result = new Helm(Chart.FOLDER).lint().strict().call();
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @Test
  void thereAreAtMostTwelveTemplates() throws IOException {
    try (Stream<Path> files = Files.walk(Chart.FOLDER.resolve("templates"))) {
      assertThat(files.filter(Files::isRegularFile)).hasSizeLessThanOrEqualTo(12);
    }
  }

  @Test
  void thereAreAboutEightyValuesAtMost() throws IOException {
    assertThat(Files.readAllLines(VALUES).stream().map(KEY::matcher))
        .filteredOn(key -> key.matches() && !key.group(2).isBlank())
        .hasSizeBetween(40, 82);
  }

  @Test
  void everyValueIsASentenceToAnOperator() throws IOException {
    List<String> lines = Files.readAllLines(VALUES);
    List<String> silent = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher key = KEY.matcher(lines.get(i));
      if (key.matches() && !SENTENCE.matcher(comment(lines, i, key.group(1))).matches()) {
        silent.add(VALUES + ":" + (i + 1) + ": " + lines.get(i));
      } else if (!key.matches() && !lines.get(i).isBlank() && !lines.get(i).contains("#")) {
        silent.add(VALUES + ":" + (i + 1) + ": a value must be on the line of its key");
      }
    }
    assertThat(silent).isEmpty();
  }

  /** The lines of comment right above, as indented as what is below. */
  private static String comment(List<String> lines, int below, String indent) {
    int first = below;
    while (first > 0 && lines.get(first - 1).startsWith(indent + "#")) {
      first--;
    }
    return String.join(" ", lines.subList(first, below)).replaceAll(" *# ?", " ").strip();
  }

  @Test
  void theExampleAtTheTopIsEnoughToStart() throws IOException {
    String example =
        Files.readAllLines(VALUES).stream()
            .takeWhile(line -> line.startsWith("#"))
            .filter(line -> line.startsWith("#  "))
            .map(line -> line.substring(3))
            .collect(Collectors.joining("\n"));
    assertThat(Chart.objects(example).has("Deployment")).isTrue();
  }

  @Test
  void theFirstTryOfTheGuideIsEnoughToStart() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "kubernetes.md"));
    Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(guide);
    assertThat(example.find()).isTrue();
    assertThat(Chart.objects(example.group(1)).ofKind("Deployment")).hasSize(2);
  }

  @Test
  void theChartIsOfTheVersionOfTheGateway() throws IOException {
    String version = System.getProperty("usher.version");
    assertThat(Files.readAllLines(Chart.FOLDER.resolve("Chart.yaml")))
        .contains("version: " + version, "appVersion: " + version);
  }
}
