package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawHttp2;
import dev.usher.edge.Wire;
import dev.usher.house.Wait;
import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that is opened and not read, before a whole gateway. */
class UnreadStreamsTest {
  private static final int SETTINGS_INITIAL_WINDOW = 4;
  private static final long CANCEL = 8;

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);

  @BeforeEach
  void set() {
    stage = new Stage(folder);
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private String house() {
    return Stage.shop(stage.pod(), 1) + "rooms: {concert: {}}";
  }

  private static String cookies(Guest guest) {
    StringBuilder all = new StringBuilder();
    guest.jar().forEach((name, value) -> all.append(name).append('=').append(value).append("; "));
    return all.substring(0, all.length() - 2);
  }

  /** Has something new to tell again and again, until a stream has been dropped. */
  private static void untilDropped(Gateway gateway) {
    Operator operator = new Operator(gateway);
    int[] said = {0};
    Stage.within(
        120,
        "the stream is dropped",
        () -> {
          String words = said[0]++ + " and many more words".repeat(10);
          operator.does("message", new JsonObject().put("message", words));
          Wait.pause(700);
          return operator.reads("/metrics").body().contains("usher_streams_dropped_total 1.0");
        });
  }

  @Test
  void overHttp2OnlyTheStreamIsCutOff() {
    ListenOptions.Tls tls = TestCertificate.shared();
    Gateway gateway =
        stage.gateway(
            "listen: {host: 127.0.0.1, port: 0, tls: {certificate: '%s', key: '%s'}}%n"
                    .formatted(tls.certificate(), tls.key())
                + house());
    Guest inside = new Guest(Wire.HTTP_2, gateway.port());
    inside.comesIn("/");
    Guest guest = new Guest(Wire.HTTP_2, gateway.port());
    Stage.until("the guest waits", () -> "waiting".equals(guest.opens("/").state()));
    try (RawHttp2 raw = new RawHttp2(gateway.port())) {
      byte[] window = {0, SETTINGS_INITIAL_WINDOW, 0, 0, 2, 0};
      raw.frame(RawHttp2.SETTINGS, 0, 0, window);
      String[] cookie = {"cookie", cookies(guest)};
      raw.headers(1, true, RawHttp2.request("/_usher/stream", cookie));
      untilDropped(gateway);
      assertThat(raw.reply(1).reset).isEqualTo(CANCEL);
      raw.headers(3, true, RawHttp2.request("/_usher/place", cookie));
      assertThat(raw.reply(3).status()).isEqualTo("200");
    }
  }
}
