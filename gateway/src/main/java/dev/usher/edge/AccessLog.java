package dev.usher.edge;

import dev.usher.edge.route.RoomRoute;
import dev.usher.edge.route.Route;
import dev.usher.http.Client;
import dev.usher.http.HeaderNames;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log line for a share of the requests, drawn at random and written when the answer has been
 * sent. Queries are left out, because they may hold anything. A request whose visitor leaves
 * earlier gets no line.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  /** The path's length is up to a stranger, so it is cut here. */
  private static final int PATH_MAX = 300;

  private final double share;

  private AccessLog(double share) {
    this.share = share;
  }

  /** Null if no request gets a line, which is the default and costs nothing. */
  static @Nullable AccessLog of(double share) {
    return share > 0 ? new AccessLog(share) : null;
  }

  /** Takes a request that has just come in. */
  void begun(HttpServerRequest request, Client client, Route route) {
    if (share < 1 && ThreadLocalRandom.current().nextDouble() >= share) {
      return;
    }
    long began = System.nanoTime();
    request.response().endHandler(v -> write(request, client, route, System.nanoTime() - began));
  }

  private static void write(HttpServerRequest request, Client client, Route route, long nanos) {
    RoomRoute room = route.room();
    LOG.atInfo()
        .addKeyValue("address", client.inetAddress().getHostAddress())
        .addKeyValue("method", request.method().name())
        .addKeyValue("host", request.authority())
        .addKeyValue("path", path(request.uri()))
        .addKeyValue("status", request.response().getStatusCode())
        .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(nanos))
        .addKeyValue("bytes", request.response().bytesWritten())
        .addKeyValue("room", room == null ? "" : room.room())
        .addKeyValue("state", state(request))
        .log("access");
  }

  private static String state(HttpServerRequest request) {
    String state = request.response().headers().get(HeaderNames.USHER_STATE);
    return state == null ? "" : state;
  }

  private static String path(String uri) {
    int query = uri.indexOf('?');
    int end = query < 0 ? uri.length() : query;
    return end <= PATH_MAX ? uri.substring(0, end) : uri.substring(0, PATH_MAX) + "...";
  }
}
