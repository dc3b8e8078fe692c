package dev.usher.config;

import dev.usher.config.schema.Meaning;
import dev.usher.config.schema.Origin;
import dev.usher.config.schema.Schema;
import dev.usher.config.schema.Setting;
import dev.usher.config.schema.Setting.Group;
import dev.usher.config.schema.SettingPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The changes in a file, divided into what a running gateway takes over and what only its next
 * start will. The schema says of each setting which it is.
 */
final class LiveChanges {
  private final List<String> changed = new ArrayList<>();
  private final List<String> added = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();
  private final List<String> needsRestart = new ArrayList<>();

  private LiveChanges() {}

  /**
   * The new settings as far as they can be taken over now.
   *
   * @param settings the new settings, with the old values of all that need a restart
   * @param changes what has changed, and what needs a restart
   */
  record Taken(Group settings, ConfigChange.Changes changes) {}

  static Taken between(Group before, Group now, Schema schema) {
    LiveChanges found = new LiveChanges();
    Group settings = found.keys("", before, now, schema);
    return new Taken(
        settings,
        new ConfigChange.Changes(found.changed, found.added, found.removed, found.needsRestart));
  }

  /** A group whose keys are fixed. */
  private Group keys(String path, Group before, Group now, Schema schema) {
    Map<String, Setting> taken = new LinkedHashMap<>(now.settings());
    for (String key : schema.keys()) {
      Setting was = before.settings().get(key);
      Setting is = now.settings().get(key);
      Setting keep =
          setting(SettingPath.join(path, key), was, is, Objects.requireNonNull(schema.at(key)));
      if (keep == null) {
        taken.remove(key);
      } else {
        taken.put(key, keep);
      }
    }
    return new Group(now.origin(), taken);
  }

  /** A group of entries with names of their own, each of which may come and go. */
  private Group named(String path, Group before, Group now, Schema schema) {
    Map<String, Setting> taken = new LinkedHashMap<>(now.settings());
    now.settings()
        .forEach(
            (name, is) -> {
              Setting was = before.settings().get(name);
              String entry = SettingPath.join(path, name);
              if (was instanceof Group old && is instanceof Group fresh) {
                taken.put(name, keys(entry, old, fresh, Objects.requireNonNull(schema.at(name))));
              } else {
                added.add(entry);
              }
            });
    before.settings().keySet().stream()
        .filter(name -> !now.settings().containsKey(name))
        .forEach(name -> removed.add(SettingPath.join(path, name)));
    return new Group(now.origin(), taken);
  }

  /** The setting that is now in force; null for none. */
  // Rule zero: where it is, what it was and what it is now; a record of them would have no other
  // use.
  private @Nullable Setting setting(
      String path, @Nullable Setting was, @Nullable Setting is, Schema schema) {
    if (schema.name() != null) {
      return named(path, group(was), group(is), schema);
    }
    boolean optional = schema.allows("null");
    if (schema.allows("object") && (!optional || (was instanceof Group && is instanceof Group))) {
      return was == null && is == null ? null : keys(path, group(was), group(is), schema);
    }
    if (Meaning.isSame(was, is, schema)) {
      return is;
    }
    if (isLive(was, is, schema)) {
      changed.add(path);
      return is;
    }
    needsRestart.add(path);
    return was;
  }

  private static Group group(@Nullable Setting setting) {
    return setting instanceof Group group ? group : new Group(new Origin.Unwritten(), Map.of());
  }

  private static boolean isLive(@Nullable Setting was, @Nullable Setting is, Schema schema) {
    Duration upTo = schema.liveUpTo();
    return upTo == null
        ? Boolean.TRUE.equals(schema.live())
        : isAtMost(upTo, was, schema) && isAtMost(upTo, is, schema);
  }

  private static boolean isAtMost(Duration most, @Nullable Setting setting, Schema schema) {
    return Meaning.of(setting, schema) instanceof Duration value && value.compareTo(most) <= 0;
  }
}
