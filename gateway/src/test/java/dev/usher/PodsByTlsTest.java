package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods whose certificates are for a name of their own, by an authority that only we trust. */
class PodsByTlsTest {
  private final Vertx vertx = Vertx.vertx();
  private final ListenOptions.Tls pair = TestCertificate.shared();

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private int pod;

  @BeforeEach
  void listen() {
    stage = new Stage(folder);
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .addCertPath(pair.certificate())
                            .addKeyPath(pair.key())))
            .requestHandler(asked -> asked.response().end("in"))
            .listen(0, "127.0.0.1")
            .await();
    pod = server.actualPort();
  }

  @AfterEach
  void close() {
    stage.close();
    vertx.close().await();
  }

  private Gateway gateway(String tls) {
    return stage.gateway(
        ("upstreams: {shop: {pods: ['https://127.0.0.1:" + pod + "'], sessionsPerPod: 10, ")
            + ("probe: {timeout: 10s, interval: 200ms}, connectTimeout: 10s" + tls + "}}\n")
            + "rooms: {concert: {paths: [/sale]}}");
  }

  private static String probe(Gateway gateway) {
    return new Guest(gateway.opsPort())
        .fetches("/api/upstreams")
        .json()
        .getJsonArray("upstreams")
        .getJsonObject(0)
        .getJsonArray("pods")
        .getJsonObject(0)
        .getString("probe");
  }

  @Test
  void areAskedAndServedWhereAuthorityAndNameAreTold() {
    Gateway gateway = gateway(", tls: {ca: '" + pair.certificate() + "', serverName: localhost}");
    Guest guest = new Guest(gateway.port());
    Stage.until("it comes in", () -> "admitted".equals(guest.opens("/sale").state()));
    assertThat(guest.opens("/sale").body()).isEqualTo("in");
  }

  @Test
  void areNotReadyWithoutTheAuthorityNorByAnotherNameAndItIsSaidWhy() {
    assertThat(probe(gateway(""))).contains("TLS was not agreed on", "certification path");
    String other = ", tls: {ca: '" + pair.certificate() + "', serverName: elsewhere.example}";
    assertThat(probe(gateway(other))).contains("TLS was not agreed on", "elsewhere.example");
    assertThat(probe(gateway(", tls: {ca: '" + pair.certificate() + "'}")))
        .contains("TLS was not agreed on", "No subject alternative names");
  }
}
