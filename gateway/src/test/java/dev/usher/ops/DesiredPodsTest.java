package dev.usher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.capacity.MeasuredCapacity;
import dev.usher.admission.capacity.Tuning;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An autoscaler is told how many pods there should be, or that nobody knows. */
final class DesiredPodsTest {
  private static final String PATH = "/api/upstreams/shop/desired-replicas";
  private static final Tuning WARM = new Tuning(0, 0, 1, 1, 1, 1, 0);

  private final OpsRig rig = new OpsRig(new MeasuredCapacity(OpsRig.DECLARED, WARM));

  @AfterEach
  void close() {
    rig.close();
  }

  private double term(String term) {
    return rig.metric("usher_desired_replicas{term=\"" + term + "\",upstream=\"shop\"}");
  }

  @Test
  void theNumberIsToldWithEachTerm() {
    rig.podsReady();
    rig.tick();
    rig.arrive(rig.concert, 60);
    rig.tick();
    rig.tick();
    HttpResponse<String> answer = rig.get(PATH);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    JsonObject told = new JsonObject(answer.body());
    assertThat(told.fieldNames())
        .containsExactlyInAnyOrder(
            "desired", "queue", "schedule", "sessions", "reason", "until", "ready");
    // 60 within five minutes of five-minute sessions: 30 at a time, in pods of two less a tenth.
    assertThat(told.getInteger("desired")).isEqualTo(17);
    assertThat(told.getInteger("queue")).isEqualTo(17);
    assertThat(told.getInteger("schedule")).isZero();
    assertThat(told.getString("reason")).isEqualTo("queue");
    assertThat(told.getString("until")).isNull();
    assertThat(told.getInteger("ready")).isEqualTo(2);
    assertThat(term("desired")).isEqualTo(17);
    assertThat(term("queue")).isEqualTo(17);
    assertThat(term("sessions")).isEqualTo(told.getInteger("sessions").doubleValue());
    assertThat(rig.metric("usher_pods_held_back{upstream=\"shop\"}")).isZero();
  }

  @Test
  void forHowLongPodsHaveNotComeIsToldWhereAnyCan() {
    String gauge = "usher_pods_short_seconds{upstream=\"shop\"}";
    rig.podsReady();
    rig.tick();
    rig.arrive(rig.concert, 60);
    for (int i = 0; i < 40; i++) {
      rig.tick();
    }
    assertThat(rig.metric(gauge)).isGreaterThan(25);
    rig.grows.set(false);
    assertThat(rig.metric(gauge)).as("nobody adds pods to a list in a file").isNaN();
    assertThat(rig.metric("usher_pods_held_back{upstream=\"shop\"}"))
        .as("and so none of them is held back")
        .isNaN();
  }

  @Test
  void whatIsNotKnownIsAFailureAndNoNumber() {
    HttpResponse<String> before = rig.get(PATH);
    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(before.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(before.body()).contains("No replica has reckoned yet").doesNotContain("desired\"");
    assertThat(term("desired")).isNaN();
    rig.podsReady();
    rig.tick();
    assertThat(rig.get(PATH).statusCode()).isEqualTo(200);
    rig.now.addAndGet(5001);
    HttpResponse<String> later = rig.get(PATH);
    assertThat(later.statusCode()).isEqualTo(503);
    assertThat(new JsonObject(later.body()).getString("detail"))
        .isEqualTo("The last number is 5 s old: the store does not answer, or no replica leads");
    assertThat(term("queue")).isNaN();
    assertThat(rig.json("/api/rooms/concert").getJsonObject("scaling")).isNull();
  }

  @Test
  void anUpstreamThatIsNotThereIsNamed() {
    HttpResponse<String> answer = rig.get("/api/upstreams/tickets/desired-replicas");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("must be one of [shop] but was");
    assertThat(rig.get("/api/upstreams//desired-replicas").statusCode()).isEqualTo(404);
    assertThat(rig.get("/api/upstreams/desired-replicas").statusCode()).isEqualTo(404);
  }

  @Test
  void aRoomTellsWhatTheNumberIsReckonedFromAndWhetherAnybodyAsks() {
    rig.podsReady();
    rig.tick();
    JsonObject scaling = rig.json("/api/rooms/concert").getJsonObject("scaling");
    assertThat(scaling.getDouble("askedSecondsAgo")).isNull();
    assertThat(scaling.getInteger("needed")).isEqualTo(1);
    assertThat(scaling.getString("reason")).isEqualTo("min");
    assertThat(scaling.getBoolean("grows")).isTrue();
    rig.get(PATH);
    rig.tick();
    assertThat(rig.json("/api/rooms/concert").getJsonObject("scaling").getDouble("askedSecondsAgo"))
        .isEqualTo(1.0);
  }
}
