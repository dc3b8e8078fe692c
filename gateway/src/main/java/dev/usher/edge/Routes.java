package dev.usher.edge;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which room guards a request. A room that names the host comes before one for all hosts, then the
 * longer path before the shorter.
 *
 * <p>A path that can be read in several ways is guarded if any reading is, and bypasses only if all
 * do; if two readings are in different rooms, it is unclear and refused, since a pass of one must
 * not open the other. Guards ignore the case of letters, as some upstreams do; bypasses do not.
 */
final class Routes {
  /** Paths that are Usher's own, in this spelling only. */
  static final String RESERVED = "/_usher";

  private static final Route UNCLEAR = new Route(Route.Kind.UNCLEAR, null, null);
  private static final Route ITS_OWN = new Route(Route.Kind.RESERVED, null, null);

  private final Map<String, List<Guard>> byHost = new HashMap<>();
  private final List<Guard> anyHost;
  private final Route outside;

  /** One path of one room; the empty prefix guards everything. */
  private record Guard(
      String prefix, RoomRoute room, List<String> open, Route guarded, Route bypassed) {}

  /**
   * @param defaultUpstream where requests outside every room go; null for nowhere
   */
  Routes(List<RoomRoute> rooms, @Nullable String defaultUpstream) {
    List<Guard> any = new ArrayList<>();
    for (RoomRoute room : rooms) {
      for (String path : room.paths()) {
        Guard guard = guard(path, room);
        if (room.hosts().isEmpty()) {
          add(any, guard);
        }
        for (String host : room.hosts()) {
          add(byHost.computeIfAbsent(name(host, room), h -> new ArrayList<>()), guard);
        }
      }
    }
    byHost.replaceAll((host, guards) -> longestFirst(guards));
    this.anyHost = longestFirst(any);
    this.outside = new Route(Route.Kind.OUTSIDE, null, defaultUpstream);
  }

  private static Guard guard(String path, RoomRoute room) {
    return new Guard(
        prefix(path, room),
        room,
        room.bypass().paths().stream().map(bypass -> prefix(bypass, room)).toList(),
        new Route(Route.Kind.GUARDED, room, room.upstream()),
        new Route(Route.Kind.BYPASSED, room, room.upstream()));
  }

  private static void add(List<Guard> guards, Guard guard) {
    for (Guard other : guards) {
      if (other.prefix().equalsIgnoreCase(guard.prefix())) {
        throw new IllegalArgumentException(
            ("Rooms must guard different paths of a host but " + guard.room().room())
                + (" and " + other.room().room() + " both guard \"" + guard.prefix() + "/\""));
      }
    }
    guards.add(guard);
  }

  private static List<Guard> longestFirst(List<Guard> guards) {
    return guards.stream()
        .sorted(Comparator.comparingInt((Guard guard) -> guard.prefix().length()).reversed())
        .toList();
  }

  private static String name(String host, RoomRoute room) {
    String name = HostName.of(host);
    if (name == null || name.isEmpty()) {
      throw new IllegalArgumentException(
          ("A host of room " + room.room() + " must be a name or an address")
              + (" without a path but was \"" + host + "\""));
    }
    return name;
  }

  /** As bytes, like a reading, and without a final slash. */
  private static String prefix(String path, RoomRoute room) {
    byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
    String bytes = new String(utf8, StandardCharsets.ISO_8859_1);
    List<String> readings = bytes.startsWith("/") ? PathReadings.of(bytes) : null;
    if (readings == null || readings.size() != 1 || path.indexOf('?') >= 0) {
      throw new IllegalArgumentException(
          ("A path of room " + room.room() + " must begin with a slash and hold no dots between")
              + (" slashes and none of // \\ ; ? # %2F but was \"" + path + "\""));
    }
    String prefix = readings.get(0);
    if (isUnder(RESERVED, prefix, prefix.length())) {
      throw new IllegalArgumentException(
          ("A path of room " + room.room() + " must not be under " + RESERVED)
              + (", which is Usher's own, but was \"" + path + "\""));
    }
    return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  /**
   * Where the request belongs. A plain path, as nearly all are, costs a scan and a few comparisons.
   *
   * @param host the Host header or :authority; null for none
   * @param target the request target as it came: a path and query, an absolute URI or an asterisk
   */
  Route route(@Nullable String host, String target, String method, InetAddress client) {
    String name = HostName.of(host);
    String path = target;
    if (!target.startsWith("/")) {
      path = pathOf(target, name);
    }
    if (name == null || path == null) {
      return UNCLEAR;
    }
    int query = path.indexOf('?');
    int end = query < 0 ? path.length() : query;
    List<Guard> named = byHost.getOrDefault(name, List.of());
    if (!PathReadings.isPlain(path, end)) {
      return unplain(named, path.substring(0, end), method, client);
    }
    if (isUnder(RESERVED, path, end)) {
      return ITS_OWN;
    }
    Guard guard = find(named, path, end);
    if (guard == null) {
      return outside;
    }
    boolean bypasses = bypasses(guard.room(), method, client) || isOpen(guard, path, end);
    return bypasses ? guard.bypassed() : guard.guarded();
  }

  private Route unplain(List<Guard> named, String path, String method, InetAddress client) {
    List<String> readings = PathReadings.of(path);
    if (readings == null) {
      return UNCLEAR;
    }
    Guard found = null;
    for (String reading : readings) {
      // "//sale;id=1" is /sale to almost everyone, and the set holds that reading too.
      if (PathReadings.isSettled(reading)) {
        Guard guard = find(named, reading, reading.length());
        if (found != null && guard != null && !guard.room().equals(found.room())) {
          return UNCLEAR;
        }
        found = guard == null ? found : guard;
      }
    }
    if (found == null) {
      return outside;
    }
    boolean bypasses = bypasses(found.room(), method, client) || areOpen(found, readings);
    return bypasses ? found.bypassed() : found.guarded();
  }

  private @Nullable Guard find(List<Guard> named, String path, int end) {
    Guard guard = first(named, path, end);
    return guard == null ? first(anyHost, path, end) : guard;
  }

  private static @Nullable Guard first(List<Guard> guards, String path, int end) {
    for (int i = 0; i < guards.size(); i++) {
      Guard guard = guards.get(i);
      int length = guard.prefix().length();
      if (isSegment(path, length, end) && path.regionMatches(true, 0, guard.prefix(), 0, length)) {
        return guard;
      }
    }
    return null;
  }

  private static boolean bypasses(RoomRoute room, String method, InetAddress client) {
    if (room.bypass().methods().contains(method)) {
      return true;
    }
    for (Cidr block : room.bypass().from()) {
      if (block.contains(client)) {
        return true;
      }
    }
    return false;
  }

  private static boolean areOpen(Guard guard, List<String> readings) {
    return readings.stream().allMatch(reading -> isOpen(guard, reading, reading.length()));
  }

  private static boolean isOpen(Guard guard, String path, int end) {
    for (int i = 0; i < guard.open().size(); i++) {
      if (isUnder(guard.open().get(i), path, end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnder(String prefix, String path, int end) {
    return isSegment(path, prefix.length(), end) && path.startsWith(prefix);
  }

  private static boolean isSegment(String path, int length, int end) {
    return end == length || (end > length && path.charAt(length) == '/');
  }

  /** The path of a target that does not begin with one; null when it is none or unclear. */
  private static @Nullable String pathOf(String target, @Nullable String host) {
    if (target.equals("*")) {
      return "/";
    }
    int from = 0;
    if (target.regionMatches(true, 0, "http://", 0, 7)) {
      from = 7;
    } else if (target.regionMatches(true, 0, "https://", 0, 8)) {
      from = 8;
    }
    int at = from;
    while (at < target.length() && "/?#\\".indexOf(target.charAt(at)) < 0) {
      at++;
    }
    // The authority goes before the Host header (RFC 9112, section 3.2.2), but not every upstream
    // knows. Clients send the same in both.
    String name = HostName.of(target.substring(from, at));
    if (from == 0 || name == null || name.isEmpty() || !name.equals(host)) {
      return null;
    }
    return target.startsWith("/", at) ? target.substring(at) : "/" + target.substring(at);
  }
}
