package dev.usher.edge;

import dev.usher.edge.route.RoomRoute;
import dev.usher.edge.route.Routes;
import dev.usher.edge.stream.Streams;
import dev.usher.http.HostName;
import dev.usher.page.NoticePage;
import dev.usher.room.Spared;
import dev.usher.server.ListenOptions;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of the way in that event loops share: which requests belong where, and the rooms'
 * endpoints.
 */
public final class Entrance {
  private final Routes routes;
  private final ClientAddress clients;
  private final Map<String, RoomEndpoint> doors;
  private final UsherPaths usherPaths;
  private final Misdirected misdirected;
  private final Cors cors;
  private final Map<String, NoticePage> noticesByHost;
  private final NoticePage noticesElsewhere;
  private final long bodyBytes;
  private final @Nullable AccessLog access;
  private final Streams streams;
  private final Map<String, Spared> sparedOutside = new HashMap<>();

  /**
   * What the entrance needs of the rest of the gateway.
   *
   * @param ready whether new visitors may be sent to this replica
   * @param misdirected called for each request for a host that no room names
   * @param access share of the requests that get a line in the log
   * @param streams the streams of this replica
   */
  public record Around(
      BooleanSupplier ready, Runnable misdirected, double access, Streams streams) {}

  /**
   * @param doors the endpoints, by room
   * @param defaultUpstream where requests outside every room go; null if none is configured
   */
  public Entrance(
      ListenOptions listen,
      Map<String, RoomEndpoint> doors,
      @Nullable String defaultUpstream,
      Around around) {
    List<RoomRoute> rooms = doors.values().stream().map(RoomEndpoint::route).toList();
    this.routes = new Routes(rooms, defaultUpstream);
    this.clients = new ClientAddress(listen.proxies());
    this.doors = Map.copyOf(doors);
    this.cors = Cors.ofAny(this.doors.values());
    this.usherPaths = new UsherPaths(this.doors, cors, around.ready());
    this.misdirected = new Misdirected(around.misdirected());
    Set<NoticePage> ofAnyHost = noticesOfAnyHost(doors.values());
    this.noticesByHost = noticesByHost(doors.values(), ofAnyHost);
    this.noticesElsewhere = NoticePage.ofHostWith(ofAnyHost);
    this.bodyBytes = listen.limits().bodyBytes();
    this.access = AccessLog.of(around.access());
    this.streams = around.streams();
    for (RoomEndpoint door : doors.values()) {
      if (door.room().watching().isOn()) {
        sparedOutside.putIfAbsent(door.route().upstream(), door.room().watching().spared());
      }
    }
    for (RoomEndpoint door : doors.values()) {
      if (!door.room().watching().isOn()) {
        sparedOutside.remove(door.route().upstream());
      }
    }
  }

  /** By host: what people read where the host is known, but not the room. */
  private static Map<String, NoticePage> noticesByHost(
      Collection<RoomEndpoint> doors, Set<NoticePage> ofAnyHost) {
    Map<String, Set<NoticePage>> rooms = new HashMap<>();
    for (RoomEndpoint door : doors) {
      for (String host : door.route().hosts()) {
        rooms
            .computeIfAbsent(Objects.requireNonNull(HostName.of(host)), h -> new HashSet<>())
            .add(door.notices());
      }
    }
    Map<String, NoticePage> notices = new HashMap<>();
    rooms.forEach(
        (host, own) -> {
          own.addAll(ofAnyHost);
          notices.put(host, NoticePage.ofHostWith(own));
        });
    return notices;
  }

  private static Set<NoticePage> noticesOfAnyHost(Collection<RoomEndpoint> doors) {
    return doors.stream()
        .filter(door -> door.route().hosts().isEmpty())
        .map(RoomEndpoint::notices)
        .collect(Collectors.toSet());
  }

  /** What people read on a host where no room is known. */
  NoticePage notices(@Nullable String host) {
    String name = HostName.of(host);
    return name == null ? NoticePage.PLAIN : noticesByHost.getOrDefault(name, noticesElsewhere);
  }

  Routes routes() {
    return routes;
  }

  ClientAddress clients() {
    return clients;
  }

  Map<String, RoomEndpoint> doors() {
    return doors;
  }

  UsherPaths usherPaths() {
    return usherPaths;
  }

  /** Which pages of other hosts may see what is of no room. */
  Cors cors() {
    return cors;
  }

  /** Opens an answer that is of no room to pages of other hosts that may call one. */
  public void open(HttpServerRequest request, MultiMap headers) {
    cors.mark(request, headers);
  }

  Misdirected misdirected() {
    return misdirected;
  }

  /**
   * The counts of requests outside the rooms, if all rooms of the upstream only watch; else null.
   */
  @Nullable Spared sparedOutside(@Nullable String upstream) {
    return upstream == null ? null : sparedOutside.get(upstream);
  }

  /** Null if no request gets a line. */
  @Nullable AccessLog access() {
    return access;
  }

  /** The streams of this replica. */
  Streams streams() {
    return streams;
  }

  long bodyBytes() {
    return bodyBytes;
  }
}
