package dev.usher.edge.route;

import dev.usher.http.Cidr;
import dev.usher.http.Client;
import dev.usher.http.HostName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which room guards a request. A room that names the host comes before one for all hosts, then the
 * longer path before the shorter.
 *
 * <p>A path that can be read in several ways is guarded if any reading is, and bypasses the queue
 * only if all do. If two readings are in different rooms it is unclear and refused, since a pass of
 * one must not open the other. Guards ignore the case of letters, as some upstreams do; bypasses do
 * not.
 *
 * <p>Where rooms name hosts, a host that none of them names is misdirected, unless a default
 * upstream is configured: pods do not look at the Host header, and by another name for the same
 * address everyone would get past the room.
 */
public final class Routes {
  /** Paths that are Usher's own, in this spelling only. */
  public static final String RESERVED = "/_usher";

  /** The path on which load balancers ask whether visitors may be sent here. */
  public static final String HEALTH = RESERVED + "/health";

  private static final Route UNCLEAR = new Route(Route.Kind.UNCLEAR, null, null);
  private static final Route ITS_OWN = new Route(Route.Kind.RESERVED, null, null);
  private static final Route MISDIRECTED = new Route(Route.Kind.MISDIRECTED, null, null);

  private final Map<String, Site> byHost = new HashMap<>();
  private final List<Guard> anyHost;
  private final Site elsewhere;

  /**
   * What is behind a host.
   *
   * @param guards guards of the rooms that name the host, the longest path first
   * @param own where Usher's own paths go
   * @param outside where requests go that no room guards
   */
  private record Site(List<Guard> guards, Route own, Route outside) {}

  /**
   * @param defaultUpstream where requests outside every room go, whatever their host; null for the
   *     upstream of the rooms that name their host, if it is one, and nowhere for other hosts
   */
  public Routes(List<RoomRoute> rooms, @Nullable String defaultUpstream) {
    Map<String, List<Guard>> named = new HashMap<>();
    List<Guard> any = new ArrayList<>();
    for (RoomRoute room : rooms) {
      for (String path : room.paths()) {
        Guard guard = Guard.of(path, room);
        if (room.hosts().isEmpty()) {
          guard.addTo(any);
        }
        for (String host : room.hosts()) {
          guard.addTo(named.computeIfAbsent(name(host, room), h -> new ArrayList<>()));
        }
      }
    }
    this.anyHost = Guard.longestFirst(any);
    named.forEach((host, guards) -> byHost.put(host, site(guards, any, defaultUpstream)));
    this.elsewhere =
        defaultUpstream != null || byHost.isEmpty()
            ? site(List.of(), any, defaultUpstream)
            : new Site(List.of(), any.isEmpty() ? MISDIRECTED : ITS_OWN, MISDIRECTED);
  }

  private static Site site(List<Guard> named, List<Guard> any, @Nullable String defaultUpstream) {
    String upstream = defaultUpstream;
    if (upstream == null) {
      List<String> behind =
          Stream.concat(named.stream(), any.stream())
              .map(guard -> guard.room().upstream())
              .distinct()
              .toList();
      upstream = behind.size() == 1 ? behind.get(0) : null;
    }
    return new Site(
        Guard.longestFirst(named), ITS_OWN, new Route(Route.Kind.OUTSIDE, null, upstream));
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

  /**
   * The host that decides the route: the request's own, unless no room names it and a trusted proxy
   * forwards one that a room does name. Not the other way round: a proxy that is not told to set
   * X-Forwarded-Host passes on what a stranger wrote there.
   */
  @Nullable
  public String deciding(Client client) {
    String forwarded = client.forwardedHost();
    if (forwarded == null) {
      return client.host();
    }
    String name = HostName.of(client.host());
    String other = HostName.of(forwarded);
    boolean counts =
        name != null && other != null && !byHost.containsKey(name) && byHost.containsKey(other);
    return counts ? forwarded : client.host();
  }

  /** Whether a load balancer asks if visitors may be sent here; the host does not matter. */
  public static boolean isHealth(String target) {
    return target.startsWith(HEALTH)
        && (target.length() == HEALTH.length() || target.charAt(HEALTH.length()) == '?');
  }

  /**
   * Where the request belongs. A plain path, as nearly all are, costs a scan and a few comparisons.
   *
   * @param host the host that decides; null for none
   * @param target the request target: a path and query, or an asterisk
   */
  public Route route(@Nullable String host, String target, String method, InetAddress client) {
    if (isHealth(target)) {
      // A health check names no host: a load balancer sends an address, or nothing.
      return ITS_OWN;
    }
    String name = HostName.of(host);
    String path = target.equals("*") ? "/" : target;
    if (name == null || !path.startsWith("/")) {
      return UNCLEAR;
    }
    int query = path.indexOf('?');
    int end = query < 0 ? path.length() : query;
    Site site = byHost.getOrDefault(name, elsewhere);
    if (!PathReadings.isPlain(path, end)) {
      return unplain(site, path.substring(0, end), method, client);
    }
    if (Guard.isUnder(RESERVED, path, end)) {
      return site.own();
    }
    Guard guard = find(site, path, end);
    if (guard == null) {
      return site.outside();
    }
    boolean bypasses = bypasses(guard.room(), method, client) || guard.isOpen(path, end);
    return bypasses ? guard.bypassed() : guard.guarded();
  }

  private Route unplain(Site site, String path, String method, InetAddress client) {
    List<String> readings = PathReadings.of(path);
    if (readings == null) {
      return UNCLEAR;
    }
    Guard found = null;
    for (String reading : readings) {
      // "//sale;id=1" is /sale to almost everyone, and the set holds that reading too.
      if (PathReadings.isSettled(reading)) {
        Guard guard = find(site, reading, reading.length());
        if (found != null && guard != null && !guard.room().equals(found.room())) {
          return UNCLEAR;
        }
        found = guard == null ? found : guard;
      }
    }
    if (found == null) {
      return site.outside();
    }
    boolean bypasses = bypasses(found.room(), method, client) || areOpen(found, readings);
    return bypasses ? found.bypassed() : found.guarded();
  }

  private @Nullable Guard find(Site site, String path, int end) {
    Guard guard = Guard.first(site.guards(), path, end);
    return guard == null ? Guard.first(anyHost, path, end) : guard;
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
    return readings.stream().allMatch(reading -> guard.isOpen(reading, reading.length()));
  }
}
