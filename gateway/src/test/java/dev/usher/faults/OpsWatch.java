package dev.usher.faults;

import dev.usher.faults.ReplicaProcess.Ports;
import dev.usher.visit.VisitTokens;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Reads the operators' port of every replica four times a second. */
final class OpsWatch {
  private static final long EVERY_MILLIS = 250;
  private static final long PATIENCE_MILLIS = 1000;

  private final History history;
  private final List<ReplicaProcess> replicas;
  private final HttpClient client;
  private final Vertx vertx;
  private final long timer;

  OpsWatch(Vertx vertx, History history, List<ReplicaProcess> replicas) {
    this.vertx = vertx;
    this.history = history;
    this.replicas = replicas;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(1000), new PoolOptions().setHttp1MaxSize(20));
    this.timer = vertx.setPeriodic(1, EVERY_MILLIS, tick -> replicas.forEach(this::look));
  }

  /** Looks no more. */
  void end() {
    vertx.cancelTimer(timer);
  }

  private void look(ReplicaProcess replica) {
    Ports ports = replica.ports();
    long at = history.time().now();
    var unused =
        client
            .request(
                new RequestOptions()
                    .setMethod(HttpMethod.GET)
                    .setHost("127.0.0.1")
                    .setPort(ports.ops())
                    .setURI("/api/rooms/" + VisitTokens.ROOM)
                    .setTimeout(PATIENCE_MILLIS))
            .compose(request -> request.send())
            .compose(response -> response.body())
            .onSuccess(body -> note(replica.number(), at, body.toJsonObject()));
  }

  private void note(int replica, long at, JsonObject room) {
    history.figure(
        new History.Figure(
            replica,
            at,
            room.getLong("sessions"),
            room.getLong("capacity"),
            room.getBoolean("leader"),
            room.getLong("waiting")));
  }

  /** The replica that leads, as it said last; the first if none says so. */
  ReplicaProcess leader() {
    List<History.Figure> said = history.figures();
    for (int i = said.size() - 1; i >= 0; i--) {
      if (said.get(i).leads()) {
        return replicas.get(said.get(i).replica());
      }
    }
    return replicas.get(0);
  }
}
