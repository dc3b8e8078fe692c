package dev.usher.config.schema;

import dev.usher.config.schema.Setting.Group;
import dev.usher.config.schema.Setting.Items;
import dev.usher.config.schema.Setting.Kind;
import dev.usher.config.schema.Setting.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One group of settings that passed the schema, with the schema's defaults for those left out.
 *
 * <p>A required setting that is missing reads as its least value: the problem has been noted, and
 * no gateway will start with it. An optional number or time that was left out reads as 0.
 */
public final class Settings {
  private final String path;
  private final Schema schema;
  private final Group group;
  private final Problems problems;

  public Settings(String path, Schema schema, Group group, Problems problems) {
    this.path = path;
    this.schema = schema;
    this.group = group;
    this.problems = problems;
  }

  /** One entry of a list of texts. */
  public record Item(String path, Origin origin, String text) {}

  public String path(String key) {
    return SettingPath.join(path, key);
  }

  /** Where the setting was written or, if it was not, where its group was. */
  public Origin origin(String key) {
    Setting setting = group.settings().get(key);
    return setting == null ? group.origin() : setting.origin();
  }

  /** Where the group was written. */
  Origin origin() {
    return group.origin();
  }

  /** Notes what is wrong with the setting. */
  public void refuse(String key, String complaint) {
    problems.add(path(key), origin(key), complaint);
  }

  /** Notes what a gateway on this machine would be missing, such as a file. */
  public void refuseMissing(String key, String complaint) {
    problems.addMissing(path(key), origin(key), complaint);
  }

  /** Notes what is wrong with one entry of a list. */
  public void refuse(Item item, String complaint) {
    problems.add(item.path(), item.origin(), complaint);
  }

  public void warn(String key, String complaint) {
    problems.warn(path(key), origin(key), complaint);
  }

  /** Whether the setting was written. */
  public boolean isSet(String key) {
    return group.settings().get(key) instanceof Scalar scalar
        ? scalar.kind() != Kind.EMPTY
        : group.settings().containsKey(key);
  }

  @Nullable
  public String textOrNull(String key) {
    Setting setting = group.settings().get(key);
    if (setting instanceof Scalar scalar) {
      return scalar.kind() == Kind.EMPTY ? null : scalar.text();
    }
    Object preset = schema(key).preset();
    return preset == null ? null : preset.toString();
  }

  public String text(String key) {
    return Objects.requireNonNullElse(textOrNull(key), "");
  }

  public long number(String key) {
    String text = textOrNull(key);
    if (text == null) {
      Long least = schema(key).hasPreset() ? null : schema(key).limit("minimum");
      return Objects.requireNonNullElse(least, 0L);
    }
    return Long.parseLong(text);
  }

  public int count(String key) {
    return Math.toIntExact(number(key));
  }

  /** A number that may have a fraction. */
  public double amount(String key) {
    String text = textOrNull(key);
    return text == null ? 0 : Double.parseDouble(text);
  }

  public long bytes(String key) {
    return Sizes.parse(text(key));
  }

  public Duration duration(String key) {
    return Durations.parse(text(key));
  }

  public List<Item> items(String key) {
    List<Item> items = new ArrayList<>();
    if (group.settings().get(key) instanceof Items written) {
      for (int i = 0; i < written.items().size(); i++) {
        Setting item = written.items().get(i);
        if (item instanceof Scalar scalar && scalar.kind() != Kind.EMPTY) {
          items.add(new Item(path(key) + "[" + i + "]", scalar.origin(), scalar.text()));
        }
      }
    } else if (schema(key).preset() instanceof List<?> preset) {
      preset.forEach(text -> items.add(new Item(path(key), origin(), String.valueOf(text))));
    }
    return items;
  }

  public List<String> texts(String key) {
    return items(key).stream().map(Item::text).toList();
  }

  public Settings group(String key) {
    Group own =
        group.settings().get(key) instanceof Group written
            ? written
            : new Group(group.origin(), Map.of());
    return new Settings(path(key), schema(key), own, problems);
  }

  /** The groups in this list, without wrong ones. */
  public List<Settings> groups(String key) {
    List<Settings> groups = new ArrayList<>();
    if (group.settings().get(key) instanceof Items written) {
      for (int i = 0; i < written.items().size(); i++) {
        if (written.items().get(i) instanceof Group own) {
          groups.add(new Settings(path(key) + "[" + i + "]", schema(key).item(), own, problems));
        }
      }
    }
    return groups;
  }

  @Nullable
  public Settings groupIfSet(String key) {
    return isSet(key) ? group(key) : null;
  }

  /** The groups in this one, by name, in the order of the file. */
  public Map<String, Settings> named(String key) {
    Map<String, Settings> named = new LinkedHashMap<>();
    Settings all = group(key);
    all.group.settings().keySet().forEach(name -> named.put(name, all.group(name)));
    return named;
  }

  private Schema schema(String key) {
    return Objects.requireNonNull(schema.at(key), () -> path(key) + " is not in the schema");
  }
}
