package dev.usher.config.schema;

import dev.usher.config.schema.Setting.Group;
import dev.usher.config.schema.Setting.Items;
import dev.usher.config.schema.Setting.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks settings against the schema. It notes every problem and returns the settings without the
 * wrong ones, so that later checks can tell what else is wrong.
 */
public final class SchemaCheck {
  private final Problems problems;

  public SchemaCheck(Problems problems) {
    this.problems = problems;
  }

  public Group check(Group root, Schema schema) {
    return group("", root, schema);
  }

  private @Nullable Setting value(String path, Setting setting, Schema schema) {
    if (setting instanceof Scalar scalar) {
      String complaint = new ScalarCheck(schema, scalar).complaint();
      if (complaint != null) {
        problems.add(path, scalar.origin(), complaint);
        return null;
      }
      return scalar;
    }
    if (setting instanceof Group group && schema.allows("object")) {
      return group(path, group, schema);
    }
    if (setting instanceof Items items && schema.allows("array")) {
      return items(path, items, schema);
    }
    String was = setting instanceof Group ? "a group of settings" : "a list";
    String complaint = "must be " + ScalarCheck.expected(schema) + " but was " + was;
    problems.add(path, setting.origin(), complaint);
    return null;
  }

  private Group group(String path, Group group, Schema schema) {
    Map<String, Setting> good = new LinkedHashMap<>();
    for (Map.Entry<String, Setting> entry : group.settings().entrySet()) {
      String key = entry.getKey();
      Setting setting = entry.getValue();
      Schema expected = schema.at(key);
      if (expected == null) {
        problems.add(SettingPath.join(path, key), setting.origin(), unknown(key, schema));
      } else if (isNamed(key, path, setting, schema)) {
        Setting checked = value(SettingPath.join(path, key), setting, expected);
        if (checked != null) {
          good.put(key, checked);
        }
      }
    }
    missing(path, group, schema);
    noneOfThose(path, group, schema);
    number(path, group, group.settings().size(), schema);
    return new Group(group.origin(), good);
  }

  private boolean isNamed(String key, String path, Setting setting, Schema schema) {
    Schema rule = schema.name();
    if (rule == null) {
      return true;
    }
    Scalar name = new Scalar(setting.origin(), Setting.Kind.TEXT, key);
    String complaint = new ScalarCheck(rule, name).complaint();
    if (complaint != null) {
      problems.add(path, setting.origin(), "must name each entry by " + after("be ", complaint));
    }
    return complaint == null;
  }

  private static String after(String word, String complaint) {
    return complaint.substring(complaint.indexOf(word) + word.length());
  }

  private Items items(String path, Items items, Schema schema) {
    List<Setting> good = new ArrayList<>();
    Schema item = schema.item();
    for (int i = 0; i < items.items().size(); i++) {
      Setting checked = value(path + "[" + i + "]", items.items().get(i), item);
      // A wrong entry leaves a gap, so that those after it keep their index in messages.
      good.add(checked != null ? checked : new Scalar(items.origin(), Setting.Kind.EMPTY, ""));
    }
    number(path, items, items.items().size(), schema);
    return new Items(items.origin(), good);
  }

  private void missing(String path, Group group, Schema schema) {
    for (String key : schema.required()) {
      Schema expected = schema.at(key);
      if (expected != null && !group.settings().containsKey(key)) {
        String why = expected.word("description");
        problems.add(
            SettingPath.join(path, key), group.origin(), "must be set but is missing. " + why);
      }
    }
  }

  private void noneOfThose(String path, Group group, Schema schema) {
    List<String> keys = schema.oneNeeded();
    if (!keys.isEmpty() && keys.stream().noneMatch(key -> isWritten(group, key))) {
      problems.add(
          path,
          group.origin(),
          "must have at least one of "
              + String.join(", ", keys)
              + " but has none: they say "
              + schema.word("x-any"));
    }
  }

  private static boolean isWritten(Group group, String key) {
    Setting setting = group.settings().get(key);
    return setting != null
        && !(setting instanceof Scalar scalar && scalar.kind() == Setting.Kind.EMPTY);
  }

  /** Checks the number of entries of a list or a group of names. */
  private void number(String path, Setting setting, int size, Schema schema) {
    String word = setting instanceof Group ? "Properties" : "Items";
    Long least = schema.limit("min" + word);
    Long most = schema.limit("max" + word);
    if (least != null && size < least) {
      problems.add(path, setting.origin(), "must have at least one entry but was empty");
    }
    if (most != null && size > most) {
      problems.add(
          path, setting.origin(), "must have at most " + most + " entries but had " + size);
    }
  }

  private static String unknown(String key, Schema schema) {
    String advice = schema.elsewhere(key);
    if (advice != null) {
      return "is not a setting: " + advice;
    }
    String nearest = NearestKey.to(key, schema.keys());
    return nearest != null
        ? "is not a setting: did you mean " + nearest + "?"
        : "is not a setting: known here are " + String.join(", ", new TreeSet<>(schema.keys()));
  }
}
