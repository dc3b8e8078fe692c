package dev.usher.config.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads the text of a file into settings that know their lines. */
public final class YamlReader {
  /**
   * Longest file, a hundred times the longest sensible one: a longer one is no configuration of
   * ours.
   */
  public static final int CHARACTERS_MAX = 1 << 20;

  /** Deepest nesting: that of our schema is 6, and beyond twice that an alias refers to itself. */
  private static final int DEPTH_MAX = 12;

  /**
   * A variable, as shells, Compose files and other gateways write a value that is defined
   * elsewhere.
   */
  private static final Pattern VARIABLE = Pattern.compile("[$][{][A-Za-z_][^}]{0,60}[}]");

  private final String file;
  private final Problems problems;
  private boolean unfilled;

  public YamlReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The settings in the text; none, with a problem noted, if it is not YAML. */
  public Setting.Group read(String text) {
    Setting.Group nothing = new Setting.Group(new Origin.Line(file, 1), Map.of());
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(file)
              .setCodePointLimit(CHARACTERS_MAX)
              // Our own complaint names the setting and its line.
              .setAllowNonScalarKeys(true)
              .build();
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        return nothing;
      }
      if (root.get() instanceof MappingNode mapping) {
        return group("", mapping, nothing.origin(), 0);
      }
      problems.add("", nothing.origin(), "must be a group of settings but is not");
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
      int column = mark == null ? 1 : mark.getColumn() + 1;
      String words = YamlWords.of(e.getProblem());
      String complaint = "must be YAML but is not at column " + column + ": " + words;
      problems.add("", line(mark), complaint);
    } catch (YamlEngineException e) {
      problems.add("", nothing.origin(), "must be YAML but is not: " + e.getMessage());
    }
    return nothing;
  }

  /** Whether the text holds variables, because of which everything else may be wrong. */
  public boolean isUnfilled() {
    return unfilled;
  }

  private Setting.Group group(String path, MappingNode node, Origin origin, int depth) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    for (NodeTuple entry : node.getValue()) {
      Origin.Line here = line(entry.getKeyNode().getStartMark().orElse(null));
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        problems.add(path, here, "must name its settings by plain words but has a list or a group");
        continue;
      }
      String name = key.getValue();
      Integer before = lines.putIfAbsent(name, here.line());
      if (before == null) {
        settings.put(
            name, setting(SettingPath.join(path, name), entry.getValueNode(), here, depth + 1));
      } else {
        problems.add(
            SettingPath.join(path, name),
            here,
            "must be set once but was already set on line " + before);
      }
    }
    return new Setting.Group(origin, settings);
  }

  private Setting setting(String path, Node node, Origin.Line key, int depth) {
    if (depth > DEPTH_MAX) {
      problems.add(path, key, "must not be nested this deep");
      return new Setting.Group(key, Map.of());
    }
    if (node instanceof MappingNode mapping) {
      return group(path, mapping, key, depth);
    }
    if (node instanceof SequenceNode sequence) {
      List<Setting> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        Origin.Line here = line(item.getStartMark().orElse(null));
        items.add(setting(path + "[" + items.size() + "]", item, here, depth + 1));
      }
      return new Setting.Items(key, items);
    }
    String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    Matcher variable = VARIABLE.matcher(text);
    if (variable.find()) {
      unfilled = true;
      problems.add(path, line(node.getStartMark().orElse(null)), written(variable.group()));
    }
    return new Setting.Scalar(line(node.getStartMark().orElse(null)), kind(node.getTag()), text);
  }

  private static String written(String variable) {
    return "must be written out, for variables are not filled in here, but has "
        + ScalarCheck.clip(variable)
        + ": let envsubst or your deployment fill it in; secrets come from USHER_REDIS_URL,"
        + " USHER_REDIS_PASSWORD and USHER_KEY by themselves";
  }

  private static Setting.Kind kind(Tag tag) {
    if (tag.equals(Tag.INT)) {
      return Setting.Kind.WHOLE;
    } else if (tag.equals(Tag.FLOAT)) {
      return Setting.Kind.FRACTION;
    } else if (tag.equals(Tag.BOOL)) {
      return Setting.Kind.BOOLEAN;
    } else if (tag.equals(Tag.NULL)) {
      return Setting.Kind.EMPTY;
    }
    return Setting.Kind.TEXT;
  }

  private Origin.Line line(@Nullable Mark mark) {
    return new Origin.Line(file, mark == null ? 1 : mark.getLine() + 1);
  }
}
