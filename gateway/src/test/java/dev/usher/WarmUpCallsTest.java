package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestPod.Asked;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Cold pods that join a warm one are called by the gateway before visitors come to them. */
final class WarmUpCallsTest {
  @RegisterExtension final WrittenLog log = new WrittenLog("dev.usher.pods.probe.WarmUpLog");

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private TestPod warm = stage.pod();
  private TestPod cold = stage.pod();

  @BeforeEach
  void set() {
    stage = new Stage(folder);
    warm = stage.pod();
    cold = stage.pod();
    cold.isReady(false);
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private String shop(String more) {
    return shop(List.of(warm, cold), more);
  }

  private static String shop(List<TestPod> pods, String more) {
    String urls = String.join(", ", pods.stream().map(pod -> "'" + pod.url() + "'").toList());
    return """
    upstreams:
      shop:
        pods: [%s]
        sessionsPerPod: 100
        requestsPerSecondPerPod: 100
        probe: {path: /healthz, interval: 200ms, timeout: 10s}
        admission: {warmUpRequests: 120, startAt: 1}
        warmUp: {paths: [/, '/seats?row=1'%s]}
    rooms: {concert: {}}
    """
        .formatted(urls, more);
  }

  private static JsonObject admission(Gateway gateway) {
    return new Guest(gateway.opsPort())
        .fetches("/api/rooms/concert")
        .json()
        .getJsonObject("admission");
  }

  private static JsonObject of(TestPod pod, JsonObject admission) {
    JsonArray pods = admission.getJsonArray("pods");
    for (int i = 0; i < pods.size(); i++) {
      if (pod.url().endsWith(pods.getJsonObject(i).getString("pod"))) {
        return pods.getJsonObject(i);
      }
    }
    throw new AssertionError("The pod must be known but is not");
  }

  /** A gateway that met the one pod ready and the other not. */
  private Gateway gateway(String more) {
    Gateway gateway = stage.gateway(shop(more));
    Stage.until("the warm pod counts", () -> admission(gateway).getInteger("readyPods") == 1);
    return gateway;
  }

  private String said(String event) {
    return log.said().stream().filter(line -> line.contains(event)).toList().toString();
  }

  @Test
  void thePodGetsItsWholeShareAtOnceAndNoVisitorBefore() {
    Gateway gateway = gateway("");
    Guest guest = new Guest(gateway.port());
    assertThat(guest.opens("/page").state()).isEqualTo("admitted");
    cold.isReady(true);
    Stage.until("it is held", () -> of(cold, admission(gateway)).getBoolean("held"));
    while (of(cold, admission(gateway)).getBoolean("held")) {
      guest.opens("/page");
    }
    List<Asked> calls = List.copyOf(cold.asked);
    assertThat(calls).hasSizeGreaterThanOrEqualTo(120);
    assertThat(calls.subList(0, 120))
        .allMatch(call -> call.method().equals("GET"))
        .extracting(Asked::uri)
        .containsOnly("/", "/seats?row=1");
    assertThat(calls.get(0).header("Host")).isEqualTo(cold.url().replace("http://", ""));
    assertThat(calls.get(0).header("X-Forwarded-For")).isNull();
    JsonObject now = admission(gateway);
    assertThat(of(cold, now).getDouble("warmth")).isEqualTo(1);
    assertThat(now.getInteger("readyPods")).isEqualTo(2);
    Stage.within(60, "it is told", () -> !said("pod_warm_up_over").equals("[]"));
    assertThat(said("pod_warm_up_over")).contains("end=\"warm\"", "answers=\"");
    Stage.until(
        "visitors come to it",
        () -> {
          guest.opens("/page");
          return cold.asked.stream().anyMatch(call -> call.uri().equals("/page"));
        });
  }

  @Test
  void callsAreNobodysSessionAndNoTrafficOfVisitors() {
    Gateway gateway = gateway("");
    cold.isReady(true);
    Stage.until("it is called", () -> cold.asked.size() > 60);
    JsonObject now = admission(gateway);
    assertThat(now.getDouble("requestsPerSecond")).isZero();
    assertThat(now.getDouble("roomlessRequestsPerSecond")).isZero();
    assertThat(new Guest(gateway.opsPort()).fetches("/metrics").body())
        .contains("usher_sessions{upstream=\"shop\"} 0.0")
        .contains("usher_warm_up_pods{upstream=\"shop\"} 1.0");
    assertThat(warm.asked).isEmpty();
  }

  @Test
  void aPathThatFailsOrRedirectsIsToldOnceAndTheOthersWarmThePod() {
    Gateway gateway = gateway(", '/old?status=302', '/broken?status=500'");
    cold.isReady(true);
    Stage.within(60, "it is warm", () -> of(cold, admission(gateway)).getDouble("warmth") == 1);
    assertThat(cold.asked.stream().filter(call -> call.uri().startsWith("/broken")))
        .hasSizeBetween(3, 20);
    assertThat(said("warm_up_path_fails"))
        .containsOnlyOnce("/broken")
        .containsOnlyOnce("/old")
        .contains("it answered 500", "it answered 302");
    assertThat(admission(gateway).getJsonObject("warmUp").getJsonArray("failing")).hasSize(2);
    assertThat(of(cold, admission(gateway)).getBoolean("ejected")).isFalse();
  }

  @Test
  void onePodAloneServesVisitorsWhileItIsCalled() {
    Gateway gateway = stage.gateway(shop(List.of(cold), ""));
    cold.isReady(true);
    Guest guest = new Guest(gateway.port());
    Stage.until("it serves", () -> "admitted".equals(guest.opens("/page").state()));
    Stage.within(60, "it is warm", () -> of(cold, admission(gateway)).getDouble("warmth") == 1);
  }
}
