package dev.usher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.pods.Slot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OpsServerTest {
  private final OpsRig rig = new OpsRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aReplicaIsReadyOnceItsLineWasRead() {
    assertThat(rig.get("/readyz").statusCode()).isEqualTo(503);
    assertThat(rig.json("/readyz").getJsonArray("why"))
        .isEqualTo(why(new JsonObject().put("reason", "line_never_read").put("upstream", "shop")));

    rig.tick();
    assertThat(rig.get("/readyz").statusCode()).isEqualTo(200);
    assertThat(rig.json("/readyz")).isEqualTo(new JsonObject().put("ready", true));
  }

  @Test
  void aReplicaThatReadTheLineOnceStaysReadyWhileTheStoreIsAway() {
    rig.tick();
    rig.now.addAndGet(600_000);
    assertThat(rig.get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void aReplicaThatDrainsIsAliveButNotReady() {
    rig.tick();
    rig.draining.set(true);

    assertThat(rig.get("/readyz").statusCode()).isEqualTo(503);
    assertThat(rig.json("/readyz").getJsonArray("why"))
        .isEqualTo(why(new JsonObject().put("reason", "draining")));
    assertThat(rig.get("/livez").statusCode()).isEqualTo(200);
    assertThat(rig.json("/livez")).isEqualTo(new JsonObject().put("live", true));
  }

  private static JsonArray why(JsonObject complaint) {
    return new JsonArray(List.of(complaint));
  }

  @Test
  void healthIsToldWhileEveryEventLoopOfTheGatewayIsBusy() throws InterruptedException {
    rig.tick();
    CountDownLatch busy = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    try {
      LoopPulseTest.block(rig.gateway, busy, release);
      busy.await();
      assertThat(rig.get("/readyz").statusCode()).isEqualTo(200);
      assertThat(rig.get("/livez").statusCode()).isEqualTo(200);
    } finally {
      release.countDown();
    }
  }

  @Test
  void theRoomTellsItsLineAndWhyNobodyElseComesIn() {
    rig.podsReady();
    rig.tick();
    rig.arrive(rig.concert, 7); // four come in at once, three wait
    rig.tick();

    JsonObject room = rig.json("/api/rooms/concert");
    assertThat(room.getString("title")).isEqualTo("City Concert");
    assertThat(room.getString("upstream")).isEqualTo("shop");
    assertThat(room.getLong("issued")).isEqualTo(7);
    assertThat(room.getLong("called")).isEqualTo(4);
    assertThat(room.getLong("waiting")).isEqualTo(3);
    assertThat(room.getLong("inside")).isEqualTo(4);
    assertThat(room.getLong("sessions")).isEqualTo(4);
    assertThat(room.getLong("capacity")).isEqualTo(4);
    assertThat(room.getBoolean("leader")).isTrue();
    assertThat(room.getBoolean("paused")).isFalse();
    assertThat(room.getDouble("lineAgeSeconds")).isZero();
    assertThat(room.getJsonObject("policy").getDouble("sessionTimeoutSeconds")).isEqualTo(60);
    assertThat(room.getJsonObject("tally").getLong("admittedAtOnce")).isEqualTo(4);

    rig.tick(); // now the doorkeeper, too, has seen that all is full
    assertThat(rig.json("/api/rooms/concert").getString("admissionReason"))
        .isEqualTo("capacity_full");
  }

  @Test
  void everyRoomIsListed() {
    rig.tick();
    JsonArray rooms = rig.json("/api/rooms").getJsonArray("rooms");
    assertThat(rooms.stream().map(room -> ((JsonObject) room).getString("room")))
        .containsExactly("concert", "theatre");
  }

  @Test
  void anUnknownRoomIsAProblemThatNamesTheKnownOnes() {
    var answer = rig.get("/api/rooms/opera");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonObject problem = new JsonObject(answer.body());
    assertThat(problem.getString("type")).isEqualTo("/problems/no-such-room");
    assertThat(problem.getInteger("status")).isEqualTo(404);
    assertThat(problem.getString("detail"))
        .isEqualTo("The room must be one of [concert, theatre] but was \"opera\"");
    assertThat(problem.getJsonArray("rooms")).containsExactly("concert", "theatre");
  }

  @Test
  void theUpstreamTellsEachPodAsItStands() {
    rig.podsReady();
    rig.takeOtherThan(OpsRig.SECOND);
    rig.takeOtherThan(OpsRig.SECOND).giveBack(Slot.Outcome.ANSWERED);
    for (int i = 0; i < 3; i++) {
      rig.takeOtherThan(OpsRig.FIRST).giveBack(Slot.Outcome.CONNECT_FAILED);
    }
    rig.tick();

    rig.tick();
    JsonObject shop = rig.json("/api/upstreams").getJsonArray("upstreams").getJsonObject(0);
    assertThat(shop.getString("upstream")).isEqualTo("shop");
    assertThat(shop.getInteger("podsReady")).isEqualTo(1);
    assertThat(shop.getInteger("capacity")).isEqualTo(OpsRig.SESSIONS_PER_POD);
    assertThat(shop.getInteger("inFlight")).isEqualTo(1);
    assertThat(shop.getInteger("holding")).isZero();
    assertThat(shop.getJsonArray("pods"))
        .containsExactly(
            pod("10.0.0.1:8080", true, null)
                .put("inFlight", 1)
                .put("cap", 3)
                .put("inFlightMax", 2)
                .putNull("responseSeconds")
                .putNull("errorShare")
                .put("trust", 1.0)
                .put("probe", "it answered as a ready pod does")
                .putNull("node")
                .putNull("zone"),
            pod("10.0.0.2:8080", false, "it refused connections")
                .put("inFlight", 0)
                .put("cap", 3)
                .put("inFlightMax", 1)
                .putNull("responseSeconds")
                .putNull("errorShare")
                .put("trust", 1.0)
                .put("probe", "it answered as a ready pod does")
                .putNull("node")
                .putNull("zone"));
  }

  private static JsonObject pod(String name, boolean ready, @Nullable String ejectedWhy) {
    return new JsonObject()
        .put("pod", name)
        .put("ready", ready)
        .put("ejected", ejectedWhy != null)
        .put("ejectedWhy", ejectedWhy);
  }

  @Test
  void nothingCanBeChanged() {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
      var answer = rig.ask(method, "/api/rooms");
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }
  }

  @Test
  void headTellsWhatGetWouldWithoutTheBody() {
    var whole = rig.get("/api/upstreams");
    var head = rig.ask("HEAD", "/api/upstreams");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().map()).isEqualTo(whole.headers().map());
  }

  @Test
  void noAnswerMayBeKept() {
    rig.tick();
    for (String path :
        List.of("/", "/livez", "/readyz", "/metrics", "/api/rooms", "/api/upstreams", "/nowhere")) {
      assertThat(rig.get(path).headers().firstValue("Cache-Control")).as(path).contains("no-store");
    }
    assertThat(rig.get("/nowhere").statusCode()).isEqualTo(404);
  }

  @Test
  void whatTheIndexLinksToIsThere() {
    rig.tick();
    String index = rig.get("/").body();
    List<String> links =
        Pattern.compile("href=\"([^\"]+)\"")
            .matcher(index)
            .results()
            .map(link -> link.group(1))
            .toList();
    assertThat(links).hasSize(7);
    links.forEach(link -> assertThat(rig.get(link).statusCode()).as(link).isEqualTo(200));
  }
}
