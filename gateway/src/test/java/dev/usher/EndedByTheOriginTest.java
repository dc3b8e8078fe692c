package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An origin that says in an answer that the visitor is done. */
@Over(value = Way.class, smoke = true)
class EndedByTheOriginTest extends EveryWay {
  private Guest guest = new Guest(0);

  private String pass() {
    return way().cookie("usher-pass-concert");
  }

  @BeforeEach
  void comeIn() {
    // Many sessions, so that nobody waits for long while the only pod warms up.
    String yaml = Stage.shop(stage().pod(), 2000) + "rooms: {concert: {bypass: {paths: [/pay]}}}";
    guest = guest(stage().gateway(yaml).port());
    guest.comesIn("/");
  }

  @Test
  void theSessionIsOverAndItsPassIsWorthNothingAfterTheSameAnswer() {
    String pass = Objects.requireNonNull(guest.jar().get(pass()));
    Reply last = guest.fetches("/thanks?end&cacheControl=public,max-age=600");
    assertThat(last.status()).isEqualTo(200);
    assertThat(last.header("Usher-Session")).isNull();
    assertThat(last.all("Set-Cookie"))
        .singleElement()
        .asString()
        .startsWith(pass() + "=")
        .contains("; Max-Age=60;")
        .doesNotContain(pass);
    assertThat(last.header("Cache-Control")).isEqualTo("private, max-age=600");
    assertThat(guest.place().json().getString("state")).isEqualTo("none");
    Stage.until(
        "the pass is worth nothing",
        () -> {
          guest.jar().put(pass(), pass);
          return guest.place().json().getString("state").equals("none");
        });
  }

  @Test
  void anAnswerToARequestThatPassedTheRoomByEndsNothing() {
    String before = guest.jar().get(pass());
    Reply paid = guest.fetches("/pay?end");
    assertThat(paid.state()).isEqualTo("bypassed");
    assertThat(paid.header("Usher-Session")).isNull();
    assertThat(guest.jar().get(pass())).isEqualTo(before);
    assertThat(guest.fetches("/").status()).isEqualTo(200);
  }
}
