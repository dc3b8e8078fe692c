package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import dev.usher.store.redis.TestRedis;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Something goes wrong while a cold pod is called. */
final class HardToWarmTest {
  /** Three tenths of what is declared. */
  private static final int CALLS_A_SECOND = 30;

  /** Half a second of calls. */
  private static final int IN_FLIGHT_MOST = 15;

  private final Vertx vertx = Vertx.vertx();

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private ColdPod warm = new ColdPod(vertx, new HttpServerOptions());
  private ColdPod cold = warm;

  @BeforeEach
  void set() {
    stage = new Stage(folder);
    pods(new HttpServerOptions());
  }

  @AfterEach
  void clear() {
    stage.close();
    vertx.close().await();
  }

  private void pods(HttpServerOptions options) {
    warm = new ColdPod(vertx, options);
    cold = new ColdPod(vertx, options);
    warm.isReady();
  }

  /** A gateway that met the one pod ready and the other not. */
  private Gateway gateway(int answers, String store, String tls) {
    Gateway gateway =
        stage.gateway(
            store
                + """
                upstreams:
                  shop:
                    pods: ['%s', '%s']
                    sessionsPerPod: 100
                    requestsPerSecondPerPod: 100
                    probe: {path: /healthz, interval: 200ms, timeout: 10s}
                    admission: {warmUpRequests: %d, startAt: 1}
                    warmUp: {paths: [/, /seats]}
                    %s
                rooms: {concert: {}}
                """
                    .formatted(warm.url(), cold.url(), answers, tls));
    Stage.until("the warm pod counts", () -> admission(gateway).getInteger("readyPods") == 1);
    return gateway;
  }

  private static JsonObject admission(Gateway gateway) {
    return new Guest(gateway.opsPort())
        .fetches("/api/rooms/concert")
        .json()
        .getJsonObject("admission");
  }

  private JsonObject pod(Gateway gateway) {
    return pod(admission(gateway));
  }

  private JsonObject pod(JsonObject admission) {
    JsonArray pods = admission.getJsonArray("pods");
    return List.of(pods.getJsonObject(0), pods.getJsonObject(1)).stream()
        .filter(pod -> cold.url().endsWith(pod.getString("pod")))
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject calls(Gateway gateway) {
    return admission(gateway).getJsonObject("warmUp");
  }

  private void untilWarm(Gateway gateway) {
    // Answers that vary, as on a busy machine, stand still later.
    Stage.within(60, "it is warm", () -> pod(gateway).getDouble("warmth") == 1);
    assertThat(calls(gateway).getJsonArray("failing")).isEmpty();
  }

  @Test
  void aPodThatHangsForAWhileIsAskedForNoMoreThanItHasOpenAndIsCalledOnAfterwards() {
    Gateway gateway = gateway(120, "", "");
    cold.isReady();
    Stage.until("it is called", () -> cold.asked() > 20);
    cold.fallsSilent();
    Stage.until("as many calls are open as may be", () -> cold.unanswered() == IN_FLIGHT_MOST);
    Stage.until("they are given up", () -> calls(gateway).getInteger("failed") >= IN_FLIGHT_MOST);
    assertThat(cold.unanswered()).isLessThanOrEqualTo(IN_FLIGHT_MOST);
    assertThat(pod(gateway).getBoolean("held")).isTrue();
    assertThat(calls(gateway).getJsonArray("failing")).as("one stall is one failure").isEmpty();
    cold.speaks();
    untilWarm(gateway);
  }

  @Test
  void aPodThatDiesIsLeftAloneAndCalledFromTheBeginningWhenItReturns() {
    Gateway gateway = gateway(200, "", "");
    cold.isReady();
    Stage.until("it is called", () -> cold.asked() > 150);
    cold.fallsSilent();
    Stage.until("as many calls are open as may be", () -> cold.unanswered() == IN_FLIGHT_MOST);
    cold.dies();
    Stage.until("it is out", () -> !pod(gateway).getBoolean("ready"));
    Guest guest = new Guest(gateway.port());
    Stage.until("the other serves", () -> "admitted".equals(guest.opens("/page").state()));
    Stage.until("it is called no more", () -> calls(gateway).getInteger("called") == 0);
    int before = cold.asked();
    cold.returns();
    Stage.until("it is held anew", () -> pod(gateway).getBoolean("held"));
    untilWarm(gateway);
    assertThat(cold.asked() - before).as("nothing from before counts").isGreaterThanOrEqualTo(200);
  }

  @Test
  void podsAreCalledByTlsAsTheyAreProbed() {
    ListenOptions.Tls pair = TestCertificate.shared();
    pods(
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(
                new PemKeyCertOptions().addCertPath(pair.certificate()).addKeyPath(pair.key())));
    Gateway gateway =
        gateway(120, "", "tls: {ca: '" + pair.certificate() + "', serverName: localhost}");
    cold.isReady();
    untilWarm(gateway);
    assertThat(calls(gateway).getInteger("answered")).isGreaterThanOrEqualTo(120);
    assertThat(calls(gateway).getInteger("failed")).isZero();
  }

  @Test
  @Tag("redis")
  void theLeaderAloneCallsAndTheNextOneGoesOnWhereItStopped() {
    String store = "store: {redis: {url: '" + TestRedis.fresh() + "'}}\n";
    Gateway first = gateway(300, store, "");
    Gateway second = gateway(300, store, "");
    cold.isReady();
    long began = System.nanoTime();
    Stage.until("it is called", () -> cold.asked() > 100);
    assertNoFasterThanOneReplica(began);
    boolean firstLeads = calls(first).getInteger("called") == 1;
    Gateway leader = firstLeads ? first : second;
    Gateway other = firstLeads ? second : first;
    int before = calls(leader).getInteger("answered");
    leader.stop();
    Stage.until("the other calls", () -> calls(other).getInteger("called") == 1);
    JsonObject now = admission(other);
    int own = now.getJsonObject("warmUp").getInteger("answered");
    assertThat(300 * pod(now).getDouble("worked") - own)
        .as("answers to who led before")
        .isGreaterThan(before / 5.0);
    untilWarm(other);
    assertNoFasterThanOneReplica(began);
  }

  private void assertNoFasterThanOneReplica(long began) {
    double seconds = (System.nanoTime() - began) / 1e9;
    assertThat((double) cold.asked()).isLessThan(CALLS_A_SECOND * seconds + 2 * IN_FLIGHT_MOST);
  }
}
