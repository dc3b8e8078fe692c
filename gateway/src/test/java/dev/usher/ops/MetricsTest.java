package dev.usher.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.usher.forecast.Forecast;
import dev.usher.forecast.ToldWaits;
import dev.usher.pods.Slot;
import dev.usher.proxy.ProxyObserver;
import dev.usher.proxy.connection.ProxyError;
import dev.usher.room.Decision;
import dev.usher.room.Intent;
import dev.usher.room.Visitor;
import dev.usher.store.QueueStore;
import dev.usher.store.redis.RedisQueueStore;
import dev.usher.store.redis.link.RedisOptions;
import dev.usher.token.Ticket;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  private static final String CONCERT = "{room=\"concert\",upstream=\"shop\"}";
  private static final String SHOP = "{upstream=\"shop\"}";

  private final OpsRig rig = new OpsRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aRoomsLineIsShownAsOfItsLastRefresh() {
    rig.podsReady();
    rig.tick();
    rig.arrive(rig.concert, 7);
    rig.tick();

    assertThat(rig.metric("usher_waiting_visitors" + CONCERT)).isEqualTo(3);
    assertThat(rig.metric("usher_room_sessions" + CONCERT)).isEqualTo(4);
    assertThat(rig.metric("usher_sessions" + SHOP)).isEqualTo(4);
    assertThat(rig.metric("usher_capacity_sessions" + SHOP)).isEqualTo(4);
    assertThat(rig.metric("usher_issued_number" + CONCERT)).isEqualTo(7);
    assertThat(rig.metric("usher_called_number" + CONCERT)).isEqualTo(4);
    assertThat(rig.metric("usher_calling_pace_visitors_per_second" + CONCERT)).isPositive();
    assertThat(rig.metric("usher_arrivals_total" + CONCERT)).isEqualTo(7);
    assertThat(rig.metric("usher_admitted_at_once_total" + CONCERT)).isEqualTo(4);
    assertThat(rig.metric("usher_waiting_visitors{room=\"theatre\",upstream=\"shop\"}")).isZero();
  }

  @Test
  void claimsAndLeavesAndThoseTurnedAwayAreCountedByWhatBecameOfThem() {
    rig.podsReady();
    rig.tick();
    rig.arrive(rig.concert, 4);
    Ticket ticket = (Ticket) ((Decision.Wait) rig.arrive(rig.concert, 1).get(0)).inLine();
    OpsRig.done(rig.concert.claim(ticket, Intent.CLAIM, rig.now.get()));
    OpsRig.done(rig.concert.leave(ticket.place()));
    OpsRig.done(rig.concert.claim(ticket, Intent.CLAIM, rig.now.get()));
    rig.concert.decide(new Visitor(Intent.LOOK, null, null), rig.now.get());

    assertThat(rig.metric(claims("not_called"))).isEqualTo(1);
    assertThat(rig.metric(claims("over"))).isEqualTo(1);
    assertThat(rig.metric(claims("admitted"))).isZero();
    assertThat(rig.metric("usher_leaves_total" + CONCERT)).isEqualTo(1);
    // Once for the request without a ticket, once for the claim of a place that was given up.
    assertThat(
            rig.metric(
                "usher_turned_away_total{room=\"concert\",upstream=\"shop\",why=\"not_joined\"}"))
        .isEqualTo(2);
  }

  @Test
  void whatVisitorsWereToldOfTheirWaitsIsComparedWhenTheyComeIn() {
    ToldWaits told = rig.concert.waitAnswers().toldWaits();
    Forecast forecast = Forecast.parse("1 9.0,11.0 19.0,21.0");
    told.note(new ToldWaits.Line(0, 7, 0, 1, 0), number -> 0, forecast);
    told.comesIn(7, 1, 10_000);
    told.comesIn(7, 1, 22_000);

    told.comesIn(7, 1, 30_000);

    String arrival = "room=\"concert\",told=\"arrival\",upstream=\"shop\"}";
    assertThat(rig.metric("usher_eta_error_ratio_count{" + arrival)).isEqualTo(3);
    assertThat(rig.metric("usher_eta_error_ratio_sum{" + arrival))
        .isCloseTo(1 + 0.5 + 11 / 30.0, Offset.offset(0.001));
    for (String outcome : List.of("held", "longer", "more_than_twice")) {
      assertThat(rig.metric("usher_eta_checked_total{outcome=\"" + outcome + "\"," + arrival))
          .isEqualTo(1);
    }
  }

  private static String claims(String outcome) {
    return "usher_claims_total{outcome=\"" + outcome + "\",room=\"concert\",upstream=\"shop\"}";
  }

  @Test
  void theLineGrowsOldFromTheStartOnAndIsYoungOnceItIsRead() {
    rig.now.addAndGet(2500);
    assertThat(rig.metric("usher_line_age_seconds" + SHOP)).isEqualTo(2.5);
    assertThat(rig.metric("usher_leader" + SHOP)).isZero();

    rig.tick();
    assertThat(rig.metric("usher_line_age_seconds" + SHOP)).isZero();
    assertThat(rig.metric("usher_leader" + SHOP)).isEqualTo(1);
    assertThat(rig.metric("usher_admission_reason{reason=\"no_capacity\",upstream=\"shop\"}"))
        .isEqualTo(1);
    assertThat(rig.metric("usher_admission_reason{reason=\"rate\",upstream=\"shop\"}")).isZero();
    assertThat(rig.metric("usher_admission_advice{advice=\"none\",upstream=\"shop\"}")).isOne();
  }

  @Test
  void eachPodShowsItsSlotsAndWhetherItIsInTheSet() {
    rig.podsReady();
    rig.connections.set(17);
    Slot kept = rig.takeOtherThan(OpsRig.SECOND);
    for (int i = 0; i < 3; i++) {
      rig.takeOtherThan(OpsRig.FIRST).giveBack(Slot.Outcome.CONNECT_FAILED);
    }
    String first = "{pod=\"10.0.0.1:8080\",upstream=\"shop\"}";
    assertThat(rig.metric("usher_pod_in_flight_requests" + first)).isEqualTo(1);
    assertThat(rig.metric("usher_pod_cap_requests" + first)).isEqualTo(3);
    assertThat(rig.metric("usher_pods_ready" + SHOP)).isEqualTo(1);
    assertThat(rig.metric("usher_pods_ejected" + SHOP)).isEqualTo(1);
    assertThat(rig.metric("usher_open_connections")).isEqualTo(17);

    kept.giveBack(Slot.Outcome.ANSWERED);
    assertThat(rig.metric("usher_pod_in_flight_requests" + first)).isZero();
    assertThat(rig.metric("usher_pod_in_flight_max_requests" + first)).isEqualTo(1);
  }

  @Test
  void proxiedRequestsAreMeasuredByStatusAndErrorsByCause() {
    ProxyObserver observer = rig.metrics.observer("shop");
    observer.finished(200, 3_000_000, null);
    observer.finished(204, 30_000_000, null);
    observer.finished(502, 1_000_000, ProxyError.CONNECT_FAILED);
    observer.finished(999, 1_000_000, null);
    observer.retried(ProxyError.CONNECT_FAILED);

    String good = "{status=\"2xx\",upstream=\"shop\"}";
    assertThat(rig.metric("usher_request_duration_seconds_count" + good)).isEqualTo(2);
    assertThat(rig.metric("usher_request_duration_seconds_sum" + good))
        .isCloseTo(0.033, within(1e-9));
    assertThat(
            rig.metric(
                "usher_request_duration_seconds_bucket{status=\"2xx\",upstream=\"shop\","
                    + "le=\"0.005\"}"))
        .isEqualTo(1);
    assertThat(rig.metric("usher_request_duration_seconds_count{status=\"5xx\",upstream=\"shop\"}"))
        .isEqualTo(2);
    String cause = "{cause=\"connect_failed\",upstream=\"shop\"}";
    assertThat(rig.metric("usher_proxy_errors_total" + cause)).isEqualTo(1);
    assertThat(rig.metric("usher_retries_total" + cause)).isEqualTo(1);
  }

  @Test
  void measuringARequestAllocatesNothing() {
    ProxyObserver observer = rig.metrics.observer("shop");
    int calls = 200_000;
    finish(observer, calls); // until the compiler is through
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    finish(observer, calls);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    // Not one object in a hundred requests; the least there is has 16 bytes.
    assertThat(bytes).isLessThan(calls / 100 * 16L);
  }

  private static void finish(ProxyObserver observer, int calls) {
    for (int i = 0; i < calls; i++) {
      observer.finished(200, 1_000_000 + i, (i & 7) == 0 ? ProxyError.TIMED_OUT : null);
    }
  }

  @Test
  void theStoreIsTimedByOperationAndOutcome() {
    rig.podsReady();
    rig.tick();
    rig.arrive(rig.concert, 2);
    assertThat(rig.metric(operation("arrive", "ok"))).isEqualTo(2);
    assertThat(rig.metric(operation("line", "ok")))
        .isEqualTo(4); // two for each room at the first step
    assertThat(rig.metric("usher_store_unavailable_total")).isZero();

    // Nobody listens on port 1 of the loopback.
    RedisOptions nobody =
        new RedisOptions(
            URI.create("redis://127.0.0.1:1"),
            null,
            null,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));
    QueueStore away = rig.metrics.timed(RedisQueueStore.at(rig.gateway, nobody, "one"));
    var answer = away.line(rig.concert.policy().queue()).toCompletableFuture();
    assertThat(answer).failsWithin(Duration.ofSeconds(10));
    assertThat(rig.metric(operation("line", "unavailable"))).isEqualTo(1);
    assertThat(rig.metric("usher_store_unavailable_total")).isEqualTo(1);
  }

  private static String operation(String operation, String outcome) {
    return "usher_store_operation_seconds_count{operation=\""
        + operation
        + "\",outcome=\""
        + outcome
        + "\"}";
  }
}
