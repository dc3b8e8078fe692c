package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Visitors with HTTP/2, who ask several things at once, meet a gateway that stops. */
class DrainHttp2Test {
  private static final int VISITORS = 20;
  private static final int AT_ONCE = 6;

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private final Vertx vertx = Vertx.vertx();
  private final HttpClientAgent client =
      vertx.createHttpClient(
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setSsl(true)
              .setUseAlpn(true)
              .setTrustAll(true)
              .setVerifyHost(false));
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();
  private final Queue<String> lost = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void set() {
    stage = new Stage(folder);
  }

  @AfterEach
  void clear() {
    stage.close();
    vertx.close().await();
  }

  @Test
  void everyStreamThatWasOpenedBeforeTheVisitorHeardOfTheStopIsAnswered() throws Exception {
    ListenOptions.Tls tls = TestCertificate.writeTo(folder);
    Gateway gateway =
        stage.gateway(
            """
            listen: {host: 127.0.0.1, port: 0, tls: {certificate: '%s', key: '%s'}}
            drain: 20s
            """
                    .formatted(tls.certificate(), tls.key())
                + Stage.shop(stage.pod(), 10)
                + "rooms: {concert: {paths: [/concert]}}\ndefaultUpstream: shop");
    for (int i = 0; i < VISITORS; i++) {
      HttpClientConnection connection =
          client
              .connect(new HttpConnectOptions().setHost("127.0.0.1").setPort(gateway.port()))
              .await();
      boolean[] leave = {false};
      connection.goAwayHandler(
          v -> {
            leave[0] = true;
            told.incrementAndGet();
          });
      for (int stream = 0; stream < AT_ONCE; stream++) {
        askAgain(connection, leave);
      }
    }
    Stage.until("all have begun", () -> answered.get() > 3 * VISITORS * AT_ONCE);
    CompletableFuture.runAsync(gateway::stop, Stage.BESIDE).get(30, TimeUnit.SECONDS);
    Stage.until("all is heard", () -> asked.get() == answered.get() + lost.size());
    assertThat(lost).isEmpty();
    assertThat(told).hasValue(VISITORS);
  }

  private void askAgain(HttpClientConnection connection, boolean[] leave) {
    if (leave[0]) {
      return;
    }
    asked.incrementAndGet();
    connection
        .request(new RequestOptions().setMethod(HttpMethod.POST).setURI("/shop"))
        .compose(request -> request.send("x"))
        .compose(
            answer ->
                answer.statusCode() == 200
                    ? answer.body()
                    : Future.failedFuture("status " + answer.statusCode()))
        .onComplete(
            body -> {
              answered.incrementAndGet();
              vertx.setTimer(1 + answered.get() % 30, v -> askAgain(connection, leave));
            },
            failure -> lost.add((leave[0] ? "told: " : "") + failure));
  }
}
