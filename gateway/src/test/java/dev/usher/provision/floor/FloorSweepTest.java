package dev.usher.provision.floor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.WrittenLog;
import dev.usher.pods.kubernetes.Cluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a sweep says of what it cannot do; what it does is shown on a real cluster. The API here has
 * one HPA, which it shows to whoever may look, and lets nobody change.
 */
final class FloorSweepTest {
  private static final String TICKETS = "tickets";

  @RegisterExtension private final WrittenLog log = new WrittenLog(FloorLog.class);

  private final Vertx vertx = Vertx.vertx();
  private final Scaled hpa = Scaled.hpa(2, 40);
  private final HttpServer api =
      vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1").await();
  private final Cluster cluster =
      Cluster.open(
          new ConfigBuilder(Config.empty())
              .withMasterUrl("http://127.0.0.1:" + api.actualPort())
              .build(),
          Map.of("USHER_NAMESPACE", "gate", "USHER_SERVICE", "usher"),
          bound -> 0);
  private final FloorSweep sweep = new FloorSweep(cluster);
  private volatile boolean forbidden;
  private long now = 1_800_000_000_000L;

  @AfterEach
  void close() {
    cluster.close().await();
    vertx.close().await();
  }

  private void answer(HttpServerRequest request) {
    if (forbidden) {
      fail(request, 403, "Forbidden");
    } else if (request.method().equals(HttpMethod.GET)) {
      JsonArray items = new JsonArray();
      if (String.valueOf(request.path()).endsWith("/horizontalpodautoscalers")) {
        items.add(hpa.live().object());
      }
      JsonObject list = new JsonObject().put("apiVersion", "v1").put("kind", "List");
      var unused =
          request
              .response()
              .putHeader("Content-Type", "application/json")
              .end(list.put("metadata", new JsonObject()).put("items", items).encode());
    } else {
      fail(request, 422, "an admission webhook says no");
    }
  }

  private static void fail(HttpServerRequest request, int code, String message) {
    JsonObject status =
        new JsonObject()
            .put("apiVersion", "v1")
            .put("kind", "Status")
            .put("status", "Failure")
            .put("message", message)
            .put("code", code);
    var unused =
        request
            .response()
            .setStatusCode(code)
            .putHeader("Content-Type", "application/json")
            .end(status.encode());
  }

  private Set<String> look(Set<String> raised) {
    now += Duration.ofMinutes(1).toMillis();
    return sweep.look(Set.of(TICKETS), raised, Set.of(), now);
  }

  private void raise() {
    Floors shop = new Floors(hpa).wants(30);
    assertThat(shop.looks()).isEqualTo(FloorStanding.RAISED);
  }

  @Test
  void whereNothingIsRaisedNothingIsLeftToDo() {
    assertThat(look(Set.of(TICKETS))).containsExactly(TICKETS);
    assertThat(log.said()).isEmpty();
  }

  @Test
  void whatMayNotBeGivenBackIsToldOnceAndTriedAgain() {
    raise();
    for (int minute = 0; minute < 8; minute++) {
      assertThat(look(Set.of(TICKETS))).isEmpty();
    }
    assertThat(log.said()).hasSize(1);
    assertThat(log.said().get(0))
        .startsWith("WARN floor_trouble [upstream=\"shop\"")
        .contains("an admission webhook says no", "usher floor restore --namespace tickets");
  }

  @Test
  void whereItMayNoLongerLookIsToldOnceIfSomethingWasRaisedThere() {
    raise();
    forbidden = true;
    assertThat(look(Set.of())).containsExactly(TICKETS);
    assertThat(log.said()).isEmpty();
    assertThat(look(Set.of(TICKETS))).as("the right may come back").isEmpty();
    assertThat(look(Set.of(TICKETS))).isEmpty();
    assertThat(log.said()).hasSize(1);
    assertThat(log.said().get(0)).contains("usher floor restore --namespace tickets");
  }
}
