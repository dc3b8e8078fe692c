package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An origin that says in an answer that the visitor is done. */
class EndedByTheOriginTest {
  private static final String PASS = "usher-pass-concert";

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private Guest guest = new Guest(0);

  @BeforeEach
  void set() {
    stage = new Stage(folder);
    // Many sessions, so that nobody waits for long while the only pod warms up.
    String yaml = Stage.shop(stage.pod(), 2000) + "rooms: {concert: {bypass: {paths: [/pay]}}}";
    guest = new Guest(stage.gateway(yaml).port());
    Stage.until("the guest comes in", () -> "admitted".equals(guest.opens("/").state()));
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  @Test
  void theSessionIsOverAndItsPassForgottenInTheSameAnswer() {
    String pass = Objects.requireNonNull(guest.jar().get(PASS));
    Reply last = guest.fetches("/thanks?end&cacheControl=public,max-age=600");
    assertThat(last.status()).isEqualTo(200);
    assertThat(last.header("Usher-Session")).isNull();
    assertThat(last.all("Set-Cookie")).singleElement().asString().startsWith(PASS + "=; Max-Age=0");
    assertThat(last.header("Cache-Control")).isEqualTo("private, max-age=600");
    assertThat(guest.jar()).doesNotContainKey(PASS);
    Stage.until(
        "the pass is worth nothing",
        () -> {
          guest.jar().put(PASS, pass);
          return guest.fetches("/").status() == 429;
        });
  }

  @Test
  void anAnswerToARequestThatPassedTheRoomByEndsNothing() {
    String before = guest.jar().get(PASS);
    Reply paid = guest.fetches("/pay?end");
    assertThat(paid.state()).isEqualTo("bypassed");
    assertThat(paid.header("Usher-Session")).isNull();
    assertThat(guest.jar().get(PASS)).isEqualTo(before);
    assertThat(guest.fetches("/").status()).isEqualTo(200);
  }
}
