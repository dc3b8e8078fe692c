package dev.usher.config;

import java.util.List;
import java.util.stream.Stream;

/** The outcome of a changed configuration file. */
public sealed interface ConfigChange {
  /**
   * The file is wrong, and what was in force stays in force.
   *
   * @param problems what must be how, but was what: one sentence each
   */
  record Refused(List<String> problems) implements ConfigChange {}

  /**
   * The file is right.
   *
   * @param config what is now in force: the file, except for what needs a restart
   */
  record Taken(GatewayConfig config, Changes changes) implements ConfigChange {}

  /**
   * How two files differ, by the paths of settings.
   *
   * @param changed settings whose new value is taken over
   * @param added rooms and upstreams that are new
   * @param removed rooms and upstreams that are gone
   * @param needsRestart settings that keep their old value until the next start
   */
  record Changes(
      List<String> changed, List<String> added, List<String> removed, List<String> needsRestart) {
    public Changes {
      changed = List.copyOf(changed);
      added = List.copyOf(added);
      removed = List.copyOf(removed);
      needsRestart = List.copyOf(needsRestart);
    }

    /** The changes with these settings changed as well. */
    Changes with(List<String> more) {
      List<String> all = Stream.concat(changed.stream(), more.stream()).distinct().toList();
      return new Changes(all, added, removed, needsRestart);
    }
  }
}
