package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import org.junit.jupiter.api.Test;

/** Cookies that only go where nobody listens in. */
@Over(
    value = Way.class,
    except = {"HTTP_1", "HTTP_1_LATE_STORE"},
    smoke = true)
class TokensOverTlsTest extends EveryWay {
  @Test
  void overTlsCookiesAreBoundToTheHostAndGoAlongWithPostsFromElsewhere() {
    int port = gateway("rooms: {concert: {}}");
    Guest first = guest(port);
    Reply in = first.opens("/");
    assertThat(in.cookie("__Host-usher-pass-concert"))
        .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=None")
        .doesNotContain("Domain");
    assertThat(first.fetches("/").body()).isEqualTo("in");
    Reply waits = guest(port).opens("/");
    assertThat(waits.cookie("__Host-usher-ticket-concert"))
        .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=None")
        .doesNotContain("Domain");
  }

  @Test
  void aRoomOfSeveralHostsHasSecureCookiesOfItsDomain() {
    int port =
        gateway("rooms: {concert: {hosts: [a.example.com], cookies: {domain: example.com}}}");
    Guest guest = guest(port).always("Host: a.example.com");
    assertThat(guest.opens("/").cookie("__Secure-usher-pass-concert"))
        .contains("; Domain=example.com", "; Secure", "; Path=/");
    assertThat(guest.fetches("/").body()).isEqualTo("in");
  }

  @Test
  void aPlainCookieIsNotBelievedOverTls() {
    int port = gateway("rooms: {concert: {}}");
    Guest guest = guest(port);
    guest.opens("/");
    String pass = guest.jar().remove("__Host-usher-pass-concert");
    guest.jar().put("usher-pass-concert", String.valueOf(pass));
    assertThat(guest.fetches("/").status()).isEqualTo(429);
  }

  private int gateway(String rooms) {
    return stage().gateway(Stage.shop(stage().pod(), 1) + rooms).port();
  }
}
