package dev.usher.cli.drill.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieJarTest {
  private final CookieJar jar = new CookieJar();

  @Test
  void aNewerValueReplacesTheOlder() {
    jar.set("usher-ticket-concert=1; Path=/; HttpOnly");
    jar.set("shop=x");
    jar.set("usher-ticket-concert=2; Path=/; HttpOnly");
    assertThat(jar.line()).isEqualTo("Cookie: shop=x; usher-ticket-concert=2\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usher-ticket-concert=; Path=/; Max-Age=0",
        "usher-ticket-concert=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT"
      })
  void anExpiredCookieIsThrownAway(String removal) {
    jar.set("usher-ticket-concert=1");
    jar.set(removal);
    assertThat(jar.ticketRoom()).isNull();
    assertThat(jar.line()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "__Host-", "__Secure-"})
  void theRoomIsReadFromTheCookiesName(String prefix) {
    jar.set(prefix + "usher-pass-city-concert=x");
    assertThat(jar.passRoom()).isEqualTo("city-concert");
    assertThat(jar.ticketRoom()).isNull();
  }

  @Test
  void aStrangersCookieIsNoTicket() {
    jar.set("my-usher-ticket-concert=x");
    assertThat(jar.ticketRoom()).isNull();
  }
}
