package dev.usher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.ops.control.OperatorTokens;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may control a room, and what is no clear wish. */
final class ControlDeskTest {
  private static final String PAUSE = "/api/rooms/concert/pause";
  private static final String JSON = "application/json";

  private final OpsRig rig = new OpsRig();

  @BeforeEach
  void open() {
    rig.podsReady();
    rig.tick();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String type(HttpResponse<String> refused) {
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonObject problem = new JsonObject(refused.body());
    assertThat(problem.getInteger("status")).isEqualTo(refused.statusCode());
    assertThat(problem.getString("detail")).isNotEmpty();
    return problem.getString("type").substring("/problems/".length());
  }

  private HttpResponse<String> wish(String verb, String body) {
    return rig.post("/api/rooms/concert/" + verb, JSON, body);
  }

  private boolean isPaused() {
    rig.tick();
    return rig.json("/api/rooms/concert").getBoolean("paused");
  }

  @Test
  void whoShowsTheTokenMayAndNobodyElse() {
    for (String token : List.of("", "C".repeat(43), "anna:" + OpsRig.TOKEN, "x")) {
      rig.token = token;
      HttpResponse<String> refused = rig.post(PAUSE, JSON, "{}");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(type(refused)).isEqualTo("wrong-token");
      assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(type(rig.get("/api/audit"))).isEqualTo("wrong-token");
      assertThat(type(rig.ask("POST", "/api/rooms/concert/sessions/end"))).isEqualTo("wrong-token");
    }
    assertThat(isPaused()).isFalse();
    rig.token = OpsRig.TOKEN;
    assertThat(rig.ask("POST", PAUSE).statusCode()).isEqualTo(200);
    assertThat(isPaused()).isTrue();
  }

  @Test
  void withoutAnyTokenConfiguredNobodyMayNotEvenFromThisMachine() {
    try (OpsRig open = new OpsRig(null, null)) {
      HttpResponse<String> refused = open.post(PAUSE, JSON, "{}");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(type(refused)).isEqualTo("no-token-set");
      assertThat(refused.body()).contains("ops.tokenFile", "USHER_OPS_TOKEN", "usher key");
      assertThat(type(open.ask("POST", "/api/rooms/concert/sessions/end")))
          .isEqualTo("no-token-set");
      assertThat(open.get("/api/rooms").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aPageOfAnotherSiteMayNotEvenWithTheToken() {
    String here = "http://127.0.0.1:" + rig.port();
    for (String[] header :
        new String[][] {
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"},
          {"Origin", "https://evil.example"},
          {"Origin", "null"},
          {"Origin", here + "0"}
        }) {
      HttpResponse<String> refused = from(header);
      assertThat(refused.statusCode()).as(header[1]).isEqualTo(403);
      assertThat(type(refused)).isEqualTo("foreign-site");
    }
    assertThat(isPaused()).isFalse();
    assertThat(from("Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(200);
    assertThat(from("Origin", here).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> from(String... header) {
    return rig.send(
        HttpRequest.newBuilder(rig.uri(PAUSE))
            .header(header[0], header[1])
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  @Test
  void whatIsUnclearIsNamedAndNothingIsDone() {
    for (String[] wrong :
        new String[][] {
          {"limit", ""},
          {"limit", "{}"},
          {"limit", "{\"sessions\":-1}"},
          {"limit", "{\"sessions\":1.5}"},
          {"limit", "{\"perMinute\":\"9\"}"},
          {"limit", "{\"perMinute\":99999999999}"},
          {"admit", ""},
          {"admit", "{\"visitors\":-5}"},
          {"admit", "{\"visitors\":0}"},
          {"admit", "{\"visitors\":null}"},
          {"message", ""},
          {"message", "{\"message\":7}"},
          {"message", "{\"message\":\"" + "x".repeat(301) + "\"}"},
          {"message", "{\"message\":\"two\\nlines\"}"},
          {"pause", "[]"},
          {"pause", "{"},
          {"pause", "{\"dryrun\":true}"},
          {"pause", "{\"dryRun\":\"yes\"}"},
          {"sold-out", "{\"soldOut\":1}"},
          {"reset", ""},
          {"resume", "7"}
        }) {
      HttpResponse<String> refused = wish(wrong[0], wrong[1]);
      assertThat(refused.statusCode()).as(wrong[0] + wrong[1]).isEqualTo(400);
      assertThat(type(refused)).isEqualTo("unclear-wish");
    }
    assertThat(type(wish("reset", "{\"confirm\":\"Concert\"}"))).isEqualTo("not-confirmed");
    assertThat(type(wish("message", "x".repeat(5000)))).isEqualTo("body-too-long");
    assertThat(type(rig.post(PAUSE, "text/plain", "{}"))).isEqualTo("unclear-wish");
    rig.tick();
    JsonObject live = rig.json("/api/rooms/concert").getJsonObject("live");
    assertThat(live.getValue("since")).isNull();
    assertThat(rig.json("/api/audit").getJsonArray("changes")).isEmpty();
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThat(type(rig.post("/api/rooms/opera/pause", JSON, "{}"))).isEqualTo("no-such-room");
    HttpResponse<String> verb = wish("stop", "{}");
    assertThat(type(verb)).isEqualTo("no-such-control");
    assertThat(verb.body()).contains("pause", "sold-out", "\\\"stop\\\"");
    HttpResponse<String> read = rig.get(PAUSE);
    assertThat(type(read)).isEqualTo("wrong-method");
    assertThat(read.headers().firstValue("Allow")).contains("POST");
    assertThat(type(rig.ask("DELETE", "/api/audit"))).isEqualTo("wrong-method");
    assertThat(rig.ask("HEAD", "/api/audit").statusCode()).isEqualTo(200);
  }

  @Test
  void aDryRunTellsWhomItWouldTouchAndDoesNothing() {
    rig.arrive(rig.concert, 7); // four come in at once, three wait
    rig.tick();
    for (String verb : List.of("pause", "sold-out", "resume")) {
      JsonObject told = new JsonObject(wish(verb, "{\"dryRun\":true}").body());
      assertThat(told.getLong("touches")).isEqualTo(3);
      assertThat(told.getBoolean("dryRun")).isTrue();
    }
    JsonObject reset =
        new JsonObject(wish("reset", "{\"confirm\":\"concert\",\"dryRun\":true}").body());
    assertThat(reset.getLong("touches")).isEqualTo(3);
    JsonObject admit = new JsonObject(wish("admit", "{\"visitors\":2,\"dryRun\":true}").body());
    assertThat(admit.getLong("touches")).isZero(); // no place is free
    rig.tick();
    assertThat(rig.json("/api/rooms/concert").getLong("waiting")).isEqualTo(3);
    assertThat(rig.json("/api/audit").getJsonArray("changes")).isEmpty();
  }

  private JsonObject told(String verb, String body) {
    return new JsonObject(wish(verb, body).body());
  }

  private JsonObject lastChange() {
    return rig.json("/api/audit").getJsonArray("changes").getJsonObject(0);
  }

  /** Wishes for fifty, which is more than can be called, and expects that so many are. */
  private void fiftyWishedCalls(long callable) {
    assertThat(told("admit", "{\"visitors\":50,\"dryRun\":true}").getLong("touches"))
        .isEqualTo(callable);
    long before = rig.json("/api/rooms/concert").getLong("called");
    JsonObject done = told("admit", "{\"visitors\":50}");
    for (JsonObject each : List.of(done, lastChange())) {
      assertThat(each.getLong("touches")).isEqualTo(callable);
      assertThat(each.getJsonObject("new").getLong("called")).isEqualTo(callable);
      assertThat(each.getJsonObject("new").getLong("visitors")).isEqualTo(50);
    }
    rig.tick();
    assertThat(rig.json("/api/rooms/concert").getLong("called")).isEqualTo(before + callable);
  }

  @Test
  void callingByHandTouchesNoMoreThanTheLimitOfSessionsAllows() {
    wish("limit", "{\"sessions\":3,\"perMinute\":0}");
    rig.tick();
    rig.arrive(rig.concert, 9);
    rig.tick();
    assertThat(told("admit", "{\"visitors\":2}").getLong("touches")).isEqualTo(2);
    rig.tick();
    fiftyWishedCalls(1);
    fiftyWishedCalls(0);
  }

  @Test
  void callingByHandTouchesNoMoreThanFindAPlaceBesideThoseCalledInEveryRoom() {
    for (String room : List.of("concert", "theatre")) {
      rig.post("/api/rooms/" + room + "/limit", JSON, "{\"perMinute\":0}");
    }
    rig.tick();
    rig.arrive(rig.concert, 9);
    rig.arrive(rig.theatre, 9);
    rig.tick();
    rig.post("/api/rooms/theatre/admit", JSON, "{\"visitors\":1}");
    wish("admit", "{\"visitors\":1}");
    rig.tick();
    fiftyWishedCalls(2);
    fiftyWishedCalls(0);
  }

  @Test
  void callingByHandTouchesNoMoreThanWait() {
    wish("limit", "{\"perMinute\":0}");
    rig.tick();
    rig.arrive(rig.concert, 2);
    rig.tick();
    fiftyWishedCalls(2);
  }

  private String messageAfter(String... wishes) {
    String message = "";
    for (int i = 0; i < wishes.length; i += 2) {
      message = told(wishes[i], wishes[i + 1]).getJsonObject("new").getString("message");
    }
    return String.valueOf(message);
  }

  @Test
  void resumingTakesBackWhatWasSaidOfThePauseAndNothingElse() {
    String doors = "{\"message\":\"Doors at 8\"}";
    String back = "{\"message\":\"Back soon\"}";
    assertThat(messageAfter("message", doors, "pause", "{}", "resume", "{}"))
        .isEqualTo("Doors at 8");
    assertThat(messageAfter("resume", "{}")).as("nothing was paused").isEqualTo("Doors at 8");
    assertThat(messageAfter("pause", "{}", "limit", "{\"sessions\":1}", "pause", "{}"))
        .isEqualTo("Doors at 8");
    assertThat(messageAfter("resume", "{\"dryRun\":true}")).isEqualTo("Doors at 8");
    assertThat(messageAfter("resume", "{}")).isEqualTo("Doors at 8");
    assertThat(messageAfter("pause", back)).isEqualTo("Back soon");
    assertThat(messageAfter("pause", "{}", "resume", "{}")).isEqualTo("null");
    assertThat(messageAfter("message", doors, "pause", "{}", "message", back, "resume", "{}"))
        .isEqualTo("null");
    assertThat(messageAfter("message", doors, "pause", "{}", "resume", back))
        .isEqualTo("Back soon");
  }

  @Test
  void anEndedSessionIsRecordedLikeEverythingElse() {
    rig.arrive(rig.concert, 1);
    var pass = ((dev.usher.room.Decision.Admit) rig.arrive(rig.concert, 1).get(0)).pass();
    String path = "/api/rooms/concert/sessions/end?pass=" + rig.passes.sign(pass);
    assertThat(rig.ask("POST", path).statusCode()).isEqualTo(204);
    JsonObject change = rig.json("/api/audit").getJsonArray("changes").getJsonObject(0);
    assertThat(change.getString("action")).isEqualTo("sessions/end");
    assertThat(change.getString("who")).isEqualTo("anna");
    assertThat(change.getJsonObject("old").getLong("number")).isEqualTo(2);
  }

  @Test
  void aLineThatIsGoneIsToldAsGoneThoughTheRecordOfItFailed() {
    rig.keepsNoRecord = true;
    assertThat(wish("reset", "{\"confirm\":\"concert\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenThatCouldBeGuessedIsRefusedWithoutBeingRepeated() {
    for (String text :
        List.of("", "# none", "anna", "anna:short-secret", "an na:" + OpsRig.TOKEN)) {
      Assertions.assertThatThrownBy(() -> OperatorTokens.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .doesNotContain("short-secret", OpsRig.TOKEN);
    }
    String twice = "anna:" + OpsRig.TOKEN + "\nanna:" + "C".repeat(43);
    Assertions.assertThatThrownBy(() -> OperatorTokens.parse(twice)).hasMessageContaining("twice");
  }
}
