package dev.usher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.config.schema.Problems;
import dev.usher.config.schema.RefusedConfigException;
import dev.usher.config.schema.Schema;
import dev.usher.config.schema.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Somebody who gives the wrong file is told which one it is, and where the right one is. */
final class OtherFileTest {
  private static List<String> refusal(String text) {
    RefusedConfigException refused =
        catchThrowableOfType(
            RefusedConfigException.class,
            () -> new ConfigReader(Map.of()).read("values.yaml", text));
    assertThat(refused).isNotNull();
    return refused.problems();
  }

  @Test
  void theChartsValuesAreRecognised() throws IOException {
    String values = Files.readString(Path.of("..", "helm", "usher", "values.yaml"));
    assertThat(refusal(values)).singleElement().asString().startsWith(looksLikeValuesOf("config"));
    for (String text :
        List.of(
            "config: {upstreams: {shop: {}}, rooms: {concert: {}}}",
            "scaling: {keda: {enabled: true}}",
            "replicas: 2\nkey: {existingSecret: usher-key}")) {
      assertThat(refusal(text)).singleElement().asString().startsWith(looksLikeValuesOf("config"));
    }
    assertThat(refusal("usher: {config: {rooms: {}}}"))
        .singleElement()
        .asString()
        .startsWith(looksLikeValuesOf("usher.config"))
        .contains("--show-only templates/config.yaml (values.yaml:1)");
  }

  private static String looksLikeValuesOf(String key) {
    return "The file must be a gateway's configuration but looks like values of the Helm chart:"
        + " that is what stands there under "
        + key
        + ".";
  }

  @Test
  void everyValueOfTheChartIsKnown() throws IOException {
    String values = Files.readString(Path.of("..", "helm", "usher", "values.yaml"));
    assertThat(new YamlReader("values.yaml", new Problems()).read(values).settings().keySet())
        .containsExactlyInAnyOrderElementsOf(OtherFile.VALUES);
    assertThat(Schema.shipped().keys()).doesNotContainAnyElementsOf(OtherFile.VALUES);
  }

  @Test
  void anObjectOfKubernetesIsRecognised() {
    assertThat(refusal("apiVersion: v1\nkind: ConfigMap\ndata: {gateway.yaml: 'rooms: {}'}"))
        .singleElement()
        .asString()
        .contains("is an object of Kubernetes")
        .contains("-o jsonpath='{.data.gateway\\.yaml}'");
  }

  @Test
  void aConfigurationWithSlipsIsStillTakenForOne() {
    assertThat(refusal("upstream: {shop: {}}\nroom: {concert: {}}"))
        .contains("upstream is not a setting: did you mean upstreams? (values.yaml:1)");
    assertThat(refusal("upstreams: {}\nscaling: {max: 3}\nimage: a"))
        .anyMatch(each -> each.startsWith("scaling is not a setting"));
  }
}
