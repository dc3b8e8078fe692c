package dev.usher.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.config.ConfigReader;
import dev.usher.config.schema.RefusedConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The YAML of the documentation is such as Usher and its chart take. */
final class DocsYamlTest {
  private static final ConfigReader READER =
      new ConfigReader(Map.of("USHER_KEY", "test:" + "A".repeat(43)));

  /** What Kubernetes and those around it take, and not Usher. */
  private static final Set<String> OF_OTHERS =
      Set.of("apiVersion", "spec", "services", "dependencies");

  @TempDir private Path folder = Path.of(".");

  private final SchemaPaths configuration = SchemaPaths.configuration();
  private final SchemaPaths chart = SchemaPaths.chart();
  private final List<String> untrue = new ArrayList<>();

  @Test
  void everyPieceOfYamlHasNoSettingThatThereIsNotAndIsAcceptedWhereItIsWhole() {
    for (Page page : Page.all()) {
      for (String block : page.blocks("yaml")) {
        check(page, block);
      }
      for (String block : page.blocks("")) {
        if (block.matches("(?s)[a-z][A-Za-z]*:( |\\n).*")) {
          check(page, block);
        }
      }
    }
    assertThat(untrue).isEmpty();
  }

  private void check(Page page, String yaml) {
    if (!(new Load(LoadSettings.builder().build()).loadFromString(yaml) instanceof Map<?, ?> map)) {
      return;
    }
    Set<?> keys = map.keySet();
    if (keys.stream().anyMatch(OF_OTHERS::contains)) {
      return;
    }
    // A piece does not say whether it is of the gateway's file or of the chart's values.
    List<String> complaints = complaints(configuration, map, List.of());
    if (!complaints.isEmpty() && !complaints(chart, map, List.of()).isEmpty()) {
      complaints.forEach(complaint -> untrue.add(page.name() + ": " + complaint));
    }
    if (keys.containsAll(Set.of("upstreams", "rooms"))) {
      accepted(page, yaml);
    }
  }

  private static List<String> complaints(SchemaPaths schema, Map<?, ?> map, List<String> way) {
    List<String> complaints = new ArrayList<>();
    map.forEach(
        (key, value) -> {
          List<String> to = new ArrayList<>(way);
          to.add(key.toString());
          if (value instanceof Map<?, ?> inner && schema.haveBelow(to)) {
            complaints.addAll(complaints(schema, inner, to));
          } else if (!schema.haveEnd(to)) {
            complaints.add(String.join(".", to));
          }
        });
    return complaints;
  }

  private void accepted(Page page, String yaml) {
    try {
      READER.read(Files.writeString(folder.resolve("gateway.yaml"), yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RefusedConfigException e) {
      untrue.add(page.name() + ": " + e.getMessage());
    }
  }
}
