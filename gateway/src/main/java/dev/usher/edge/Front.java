package dev.usher.edge;

import dev.usher.edge.route.RoomRoute;
import dev.usher.edge.route.Route;
import dev.usher.edge.stream.StreamLoop;
import dev.usher.http.Client;
import dev.usher.http.HeaderNames;
import dev.usher.http.LastResort;
import dev.usher.http.NoticeAnswer;
import dev.usher.http.Problem;
import dev.usher.page.NoticePage;
import dev.usher.pods.RequestClass;
import dev.usher.proxy.ForwardedRequest;
import dev.usher.proxy.Proxy;
import dev.usher.proxy.turn.Addresses;
import dev.usher.proxy.turn.Turn;
import dev.usher.server.VisitorConnection;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The entry point of every visitor's request: finds out which client asks and what guards the path,
 * and hands the request on. One for each event loop.
 */
public final class Front implements Handler<HttpServerRequest> {
  private final LongSupplier clock;
  private final StreamLoop streams;
  private Entrance entrance;
  private Map<String, Proxy> proxies;

  /**
   * @param proxies the proxies of this event loop, by upstream
   * @param clock milliseconds since 1970, read once a request
   */
  public Front(Entrance entrance, Map<String, Proxy> proxies, LongSupplier clock) {
    this.entrance = entrance;
    this.proxies = Map.copyOf(proxies);
    this.clock = clock;
    this.streams =
        new StreamLoop(
            entrance.streams(),
            bound -> ThreadLocalRandom.current().nextInt(bound),
            () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  /**
   * Takes over a changed configuration for the requests that follow; those on their way finish with
   * the old one. Must be called on the event loop, so that no request pays for synchronization.
   */
  public void reconfigure(Entrance changed, Map<String, Proxy> ofThisLoop) {
    if (!changed.doors().keySet().containsAll(entrance.doors().keySet())) {
      // Somebody may listen to a room that is gone, of which nothing more will be heard.
      streams.endAll();
    }
    entrance = changed;
    proxies = Map.copyOf(ofThisLoop);
  }

  /** Tells the streams of this event loop. Must be called every {@link StreamLoop#TICK_MILLIS}. */
  public void tick() {
    streams.tick(clock.getAsLong());
  }

  /** Ends all streams of this event loop, and opens no other. */
  public void endStreams() {
    streams.close();
  }

  @Override
  public void handle(HttpServerRequest request) {
    Cors cors = entrance.cors();
    LastResort.run(request, NoticePage.PLAIN, this::route, headers -> cors.mark(request, headers));
  }

  private void route(HttpServerRequest request) {
    Entrance in = entrance;
    Client client = in.clients().of(request);
    InetAddress address = client.inetAddress();
    Route route =
        in.routes()
            .route(in.routes().deciding(client), request.uri(), request.method().name(), address);
    AccessLog access = in.access();
    if (access != null) {
      access.begun(request, client, route);
    }
    switch (route.kind()) {
      case GUARDED -> visit(route, request, client, address);
      case BYPASSED, OUTSIDE -> pass(route, request, client, address);
      case RESERVED -> in.usherPaths().handle(request, client, streams, clock.getAsLong());
      case MISDIRECTED -> {
        in.cors().mark(request, request.response().headers());
        in.misdirected().answer(request, client);
      }
      case UNCLEAR ->
          refuse(
              request,
              client,
              Problem.UNCLEAR_ADDRESS,
              "This path or host can be read in several ways.");
    }
  }

  private void refuse(HttpServerRequest request, Client client, Problem problem, String detail) {
    entrance.cors().mark(request, request.response().headers());
    NoticeAnswer.Refusal refusal = NoticeAnswer.Refusal.of(request, problem, detail);
    NoticeAnswer.refuse(request, noticesOfNoRoom(client), refusal);
  }

  /** What a person reads where no room is known: within pages of those whom all rooms name. */
  private NoticePage noticesOfNoRoom(Client client) {
    return entrance.notices(entrance.routes().deciding(client));
  }

  private void visit(Route route, HttpServerRequest request, Client client, InetAddress address) {
    RoomRoute room = Objects.requireNonNull(route.room());
    RoomEndpoint door = Objects.requireNonNull(entrance.doors().get(room.room()));
    if (Cors.isPreflight(request)) {
      // A preflight carries no cookie: nobody can tell whose it is, and it costs a pod next to
      // nothing.
      if (!door.cors().answers(request)) {
        pass(route, request, client, address);
      }
      return;
    }
    Proxy proxy = Objects.requireNonNull(proxies.get(room.upstream()));
    RoomVisit.Onward onward = new RoomVisit.Onward(proxy, entrance.bodyBytes(), address, clock);
    LastResort.run(
        request,
        door.notices(),
        asked -> new RoomVisit(door, asked, client, onward).begin(),
        headers -> door.cors().mark(request, headers));
  }

  private void pass(Route route, HttpServerRequest request, Client client, InetAddress address) {
    Proxy proxy = route.upstream() == null ? null : proxies.get(route.upstream());
    NoticePage notices = notices(route, client);
    if (proxy == null) {
      refuse(request, client, Problem.NOTHING_HERE, "Nothing is behind this address.");
    } else if (!VisitorConnection.turnsAway(request, notices, false)) {
      ForwardedRequest.AnswerHook hook =
          route.kind() == Route.Kind.BYPASSED ? Front::bypassed : null;
      proxy.forward(
          request,
          new ForwardedRequest(
                  client,
                  RequestClass.ROOMLESS,
                  null,
                  entrance.cors().aroundRefusals(request, hook),
                  entrance.bodyBytes(),
                  route.kind() == Route.Kind.GUARDED
                      ? proxy.turnOf(Addresses.Nobodys.PREFLIGHT, address)
                      : turn(route, request, client, proxy.turnOutside(address)),
                  null,
                  null)
              .sparing(entrance.sparedOutside(route.upstream()))
              .noticed(notices));
    }
  }

  /**
   * The turn of a request that bypasses a room. If its pass tells the session, it stays with the
   * session's pod.
   */
  private @Nullable Turn turn(
      Route route, HttpServerRequest request, Client client, @Nullable Turn outside) {
    RoomEndpoint door =
        route.kind() == Route.Kind.BYPASSED
            ? entrance.doors().get(Objects.requireNonNull(route.room()).room())
            : null;
    long pod = door == null ? 0 : door.pod(request, client.secure(), clock.getAsLong());
    return door == null || pod == 0
        ? outside
        : (outside == null ? Turn.free(door.turns()) : outside).from(pod);
  }

  /**
   * What a person reads if no pod answers: in the look of the room whose line the request skips.
   */
  private NoticePage notices(Route route, Client client) {
    return route.kind() == Route.Kind.OUTSIDE
        ? noticesOfNoRoom(client)
        : Objects.requireNonNull(entrance.doors().get(Objects.requireNonNull(route.room()).room()))
            .notices();
  }

  private static void bypassed(int status, MultiMap headers, boolean ends) {
    headers.set(HeaderNames.USHER_STATE, "bypassed");
  }
}
