package dev.usher.edge.route;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One path of one room; the empty prefix guards everything.
 *
 * @param prefix the prefix of whole segments, as bytes, without a final slash
 * @param room the room whose path it is
 * @param open prefixes below this one that skip the queue
 * @param guarded where a guarded request goes
 * @param bypassed where a request goes that may skip the queue
 */
public record Guard(
    String prefix, RoomRoute room, List<String> open, Route guarded, Route bypassed) {
  static Guard of(String path, RoomRoute room) {
    return new Guard(
        prefix(path, room),
        room,
        room.bypass().paths().stream().map(bypass -> prefix(bypass, room)).toList(),
        new Route(Route.Kind.GUARDED, room, room.upstream()),
        new Route(Route.Kind.BYPASSED, room, room.upstream()));
  }

  /** Adds this guard to those of the same host. */
  void addTo(List<Guard> guards) {
    for (Guard other : guards) {
      if (other.prefix().equalsIgnoreCase(prefix)) {
        throw new IllegalArgumentException(
            ("Rooms must guard different paths of a host but " + room.room())
                + (" and " + other.room().room() + " both guard \"" + prefix + "/\""));
      }
    }
    guards.add(this);
  }

  static List<Guard> longestFirst(List<Guard> guards) {
    return guards.stream()
        .sorted(Comparator.comparingInt((Guard guard) -> guard.prefix().length()).reversed())
        .toList();
  }

  /** The first of these guards whose prefix holds the path, up to {@code end}; null for none. */
  static @Nullable Guard first(List<Guard> guards, String path, int end) {
    for (int i = 0; i < guards.size(); i++) {
      Guard guard = guards.get(i);
      int length = guard.prefix().length();
      if (isSegment(path, length, end) && path.regionMatches(true, 0, guard.prefix(), 0, length)) {
        return guard;
      }
    }
    return null;
  }

  /** Whether the path, up to {@code end}, skips the queue. */
  boolean isOpen(String path, int end) {
    for (int i = 0; i < open.size(); i++) {
      if (isUnder(open.get(i), path, end)) {
        return true;
      }
    }
    return false;
  }

  public static boolean isUnder(String prefix, String path, int end) {
    return isSegment(path, prefix.length(), end) && path.startsWith(prefix);
  }

  private static boolean isSegment(String path, int length, int end) {
    return end == length || (end > length && path.charAt(length) == '/');
  }

  /** The prefix as bytes, like a reading, and without a final slash. */
  public static String prefix(String path, RoomRoute room) {
    byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
    String bytes = new String(utf8, StandardCharsets.ISO_8859_1);
    List<String> readings = bytes.startsWith("/") ? PathReadings.of(bytes) : null;
    if (readings == null || readings.size() != 1 || path.indexOf('?') >= 0) {
      throw new IllegalArgumentException(
          ("A path of room " + room.room() + " must begin with a slash and hold no dots between")
              + (" slashes and none of // \\ ; ? # %2F but was \"" + path + "\""));
    }
    String prefix = readings.get(0);
    if (isUnder(Routes.RESERVED, prefix, prefix.length())) {
      throw new IllegalArgumentException(
          ("A path of room " + room.room() + " must not be under " + Routes.RESERVED)
              + (", which is Usher's own, but was \"" + path + "\""));
    }
    return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }
}
