package dev.usher.pods.kubernetes;

import static dev.usher.pods.kubernetes.PretendedApi.endpoint;
import static dev.usher.pods.kubernetes.PretendedApi.endpointAtTheGate;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.usher.house.Wait;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.LoggerFactory;

/** The pods of a service, and what their service and they say. */
@Execution(ExecutionMode.CONCURRENT)
final class KubernetesPodsTest extends FollowedPods {
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
  void aPodThatIsTakenOutByItsLabelsAndPutBackIsReadyAgain() {
    api.pod("10.0.0.1");
    api.slice("a", endpoint("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    api.slice("a");
    api.podIsDeleted("10.0.0.1");
    untilStaying(0);
    api.pod("10.0.0.1");
    api.slice("a", endpoint("10.0.0.1"));
    untilReady("10.0.0.1");
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
