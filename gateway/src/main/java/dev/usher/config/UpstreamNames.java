package dev.usher.config;

import dev.usher.config.schema.NearestKey;
import dev.usher.config.schema.ScalarCheck;
import dev.usher.config.schema.Settings;
import java.util.Set;
import java.util.TreeSet;

/** The names of all upstreams, for settings that choose one of them. */
final class UpstreamNames {
  private final Set<String> names;

  UpstreamNames(Set<String> names) {
    this.names = names;
  }

  boolean areSeveral() {
    return names.size() > 1;
  }

  /**
   * The upstream that the setting names, or the only one if it names none. If that cannot be told,
   * a stand-in, and the problem is noted.
   */
  String choose(Settings settings, String key) {
    String name = settings.textOrNull(key);
    if (name != null && names.contains(name)) {
      return name;
    }
    String known = String.join(", ", new TreeSet<>(names));
    if (name != null && !names.isEmpty()) {
      String nearest = NearestKey.to(name, names);
      settings.refuse(
          key,
          "must name one of the upstreams ("
              + known
              + ") but was \""
              + ScalarCheck.clip(name)
              + (nearest == null ? "\"" : "\": did you mean " + nearest + "?"));
    } else if (names.size() > 1) {
      settings.refuse(key, "must be set when there are several upstreams: one of " + known);
    }
    return names.stream().findFirst().orElse("missing");
  }
}
