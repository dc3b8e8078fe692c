package dev.usher.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart as a part of somebody else's. */
final class UmbrellaTest {
  private static final String ONE =
      """
      dependencies:
        - {name: usher, version: "*-0", repository: "", condition: usher.enabled, tags: [gates]}
      """;
  private static final String TWO =
      """
      dependencies:
        - {name: usher, version: "*-0", repository: "", alias: door}
        - {name: usher, version: "*-0", repository: "", alias: backdoor}
      """;

  private final Path folder;

  UmbrellaTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void whatUmbrellasSayToTheirPartsIsAllowed() throws IOException {
    String values =
        "global: {imageRegistry: registry.example}\ntags: {gates: true}\n"
            + under("usher", "enabled: true\ntags: {gates: true}\nglobal: {mine: 1}\n");
    Chart.Objects objects = Chart.parse(Chart.text(umbrella(ONE), values));
    assertThat(objects.deployment().at("/spec/replicas").intValue()).isEqualTo(2);
    Path golden = Path.of("src/test/resources/golden/umbrella.yaml");
    Golden.assertIs(golden, Chart.text(folder, values));
  }

  @Test
  void aPartThatIsNotEnabledIsNotThere() throws IOException {
    String values = under("usher", "enabled: false\n");
    assertThat(Chart.parse(Chart.text(umbrella(ONE), values)).all())
        .extracting(object -> object.at("/metadata/name").textValue())
        .containsExactly("tickets");
  }

  @Test
  void whatIsMisspeltThereIsStillRefused() throws IOException {
    Path umbrella = umbrella(ONE);
    assertThatThrownBy(() -> Chart.text(umbrella, under("usher", "enable: true\n")))
        .hasMessageContaining("enable");
  }

  @Test
  void theUserIsLeftToThePlatformFromThereToo() throws IOException {
    String ids = "{runAsUser: null, runAsGroup: null, fsGroup: null}";
    String nothing = "pods: {securityContext: " + ids + "}\n";
    Chart.Objects objects = Chart.parse(Chart.text(umbrella(ONE), under("usher", nothing)));
    assertThat(objects.deployment().at("/spec/template/spec/securityContext").properties())
        .extracting(property -> property.getKey())
        .containsExactly("runAsNonRoot", "seccompProfile");
  }

  @Test
  void twoOfThemInOneUmbrellaShareNothing() throws IOException {
    String values = under("door", "") + under("backdoor", "");
    Chart.Objects objects = Chart.parse(Chart.text(umbrella(TWO), values));
    assertThat(objects.ofKind("Deployment")).hasSize(2);
    for (String kind : List.of("Deployment", "Service", "ConfigMap", "PodDisruptionBudget")) {
      assertThat(objects.ofKind(kind))
          .extracting(object -> object.at("/metadata/name").textValue())
          .doesNotHaveDuplicates();
    }
    Set<String> selected =
        objects.ofKind("Deployment").stream()
            .map(deployment -> deployment.at("/spec/selector/matchLabels").toString())
            .collect(Collectors.toSet());
    assertThat(selected).hasSize(2);
  }

  private Path umbrella(String dependencies) throws IOException {
    Chart.copyTo(folder.resolve("charts/usher"));
    Path own = folder.resolve("templates/own.yaml");
    Files.createDirectories(own.getParent());
    Files.writeString(own, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: tickets}\n");
    String chart = "apiVersion: v2\nname: tickets\nversion: 1.0.0\n" + dependencies;
    Files.writeString(folder.resolve("Chart.yaml"), chart);
    return folder;
  }

  private static String under(String name, String more) {
    return name + ":\n" + (Chart.LEAST + more).indent(2);
  }
}
