package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The authority that signs the pods' certificates is another one from now on. */
class RenewedAuthorityTest {
  @RegisterExtension private final WrittenLog log = new WrittenLog("dev.usher.ConfigWatch");

  private final Vertx vertx = Vertx.vertx();
  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private Path authority = folder;

  @BeforeEach
  void set() {
    stage = new Stage(folder);
    authority = folder.resolve("ca.pem");
  }

  @AfterEach
  void clear() {
    stage.close();
    vertx.close().await();
  }

  private HttpServer pod(ListenOptions.Tls pair, int port) {
    return vertx
        .createHttpServer(
            new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(
                    new PemKeyCertOptions().addCertPath(pair.certificate()).addKeyPath(pair.key())))
        .requestHandler(asked -> asked.response().end("in"))
        .listen(port, "127.0.0.1")
        .await();
  }

  private void trust(ListenOptions.Tls pair) throws IOException {
    Files.writeString(authority, Files.readString(Path.of(pair.certificate())));
  }

  private static JsonObject shop(LiveFile file) {
    return file.operator()
        .fetches("/api/upstreams")
        .json()
        .getJsonArray("upstreams")
        .getJsonObject(0);
  }

  private boolean wasSaid(String beginning, String part) {
    return log.said().stream().anyMatch(line -> line.startsWith(beginning) && line.contains(part));
  }

  @Test
  void aNewAuthorityCountsWithoutARestartAndABadOneIsRefusedLoudlyWhileTheOldGoesOn()
      throws IOException {
    ListenOptions.Tls first = TestCertificate.ending(folder.resolve("first"), 30);
    ListenOptions.Tls second = TestCertificate.ending(folder.resolve("second"), 60);
    HttpServer old = pod(first, 0);
    int port = old.actualPort();
    trust(first);
    LiveFile file =
        new LiveFile(
            stage,
            folder,
            ("upstreams: {shop: {pods: ['https://127.0.0.1:" + port + "'], sessionsPerPod: 10, ")
                + "probe: {timeout: 10s, interval: 200ms}, connectTimeout: 10s, "
                + ("tls: {ca: '" + authority + "', serverName: localhost}}}\n")
                + "rooms: {concert: {paths: [/sale]}}");
    Guest guest = new Guest(file.port()).comesIn("/sale");
    assertThat(guest.opens("/sale").body()).isEqualTo("in");

    Files.writeString(authority, "no certificate at all");
    Stage.until("it is refused", () -> wasSaid("ERROR config_refused", "upstreams.shop.tls.ca"));
    assertThat(file.told().encode()).contains("must be certificates in PEM");
    assertThat(guest.opens("/sale").body()).isEqualTo("in");
    assertThat(shop(file).getInteger("podsReady")).isEqualTo(1);

    old.close().await();
    pod(second, port);
    Stage.until("the pod is not known any more", () -> shop(file).getInteger("podsReady") == 0);
    trust(second);
    Stage.until("the pod is known", () -> shop(file).getInteger("podsReady") == 1);
    Stage.until("it is told", () -> wasSaid("INFO config_applied", "upstreams.shop.tls.ca"));
    assertThat(file.told().getJsonArray("refused")).isEmpty();
    assertThat(guest.opens("/sale").body()).isEqualTo("in");
  }
}
