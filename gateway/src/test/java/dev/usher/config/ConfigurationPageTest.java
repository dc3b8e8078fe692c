package dev.usher.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.config.schema.ScalarCheck;
import dev.usher.config.schema.Schema;
import dev.usher.config.schema.SettingPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void thePageHasExactlyTheSettingsOfTheSchemaWithTheirDefaultsAndRanges() throws IOException {
    List<String> expected = new ArrayList<>();
    rows("", Schema.shipped(), expected);
    List<String> found =
        Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `")).toList();
    assertThat(found).containsExactlyElementsOf(expected);
  }

  @Test
  void ofEverySettingItIsSaidWhetherItChangesWhileAGatewayRuns() {
    everySettingIsLiveOrNot("", Schema.shipped());
  }

  private static void everySettingIsLiveOrNot(String path, Schema group) {
    for (String key : group.keys()) {
      Schema setting = Objects.requireNonNull(group.at(key));
      String name = SettingPath.join(path, key);
      boolean alwaysThere = setting.allows("object") && !setting.allows("null");
      assertThat(setting.live() == null)
          .as("%s: x-live in the schema says so, of all but plain groups", name)
          .isEqualTo(alwaysThere);
      everySettingIsLiveOrNot(name, inside(setting));
    }
  }

  @Test
  void everySettingHasADescriptionAndADefaultUnlessItIsRequired() {
    everySettingIsExplained("", Schema.shipped());
  }

  private static void everySettingIsExplained(String path, Schema group) {
    for (String key : group.keys()) {
      Schema setting = Objects.requireNonNull(group.at(key));
      String name = SettingPath.join(path, key);
      assertThat(setting.word("description")).as(name).endsWith(".").hasSizeGreaterThan(15);
      boolean says = setting.hasPreset();
      assertThat(says)
          .as("%s: has a default or is required", name)
          .isNotEqualTo(group.required().contains(key));
      everySettingIsExplained(name, inside(setting));
    }
  }

  /** Where the settings of a group are, of each of a list, or of each by its name. */
  private static Schema inside(Schema setting) {
    if (setting.allows("array")) {
      return setting.item();
    }
    return setting.name() == null ? setting : Objects.requireNonNull(setting.at("any"));
  }

  private static void rows(String path, Schema group, List<String> rows) {
    for (String key : group.keys()) {
      Schema setting = Objects.requireNonNull(group.at(key));
      String name = SettingPath.join(path, key);
      rows.add(
          String.format(
              "| `%s` | %s | %s | %s | %s |",
              name,
              preset(setting, group.required().contains(key)),
              range(setting),
              live(setting),
              setting.word("description")));
      String list = setting.allows("array") ? "[]" : "";
      rows(name + (setting.name() == null ? list : ".<name>"), inside(setting), rows);
    }
  }

  private static String preset(Schema setting, boolean required) {
    if (required) {
      return "required";
    }
    Object preset = setting.preset();
    if (preset == null) {
      return "none";
    }
    return preset.toString().equals("{}") ? "" : "`" + preset + "`";
  }

  private static String live(Schema setting) {
    if (setting.live() == null) {
      return "";
    }
    String upTo = setting.word("x-live-up-to");
    return Boolean.FALSE.equals(setting.live()) ? "no" : upTo == null ? "yes" : "up to " + upTo;
  }

  private static String bound(Schema setting, String word) {
    return Objects.requireNonNull(setting.bound(word)).toPlainString();
  }

  private static String range(Schema setting) {
    if (setting.allows("object")) {
      return "group";
    }
    if (setting.allows("array")) {
      return (setting.limit("minItems") == null ? 0 : 1)
          + " to "
          + setting.limit("maxItems")
          + " entries, each "
          + range(setting.item());
    }
    if (setting.word("x-minimum") != null) {
      return setting.word("x-minimum") + " to " + setting.word("x-maximum");
    }
    if (setting.allows("integer") || setting.allows("number")) {
      return bound(setting, "minimum") + " to " + bound(setting, "maximum");
    }
    Long longest = setting.limit("maxLength");
    return ScalarCheck.expected(setting)
        + (longest == null ? "" : " of up to " + longest + " characters");
  }
}
