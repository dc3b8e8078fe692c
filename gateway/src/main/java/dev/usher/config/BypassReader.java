package dev.usher.config;

import dev.usher.config.schema.ScalarCheck;
import dev.usher.config.schema.Settings;
import dev.usher.edge.route.RoomRoute.Bypass;
import dev.usher.http.Cidr;
import java.util.ArrayList;
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
    checkPaths(bypass, paths, guarded);
    if (bypass.texts("methods").contains("GET")) {
      bypass.warn("methods", "has GET, so whoever only looks never waits");
    }
    return new Bypass(paths, bypass.texts("methods"), blocks(bypass));
  }

  /** Refuses the path with which nothing is left that the room guards. */
  private static void checkPaths(Settings bypass, List<String> paths, List<String> guarded) {
    List<String> left = new ArrayList<>(guarded);
    List<Settings.Item> items = bypass.items("paths");
    for (int i = 0; i < items.size(); i++) {
      String open = paths.get(i);
      if (left.removeIf(path -> RoomReader.isBelow(path, open)) && left.isEmpty()) {
        refuse(bypass, items.get(i), "must be less than the room guards");
      }
    }
  }

  private static List<Cidr> blocks(Settings bypass) {
    List<Cidr> blocks = new ArrayList<>();
    for (Settings.Item item : bypass.items("from")) {
      Cidr block = ListenReader.block(bypass, item);
      if (block != null && block.isEverybody()) {
        refuse(bypass, item, "must be a block of some addresses");
      } else if (block != null) {
        blocks.add(block);
      }
    }
    return blocks;
  }

  private static void refuse(Settings bypass, Settings.Item item, String must) {
    String was = ScalarCheck.clip(item.text());
    bypass.refuse(item, must + " but was \"" + was + "\": the room would guard nothing");
  }
}
