package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the log says of requests, where it is asked to. */
class AccessLogTest {
  @RegisterExtension private final WrittenLog log = new WrittenLog("dev.usher.edge.AccessLog");

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private TestPod pod = stage.pod();

  @BeforeEach
  void open() {
    stage = new Stage(folder);
    pod = stage.pod();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Gateway gateway(String access) {
    return stage.gateway(access + Stage.shop(pod, 1) + "rooms: {concert: {paths: [/sale]}}");
  }

  private List<String> said(int lines) {
    Stage.until(lines + " lines", () -> log.events().size() >= lines);
    return log.said();
  }

  @Test
  void eachRequestHasALineWithItsRoomAndWhatBecameOfIt() {
    int port = gateway("log: {access: 1}\n").port();
    new Guest(port).opens("/sale/seats?token=secret");
    assertThat(said(1))
        .singleElement()
        .asString()
        .startsWith("INFO access [address=\"127.0.0.1\", method=\"GET\"")
        .contains("path=\"/sale/seats\"", "status=\"200\"", "room=\"concert\"")
        .contains("state=\"admitted\"")
        .doesNotContain("secret");
    new Guest(port).opens("/sale");
    assertThat(said(2).get(1)).contains("state=\"waiting\"");
    new Guest(port).opens("/about");
    assertThat(said(3).get(2)).contains("path=\"/about\"", "room=\"\"");
  }

  @Test
  void noTokenIsEverWrittenThoughItComesInAHeader() {
    int port = gateway("log: {access: 1}\n").port();
    WrittenLog everything = new WrittenLog("dev.usher");
    everything.begin();
    try {
      Reply in = new Guest(port).asks("GET", "/sale", "Usher-Pass: none");
      Reply waits = new Guest(port).posts("/_usher/join?room=concert", "Usher-Ticket: none");
      String pass = String.valueOf(in.header("Usher-Pass"));
      String ticket = String.valueOf(waits.header("Usher-Ticket"));
      new Guest(port).asks("GET", "/sale", "Usher-Pass: " + pass);
      new Guest(port).asks("GET", "/sale", "Usher-Ticket: " + ticket);
      assertThat(said(4)).hasSize(4);
      assertThat(everything.said().toString()).doesNotContain(pass).doesNotContain(ticket);
    } finally {
      everything.end();
    }
  }

  @Test
  void whereNothingIsSaidThereIsNoLine() {
    new Guest(gateway("").port()).opens("/sale");
    assertThat(log.events()).isEmpty();
  }

  @Test
  void ofAShareAboutSoManyHaveALine() {
    Guest guest = new Guest(gateway("log: {access: 0.2}\n").port());
    for (int i = 0; i < 300; i++) {
      guest.opens("/sale");
    }
    // Of 300 drawn at one in five, beyond these is once in a million runs.
    assertThat(log.events()).hasSizeBetween(25, 100);
  }
}
