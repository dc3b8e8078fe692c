package dev.usher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.WrittenLog;
import dev.usher.control.Deed;
import dev.usher.room.Decision;
import dev.usher.room.Room;
import dev.usher.token.Pass;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An origin that ends its visitors' sessions on the operators' port. */
final class SessionEndTest {
  private static final String PATH = "/api/rooms/concert/sessions/end";
  private static final String FORM = "application/x-www-form-urlencoded";

  @RegisterExtension private final WrittenLog log = new WrittenLog(Deed.class);
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

  /** Lets a visitor in. Returns the pass as the origin sees it. */
  private String admitted(Room room) {
    if (rig.arrive(room, 1).get(0) instanceof Decision.Admit admit) {
      Pass pass = admit.pass();
      return rig.passes.sign(pass);
    }
    throw new AssertionError("The visitor must be admitted but was not");
  }

  private long sessions() {
    rig.tick();
    return rig.json("/api/rooms/concert").getLong("sessions");
  }

  private static String detail(HttpResponse<String> refused) {
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    return new JsonObject(refused.body()).getString("detail");
  }

  @Test
  void aSessionIsEndedByItsPassInAFormInJsonOrInTheQuery() {
    String one = admitted(rig.concert);
    String two = admitted(rig.concert);
    String three = admitted(rig.concert);
    assertThat(sessions()).isEqualTo(3);
    HttpResponse<String> answer = rig.post(PATH, FORM, "by=shop&pass=" + one);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(sessions()).isEqualTo(2);
    String json = new JsonObject().put("pass", two).encode();
    assertThat(rig.post(PATH, "Application/JSON; charset=utf-8", json).statusCode()).isEqualTo(204);
    assertThat(rig.ask("POST", PATH + "?pass=" + three).statusCode()).isEqualTo(204);
    assertThat(sessions()).isZero();
    assertThat(rig.concert.counters().leaves()).isEqualTo(3);
    // A second time is harmless.
    assertThat(rig.ask("POST", PATH + "?pass=" + three).statusCode()).isEqualTo(204);
  }

  @Test
  void whatIsWrongIsNamed() {
    String pass = admitted(rig.concert);
    assertThat(rig.ask("POST", "/api/rooms/opera/sessions/end?pass=" + pass).statusCode())
        .isEqualTo(404);
    for (String body : new String[] {"", "pas=" + pass, "{", "pass=%x"}) {
      HttpResponse<String> refused = rig.post(PATH, FORM, body);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(detail(refused)).startsWith("The pass must be given as pass");
    }
    for (String body : new String[] {"", "[]", "{\"pass\":1}", "{\"pass\""}) {
      assertThat(rig.post(PATH, "application/json", body).statusCode()).isEqualTo(400);
    }
    HttpResponse<String> other = rig.post(PATH, FORM, "pass=" + admitted(rig.theatre));
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(detail(other)).isEqualTo("The pass must be of room concert but is of room theatre");
    HttpResponse<String> altered = rig.post(PATH, FORM, "pass=" + pass + "A");
    assertThat(altered.statusCode()).isEqualTo(400);
    assertThat(detail(altered)).contains("was altered");
    assertThat(rig.post(PATH, FORM, "x".repeat(10_000)).statusCode()).isEqualTo(413);
    assertThat(sessions()).isEqualTo(2);
  }

  @Test
  void anEndedSessionIsToldAsEndedThoughTheRecordOfItFailed() {
    String pass = admitted(rig.concert);
    rig.keepsNoRecord = true;
    assertThat(rig.post(PATH, FORM, "pass=" + pass).statusCode()).isEqualTo(204);
    assertThat(sessions()).isZero();
  }

  private int recorded() {
    return rig.json("/api/audit").getJsonArray("changes").size();
  }

  @Test
  void aSessionThatHasEndedIsNotRecordedAgain() {
    String pass = admitted(rig.concert);
    String other = admitted(rig.concert);
    for (int i = 0; i < 4; i++) {
      assertThat(rig.post(PATH, FORM, "pass=" + pass).statusCode()).isEqualTo(204);
      if (i == 1) {
        rig.tick();
      }
    }
    assertThat(recorded()).isEqualTo(1);
    assertThat(log.said()).hasSize(1);
    assertThat(rig.concert.counters().leaves()).isEqualTo(1);
    assertThat(rig.post(PATH, FORM, "pass=" + other).statusCode()).isEqualTo(204);
    assertThat(recorded()).isEqualTo(2);
  }

  @Test
  void aSessionOfWhichTheStoreHearsOnlyLaterIsInTheLogOnce() {
    String pass = admitted(rig.concert);
    rig.hearsNoLeave = true;
    for (int i = 0; i < 2; i++) {
      assertThat(rig.post(PATH, FORM, "pass=" + pass).statusCode()).isEqualTo(503);
    }
    rig.hearsNoLeave = false;
    rig.tick();
    assertThat(sessions()).isZero();
    assertThat(rig.post(PATH, FORM, "pass=" + pass).statusCode()).isEqualTo(204);
    assertThat(log.said()).hasSize(1);
  }

  @Test
  void itCanOnlyBePosted() {
    HttpResponse<String> answer = rig.get(PATH);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
  }
}
