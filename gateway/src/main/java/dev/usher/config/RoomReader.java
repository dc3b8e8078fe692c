package dev.usher.config;

import dev.usher.config.GatewayConfig.Room;
import dev.usher.config.schema.Durations;
import dev.usher.config.schema.ScalarCheck;
import dev.usher.config.schema.Settings;
import dev.usher.edge.route.Guard;
import dev.usher.edge.route.RoomRoute;
import dev.usher.edge.route.RoomRoute.Cookies;
import dev.usher.edge.route.RoomRoute.SameSite;
import dev.usher.http.HostName;
import dev.usher.room.RoomPolicy;
import dev.usher.room.RoomTimes;
import dev.usher.server.ListenOptions;
import dev.usher.store.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code rooms}, and checks what holds within one room. */
final class RoomReader {
  /** Paths of the gateway itself, in front of every room. */
  private static final String RESERVED = "/_usher";

  /** What other gateways and frameworks take for a pattern, and what would guard nothing here. */
  private static final Pattern WILDCARD = Pattern.compile("[*{]|/:|[$]$");

  private final ListenOptions listen;
  private final UpstreamNames upstreams;

  RoomReader(ListenOptions listen, UpstreamNames upstreams) {
    this.listen = listen;
    this.upstreams = upstreams;
  }

  Room read(String name, Settings room) {
    String upstream = upstreams.choose(room, "upstream");
    return new Room(
        policy(name, upstream, room),
        route(name, upstream, room),
        PageReader.read(room.group("page")));
  }

  private static RoomPolicy policy(String name, String upstream, Settings room) {
    Settings session = room.group("session");
    Settings poll = room.group("poll");
    Duration timeout = session.duration("timeout");
    Duration pollMax = poll.duration("max");
    notBelow(session, "max", session, "timeout");
    notBelow(poll, "max", poll, "min");
    Duration longestPoll = RoomTimes.longestPoll(pollMax);
    if (room.duration("offer").compareTo(longestPoll) < 0) {
      room.refuse(
          "offer",
          "must be at least "
              + Durations.format(longestPoll)
              + ", which is poll.max with its jitter, or a called visitor may ask too late, but was"
              + " "
              + room.text("offer"));
    }
    Queue queue =
        new Queue(
            upstream,
            name,
            RoomTimes.presenceWindow(pollMax),
            RoomTimes.sessionWindow(timeout),
            room.duration("offer"));
    return new RoomPolicy(
        queue,
        Objects.requireNonNullElse(room.textOrNull("title"), name),
        room.count("weight"),
        timeout,
        session.duration("max"),
        session.group("finish").duration("grace"),
        room.number("waitingMax"),
        poll.duration("min"),
        pollMax,
        room.text("mode").equals("observe"),
        EventReader.read(name, room));
  }

  private static void notBelow(Settings group, String upper, Settings other, String lower) {
    if (group.duration(upper).compareTo(other.duration(lower)) < 0) {
      // Points at the one that was written or, if both were, at the upper one.
      String wrong = group.isSet(upper) ? upper : lower;
      String how = wrong.equals(upper) ? "at least " + lower : "at most " + upper;
      String limit = group.text(wrong.equals(upper) ? lower : upper);
      group.refuse(wrong, "must be " + how + " (" + limit + ") but was " + group.text(wrong));
    }
  }

  private RoomRoute route(String name, String upstream, Settings room) {
    Settings bypass = room.group("bypass");
    Settings waiting = room.group("waiting");
    Settings session = room.group("session");
    List<String> hosts = hosts(room);
    List<String> paths = paths(room);
    int ofAddress = room.count("joinsPerAddress");
    int ofNetwork = room.count("joinsPerNetwork");
    if (ofNetwork > 0 && (ofAddress == 0 || ofAddress > ofNetwork)) {
      room.warn(
          "joinsPerNetwork",
          "is "
              + ofNetwork
              + ", so an address joins no faster than that whatever joinsPerAddress says: raise it,"
              + " or set it to 0");
    }
    return new RoomRoute(
        name,
        upstream,
        hosts,
        paths,
        within(session.group("finish"), paths, "outside of it nobody needs a session"),
        room.group("cors").texts("origins"),
        within(room.group("stock"), paths, "the room hears no other answer"),
        BypassReader.read(bypass, paths(bypass), paths),
        cookies(room.group("cookies"), hosts),
        waiting.count("pageStatus"),
        waiting.count("otherStatus"),
        new RoomRoute.Bounds(
            session.count("inFlight"),
            new RoomRoute.Joins(
                ofAddress, ofNetwork, ListenReader.blocks(room, "joinsUnlimitedFrom")),
            session.text("networks").equals("refuse")));
  }

  /** The hosts in their canonical spelling, with which requests are compared. */
  private static List<String> hosts(Settings room) {
    List<String> hosts = new ArrayList<>();
    for (Settings.Item item : room.items("hosts")) {
      String host = HostName.of(item.text());
      if (host == null || host.isEmpty()) {
        room.refuse(
            item,
            "must be a name or an address such as [2001:db8::1] but was \""
                + ScalarCheck.clip(item.text())
                + "\"");
      } else {
        hosts.add(host);
      }
    }
    return List.copyOf(hosts);
  }

  private static List<String> paths(Settings settings) {
    for (Settings.Item item : settings.items("paths")) {
      if (plain(item.text()).equals(RESERVED) || item.text().startsWith(RESERVED + "/")) {
        settings.refuse(
            item,
            "must not lie in /_usher, which the gateway answers itself, but was \""
                + ScalarCheck.clip(item.text())
                + "\"");
      } else if (WILDCARD.matcher(item.text()).find()) {
        settings.refuse(
            item,
            "must be a prefix without a wildcard, for it covers all that lies below it: write "
                + beforeWildcard(item.text())
                + " instead of \""
                + ScalarCheck.clip(item.text())
                + "\"");
      }
    }
    return settings.texts("paths").stream().map(RoomReader::plain).toList();
  }

  /** Whether a path is this prefix or lies below it. */
  static boolean isBelow(String path, String prefix) {
    return Guard.isUnder(prefix.equals("/") ? "" : prefix, path, path.length());
  }

  /** Reads paths that must lie within what the room guards. */
  private static List<String> within(Settings settings, List<String> guarded, String why) {
    for (Settings.Item item : settings.items("paths")) {
      String path = plain(item.text());
      boolean inside = guarded.stream().anyMatch(prefix -> isBelow(path, prefix));
      if (!inside) {
        settings.refuse(
            item,
            "must lie in a path of the room, "
                + String.join(" or ", guarded)
                + ", but was \""
                + ScalarCheck.clip(item.text())
                + "\": "
                + why);
      }
    }
    return paths(settings);
  }

  private static String beforeWildcard(String path) {
    Matcher wildcard = WILDCARD.matcher(path);
    int end = wildcard.find() ? wildcard.start() : path.length();
    // What marks an end, or any end, elsewhere is a whole prefix here.
    if (path.startsWith("$", end) || path.startsWith(".*", end - 1)) {
      return plain(path.substring(0, path.startsWith("$", end) ? end : end - 1));
    }
    return plain(path.substring(0, path.lastIndexOf('/', end) + 1));
  }

  /**
   * The path without a final slash, which means nothing because prefixes are matched by whole
   * segments.
   */
  static String plain(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private Cookies cookies(Settings cookies, List<String> hosts) {
    String sameSite = cookies.textOrNull("sameSite");
    boolean partitioned = cookies.text("partitioned").equals("true");
    boolean none = "None".equals(sameSite);
    if (partitioned && sameSite != null && !none) {
      cookies.refuse(
          "partitioned",
          "must be false unless sameSite is None or left out, but was true with "
              + sameSite
              + ": no frame on another site is sent such cookies");
    }
    if ((none || partitioned) && listen.tls() == null && listen.trustedProxies().isEmpty()) {
      cookies.warn(
          none ? "sameSite" : "partitioned",
          (none ? "is None" : "is true")
              + " without TLS: browsers drop such cookies, and visitors lose their place; set"
              + " listen.tls, or listen.trustedProxies when a load balancer ends TLS");
    }
    return new Cookies(
        sameSite == null ? null : SameSite.valueOf(sameSite.toUpperCase(Locale.ROOT)),
        domain(cookies, hosts),
        partitioned);
  }

  private static @Nullable String domain(Settings cookies, List<String> hosts) {
    String written = cookies.textOrNull("domain");
    if (written == null) {
      if (hosts.size() > 1) {
        cookies.warn(
            "domain",
            "is not set though the room has several hosts: who goes from one to another is taken"
                + " for somebody new and queues once more; "
                + advice(hosts));
      }
      return null;
    }
    String domain = written.toLowerCase(Locale.ROOT);
    if (hosts.isEmpty()) {
      cookies.refuse(
          "domain", "must be left out where the room names no hosts but was \"" + domain + "\"");
    }
    for (String host : hosts) {
      if (!host.equals(domain) && !host.endsWith("." + domain)) {
        cookies.refuse(
            "domain",
            "must span every host of the room but was \""
                + domain
                + "\", and "
                + host
                + " is not in it");
      }
    }
    return domain;
  }

  /** What to set so that cookies of one host are sent to the others. */
  private static String advice(List<String> hosts) {
    String shared = hosts.get(0);
    for (String host : hosts) {
      while (!shared.isEmpty() && !host.equals(shared) && !host.endsWith("." + shared)) {
        shared =
            shared.substring(shared.indexOf('.') < 0 ? shared.length() : shared.indexOf('.') + 1);
      }
    }
    return shared.indexOf('.') < 0 || Character.isDigit(shared.charAt(shared.length() - 1))
        ? "no cookie spans them: give each a room of its own"
        : "set it to " + shared + " if all of that is yours";
  }
}
