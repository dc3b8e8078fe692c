package dev.usher.config;

import dev.usher.config.schema.ScalarCheck;
import dev.usher.config.schema.Settings;
import dev.usher.edge.route.RoomRoute.Bypass;
import dev.usher.http.Cidr;
import java.util.List;

/** Reads what passes a room by, and refuses what would leave nothing to guard. */
final class BypassReader {
  private BypassReader() {}

  /**
   * Reads the group.
   *
   * @param paths those of the group, in their canonical spelling
   * @param guarded the paths of the room
   */
  static Bypass read(Settings bypass, List<String> paths, List<String> guarded) {
    List<Settings.Item> items = bypass.items("paths");
    for (int i = 0; i < Math.min(items.size(), paths.size()); i++) {
      String path = paths.get(i);
      if (guarded.stream().allMatch(room -> isBelow(room, path))) {
        refuse(bypass, items.get(i), "must be less than the room guards");
      }
    }
    List<Cidr> from = ListenReader.blocks(bypass, "from");
    items = bypass.items("from");
    for (int i = 0; i < Math.min(items.size(), from.size()); i++) {
      if (from.get(i).isEverybody()) {
        refuse(bypass, items.get(i), "must be a block of some addresses");
      }
    }
    if (bypass.texts("methods").contains("GET")) {
      bypass.warn("methods", "has GET, so whoever only looks never waits");
    }
    return new Bypass(paths, bypass.texts("methods"), from);
  }

  private static boolean isBelow(String path, String prefix) {
    return prefix.equals("/") || path.equals(prefix) || path.startsWith(prefix + "/");
  }

  private static void refuse(Settings bypass, Settings.Item item, String must) {
    String was = ScalarCheck.clip(item.text());
    bypass.refuse(item, must + " but was \"" + was + "\": the room would guard nothing");
  }
}
