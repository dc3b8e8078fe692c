package dev.usher.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.cli.drill.crowd.Behaviour;
import dev.usher.cli.drill.crowd.Count;
import dev.usher.cli.drill.crowd.Plan;
import dev.usher.cli.drill.crowd.WireProtocol;
import dev.usher.cli.drill.http.LineServer;
import dev.usher.cli.drill.http.Target;
import dev.usher.cli.drill.http.Trouble;
import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A crowd that comes over TLS, by HTTP/2 or by HTTP/1.1. */
class DrillOverTlsTest {
  private static Plan plan(Target target, int visitors) {
    Behaviour habits =
        new Behaviour(Duration.ofMillis(300), Duration.ofMillis(100), 0, Duration.ofSeconds(30), 0);
    return new Plan(
        List.of(target), visitors, Duration.ofSeconds(1), habits, Duration.ofSeconds(90), 1);
  }

  private static Outcome drill(Plan plan) throws InterruptedException {
    return new Drill(plan, () -> null).run(now -> {});
  }

  private static HttpServerOptions overTls() {
    ListenOptions.Tls tls = TestCertificate.shared();
    return new HttpServerOptions()
        .setSsl(true)
        .setUseAlpn(true)
        .setSslHandshakeTimeout(30) // the first handshakes of a process are slow
        .setKeyCertOptions(
            new PemKeyCertOptions().addCertPath(tls.certificate()).addKeyPath(tls.key()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyoneIsLetInAsOthersLeave(boolean http2) throws Exception {
    try (LineServer line = new LineServer(8, position -> position, overTls())) {
      Outcome outcome = drill(plan(line.target(), 20).over(new WireProtocol(http2, true)));

      Moment end = outcome.end();
      assertThat(end.errors()).as(end.toString()).isZero();
      assertThat(end.of(Count.CONNECTED)).isEqualTo(20);
      assertThat(end.of(Count.ADMITTED)).isEqualTo(20);
      assertThat(end.of(Count.LEFT)).isEqualTo(20);
      assertThat(line.insideMax).hasValueLessThanOrEqualTo(8);
      assertThat(line.left).hasValue(20);
      assertThat(line.askedTooSoon).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCertificateNobodyVouchesForIsBelievedOnlyByWhoWasToldTo(boolean http2) throws Exception {
    try (LineServer line = new LineServer(20, position -> position, overTls())) {
      Moment end = drill(plan(line.target(), 5).over(new WireProtocol(http2, false))).end();
      assertThat(end.troubles()).containsOnly(Map.entry(Trouble.UNTRUSTED, 5L));
    }
  }

  @Test
  void aServerThatDoesNotSpeakHttp2IsToldFromOneThatIsAway() throws Exception {
    HttpServerOptions older = overTls().setAlpnVersions(List.of(HttpVersion.HTTP_1_1));
    try (LineServer line = new LineServer(20, position -> position, older)) {
      Moment end = drill(plan(line.target(), 5).over(new WireProtocol(true, true))).end();
      assertThat(end.troubles()).containsOnly(Map.entry(Trouble.NO_HTTP2, 5L));
    }
  }

  @Test
  void http2GoesOverTlsOnly() {
    Plan plain = plan(Target.of("http://127.0.0.1:1/"), 5);
    assertThatThrownBy(() -> plain.over(new WireProtocol(true, true)))
        .hasMessageContaining("HTTP/2 must go to https:// but was to go to http://127.0.0.1:1/");
  }

  @Test
  void eachVisitorHasAConnectionAndOpensAnotherWhenItIsClosed() throws Exception {
    Set<Object> connections = ConcurrentHashMap.newKeySet();
    Moment end =
        answering(
            request -> {
              connections.add(request.connection());
              request.response().putHeader("Usher-State", "admitted").end("in");
              request.connection().shutdown();
            });
    assertThat(end.errors()).as(end.toString()).isZero();
    assertThat(end.of(Count.PAGES)).isPositive();
    assertThat(connections).hasSizeGreaterThan(5);
  }

  @Test
  void anAnswerWhoseStreamIsResetIsCutOff() throws Exception {
    Moment end =
        answering(
            request -> {
              request.response().setChunked(true).write("half");
              request.response().reset(2);
            });
    assertThat(end.troubles()).containsOnly(Map.entry(Trouble.CUT_OFF, 5L));
  }

  /** Five visitors by HTTP/2 at a server that answers so. */
  private static Moment answering(Handler<HttpServerRequest> answer) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      int port =
          vertx
              .createHttpServer(overTls())
              .requestHandler(answer)
              .listen(0, "127.0.0.1")
              .await(10, TimeUnit.SECONDS)
              .actualPort();
      Target target = Target.of("https://localhost:" + port + "/");
      return drill(plan(target, 5).over(new WireProtocol(true, true))).end();
    } finally {
      vertx.close().await();
    }
  }
}
