package dev.usher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.capacity.MeasuredCapacity;
import dev.usher.admission.capacity.Tuning;
import dev.usher.plan.PlanJson;
import dev.usher.plan.Plans;
import dev.usher.provision.LeadTimes;
import dev.usher.provision.SalePlan;
import dev.usher.provision.SalePlanner;
import dev.usher.sale.SaleEvent;
import dev.usher.sale.SaleEvent.Size;
import dev.usher.sale.SaleEvent.Times;
import dev.usher.sale.SaleTime;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Operators see where each event stands and what is planned for it. */
final class EventsPageTest {
  private final OpsRig rig =
      new OpsRig(new MeasuredCapacity(OpsRig.DECLARED, new Tuning(0, 0, 1, 1, 1, 1, 0)));

  @AfterEach
  void close() {
    rig.close();
  }

  private static SaleTime at(long millis) {
    Instant then = Instant.ofEpochMilli(millis);
    return new SaleTime(LocalDateTime.ofInstant(then, ZoneOffset.UTC), ZoneId.of("UTC"));
  }

  /** Whose visitors gather for an hour. */
  private static SaleEvent opening(long opensAt) {
    return opening(opensAt, new Size(0, 120, null));
  }

  private static SaleEvent opening(long opensAt, Size size) {
    return new SaleEvent(
        "concert",
        "sale",
        new Times(at(opensAt - 3_600_000), at(opensAt), null),
        size,
        Duration.ofMinutes(5),
        Duration.ofMinutes(2),
        10);
  }

  /** What is told of an event and of a growth, with every field. */
  static JsonObject example() {
    List<SalePlan> plans =
        SalePlanner.declared("shop", OpsRig.SIZING)
            .unwatched(List.of(opening(1_900_000_000_000L)), 1_800_000_000_000L);
    LeadTimes.Growth growth = new LeadTimes.Growth(1, 2, 30, 40_000, 60_000, 90_000);
    return PlanJson.of(List.of(new Plans("shop", plans, List.of(growth))));
  }

  private SaleEvent sale(int minutes) {
    SaleEvent sale = opening(rig.now.get() + 60_000L * minutes);
    rig.concert.reconfigure(rig.concert.policy().with(List.of(sale)));
    return sale;
  }

  @Test
  void thePlanIsToldAsJsonAndAsATable() {
    rig.podsReady();
    SaleEvent sale = sale(600);
    rig.tick();
    rig.tick();
    JsonObject told = told();
    assertThat(told.getString("event")).isEqualTo(sale.key());
    assertThat(told.getString("phase")).isEqualTo("planned");
    assertThat(told.getString("opensAt")).isEqualTo(instant(sale.opensAtMillis()));
    assertThat(told.getString("preQueueAt")).isEqualTo(instant(sale.opensAtMillis() - 3_600_000));
    // 120 within five minutes of five-minute sessions: 60 at a time, in pods of two less a tenth.
    assertThat(told.getInteger("pods")).isEqualTo(34);
    assertThat(told.getJsonObject("terms").getInteger("visitors")).isEqualTo(120);
    assertThat(told.getString("readyAt")).isEqualTo(instant(sale.readyAtMillis()));
    assertThat(told.getJsonArray("warnings")).isEmpty();
    String table = rig.get("/api/events", "text/plain").body();
    assertThat(table)
        .contains("RAISE AT")
        .contains(sale.key())
        .containsPattern("READY AT +PREQUEUE AT +OPENS AT")
        .contains("120 visitors within 300 s, in sessions of 300 s (assumed until sessions are");
    assertThat(rig.metric("usher_plan_pods{upstream=\"shop\"}")).isZero();
    assertThat(rig.metric("usher_gathering{room=\"concert\",upstream=\"shop\"}")).isZero();
  }

  @Test
  void whilePeopleGatherAndPodsAreMissingThatIsMeasured() {
    rig.podsReady();
    sale(1);
    rig.tick();
    rig.tick();
    assertThat(rig.metric("usher_gathering{room=\"concert\",upstream=\"shop\"}")).isOne();
    assertThat(rig.metric("usher_plan_pods{upstream=\"shop\"}")).isEqualTo(34);
    double extra = rig.metric("usher_plan_extra_wait_seconds{upstream=\"shop\"}");
    assertThat(extra).isGreaterThan(1000);
    assertThat(rig.json("/api/events").encode()).contains("after the opening").contains("raising");
    rig.arrive(rig.concert, 3);
    rig.tick();
    rig.tick();
    assertThat(rig.json("/api/rooms/concert").getString("admissionReason")).isEqualTo("gathering");
  }

  private JsonObject told() {
    return rig.json("/api/events").getJsonArray("events").getJsonObject(0);
  }

  @Test
  void noWarningIsGivenOfPodsThatAreThere() {
    rig.podsReady();
    rig.tick();
    rig.tick();
    SaleEvent near = opening(rig.now.get() + 40_000, new Size(2, 0, null));
    rig.concert.reconfigure(rig.concert.policy().with(List.of(near)));
    for (String phase : List.of("planned", "raising")) {
      JsonObject told = told();
      assertThat(told.getString("phase")).isEqualTo(phase);
      assertThat(told.getBoolean("readyInTime")).isTrue();
      assertThat(told.getJsonArray("warnings")).isEmpty();
      assertThat(told.getString("readyAt")).isNull();
      rig.tick();
      rig.tick();
    }
  }

  @Test
  void anOpenEventShowsWhenItsPodsWereAskedForAndThatOneIsMissing() {
    rig.podsReady();
    rig.tick();
    SaleEvent near = opening(rig.now.get() + 40_000, new Size(3, 0, null));
    rig.concert.reconfigure(rig.concert.policy().with(List.of(near)));
    rig.tick();
    rig.tick();
    String asked = told().getString("raiseAt");
    for (int second = 0; second < 45; second++) {
      rig.tick();
      assertThat(told().getString("raiseAt")).isEqualTo(asked);
      assertThat(told().getBoolean("readyInTime")).isFalse();
    }
    assertThat(told().getString("phase")).isEqualTo("open");
    assertThat(told().getString("readyAt")).isNotNull();
    assertThat(rig.get("/api/events", "text/plain").body())
        .contains("warning: " + near.key() + ": 2 of its 3 pods are ready, so people wait longer");
  }

  private static String instant(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
