package dev.usher.pods.kubernetes;

import static dev.usher.pods.kubernetes.PretendedApi.endpoint;
import static dev.usher.pods.kubernetes.PretendedApi.endpointAtTheGate;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;
import dev.usher.house.Wait;
import dev.usher.pods.PodView;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.roster.Roster;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.LoggerFactory;

/** One service followed over real sockets, while the API does what it rarely does. */
@Execution(ExecutionMode.CONCURRENT)
final class KubernetesPodsTest {
  private static final String SLICES = "endpointslices";

  private final PretendedApi api = new PretendedApi();
  private final Cluster cluster =
      Cluster.open(
          new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
              .withMasterUrl(api.url())
              .build(),
          Map.of(),
          bound -> 0);
  private final Roster pods =
      new Roster(
          new UpstreamOptions(
              "shop",
              List.of(),
              new Declared(50, 0, 100, 0),
              Tuning.DEFAULT,
              10,
              new UpstreamOptions.ProbeOptions(
                  "/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1)),
          change -> {});
  private final KubernetesOptions service =
      new KubernetesOptions("shop", "shop", null, false, true, true);
  private final KubernetesPods followed = new KubernetesPods(cluster, service, pods, () -> {});

  @AfterEach
  void letGo() {
    followed.end();
    cluster.close().await();
    api.close();
  }

  private void start() {
    var unused = followed.begin();
  }

  private void until(String what, BooleanSupplier condition) {
    Wait.until(
        what,
        () -> {
          pods.see(System.currentTimeMillis());
          return condition.getAsBoolean();
        });
  }

  private void untilReady(String... addresses) {
    until(
        "ready are just " + List.of(addresses),
        () ->
            pods.view().stream()
                .filter(PodView::ready)
                .map(view -> view.pod().host())
                .sorted()
                .toList()
                .equals(List.of(addresses)));
  }

  @Test
  void podsThatComeAndGoAreKnownAMomentLater() {
    api.pod("10.0.0.1");
    api.slice("a", endpoint("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    api.pod("10.0.0.2");
    api.slice("b", endpoint("10.0.0.2"));
    untilReady("10.0.0.1", "10.0.0.2");
    api.slice("a");
    untilReady("10.0.0.2");
    api.podIsDeleted("10.0.0.2");
    untilReady();
  }

  @Test
  void whatPodsSayIsKnownFromTheFirstListOn() {
    api.podThatBears("10.0.0.1", 150);
    api.slice("a", endpoint("10.0.0.1"));
    start();
    until(
        "its annotation is known",
        () -> pods.view().stream().anyMatch(pod -> pod.traits().sessions() == 150));
  }

  @Test
  void aPodAtTheGateIsReadyForUsherAndForOthersWhenItIsWarm() {
    api.podAtTheGate("10.0.0.1");
    api.slice("a", endpointAtTheGate("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    followed.openGates(pod -> false, 10_000);
    assertThat(api.patched).isEmpty();
    until(
        "its gate is opened",
        () -> {
          followed.openGates(pod -> pod.host().equals("10.0.0.1"), 20_000);
          return !api.patched.isEmpty();
        });
    assertThat(api.patched.peek())
        .startsWith("/api/v1/namespaces/shop/pods/pod-10.0.0.1/status ")
        .contains("\"type\":\"usher.dev/warm\"", "\"status\":\"True\"", "uid-10.0.0.1");
  }

  @Test
  void aPodAtTheGateThatMayNotBeChangedIsToldByTheRight() {
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    Logger log = (Logger) LoggerFactory.getLogger(ApiLog.class);
    said.start();
    log.addAppender(said);
    api.podAtTheGate("10.0.0.1");
    api.slice("a", endpointAtTheGate("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    api.forbidden.add("status");
    until(
        "it is said",
        () -> {
          followed.openGates(pod -> true, System.currentTimeMillis());
          return List.copyOf(said.list).stream()
              .filter(event -> event.getMessage().equals("kubernetes_forbidden"))
              .anyMatch(event -> event.getKeyValuePairs().toString().contains("patch pods/status"));
        });
    log.detachAppender(said);
  }

  @Test
  void aGateOfPodsThatAServiceDoesNotSelectIsToldOnceWithTheFixAndByTheCheck() {
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    Logger log = (Logger) LoggerFactory.getLogger(ApiLog.class);
    said.start();
    log.addAppender(said);
    api.selects = false;
    api.slice("a", endpoint("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    log.detachAppender(said);
    assertThat(List.copyOf(said.list))
        .filteredOn(event -> event.getMessage().equals("readiness_gate_unseen"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getKeyValuePairs().toString())
                    .contains("upstreams.shop.kubernetes.readinessGate", "selector"));
    assertThat(AccessCheck.of(cluster, "shop", service))
        .singleElement()
        .asString()
        .contains("must have a selector", "give the Service a selector");
    api.selects = true;
    assertThat(AccessCheck.of(cluster, "shop", service)).isEmpty();
  }

  @Test
  void aServiceThatAsksForAffinityIsToldOnceThatItHasNoneUnlessSessionsStay() {
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    Logger log = (Logger) LoggerFactory.getLogger(ApiLog.class);
    said.start();
    log.addAppender(said);
    api.affinity = "ClientIP";
    api.slice("a", endpoint("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    log.detachAppender(said);
    assertThat(List.copyOf(said.list))
        .filteredOn(event -> event.getMessage().equals("kubernetes_affinity"))
        .singleElement()
        .satisfies(
            event -> assertThat(event.getKeyValuePairs().toString()).contains("shop.sticky"));
  }

  @Test
  void aVersionThatTheApiNoLongerKnowsIsListedAnewAndNothingIsMissed() {
    api.slice("a", endpoint("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    int before = api.listings(SLICES);
    api.deafening = true;
    api.slice("a", endpoint("10.0.0.1"), endpoint("10.0.0.2"));
    api.deafening = false;
    api.forgetsOldVersions();
    untilReady("10.0.0.1", "10.0.0.2");
    assertThat(api.listings(SLICES)).isGreaterThan(before);
  }

  @Test
  void aWatchThatDiesInSilenceIsNoticedAndReplaced() {
    api.slice("a", endpoint("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    api.deafening = true;
    api.slice("a", endpoint("10.0.0.1"), endpoint("10.0.0.2"));
    // Nothing tells of it, but the heartbeat sees a version that the watch should have told.
    untilReady("10.0.0.1", "10.0.0.2");
  }

  @Test
  void aWatchThatIsCutGoesOnAndWhatIsKnownStays() {
    api.slice("a", endpoint("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    for (int cut = 0; cut < 3; cut++) {
      api.cutsAllWatches();
      assertThat(pods.ready()).isEqualTo(1);
    }
    Wait.pause(1000);
    api.slice("a", endpoint("10.0.0.1"), endpoint("10.0.0.2"));
    untilReady("10.0.0.1", "10.0.0.2");
  }

  @Test
  void whileTheApiIsFrozenWhatIsKnownGetsOlderAndIsFreshAgainAfterwards() {
    api.slice("a", endpoint("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    api.frozen = true;
    until("nothing was heard for 3 s", () -> pods.age() > 3000);
    assertThat(pods.ready()).isEqualTo(1);
    api.frozen = false;
    until("something was heard just now", () -> pods.age() < 1500);
  }

  @Test
  void podsThatMayNotBeWatchedAreStillKnownByTheirSlices() {
    api.forbidden.add("pods");
    api.slice("a", endpoint("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
  }

  @Test
  void aServiceThatIsMissingIsFollowedOnceItIsThere() {
    api.serviceIsThere = false;
    start();
    Wait.pause(500);
    api.slice("a", endpoint("10.0.0.1"));
    assertThat(pods.ready()).isZero();
    api.serviceIsThere = true;
    untilReady("10.0.0.1");
  }

  @Test
  void objectsThatNobodyHasThoughtOfDoNoHarm() {
    JsonObject odd =
        endpoint("10.0.0.3")
            .put("hints", new JsonObject().put("forWhom", 3))
            .putNull("conditions")
            .put("never", JsonArray.of(1, "two"));
    api.slice("a", endpoint("10.0.0.1"), new JsonObject().put("addresses", new JsonArray()), odd);
    start();
    untilReady("10.0.0.1", "10.0.0.3");
  }
}
