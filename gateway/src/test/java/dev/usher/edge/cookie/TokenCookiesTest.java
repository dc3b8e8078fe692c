package dev.usher.edge.cookie;

import static dev.usher.edge.cookie.TokenCookies.Kind.PASS;
import static dev.usher.edge.cookie.TokenCookies.Kind.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.edge.route.RoomRoute.Cookies;
import dev.usher.edge.route.RoomRoute.SameSite;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenCookiesTest {
  private final TokenCookies cookies = new TokenCookies("concert", Cookies.DEFAULT);

  @Test
  void aCookieIsAsStrictAsItsConnectionAllows() {
    assertThat(cookies.set(TICKET, "abc", 60, true))
        .isEqualTo(
            "__Host-usher-ticket-concert=abc; Max-Age=60; Path=/; Secure; HttpOnly; SameSite=None");
    assertThat(cookies.set(PASS, "a.b.c", 60, false))
        .isEqualTo("usher-pass-concert=a.b.c; Max-Age=60; Path=/; HttpOnly; SameSite=Lax");
    assertThat(cookies.forget(PASS, true))
        .isEqualTo(
            "__Host-usher-pass-concert=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=None");
  }

  @Test
  void aFrameHasCookiesOfItsOwnOnlyWhereTheyAreSecure() {
    TokenCookies framed = new TokenCookies("concert", new Cookies(null, null, true));
    assertThat(framed.set(PASS, "abc", 60, true)).endsWith("; SameSite=None; Partitioned");
    assertThat(framed.forget(PASS, true)).endsWith("; SameSite=None; Partitioned");
    assertThat(framed.set(PASS, "abc", 60, false)).endsWith("; SameSite=Lax");
  }

  @Test
  void aRoomThatSpansHostsHasADomain() {
    TokenCookies spanning =
        new TokenCookies("concert", new Cookies(SameSite.STRICT, "Example.com", false));

    assertThat(spanning.set(PASS, "abc", 60, true))
        .isEqualTo(
            "__Secure-usher-pass-concert=abc; Max-Age=60; Path=/; Domain=example.com; Secure;"
                + " HttpOnly; SameSite=Strict");
    assertThat(spanning.set(PASS, "abc", 60, false))
        .isEqualTo(
            "usher-pass-concert=abc; Max-Age=60; Path=/; Domain=example.com; HttpOnly;"
                + " SameSite=Strict");
  }

  @Test
  void noneIsNeverSaidWithoutTls() {
    TokenCookies none = new TokenCookies("concert", new Cookies(SameSite.NONE, null, false));

    assertThat(none.set(PASS, "abc", 60, false)).endsWith("SameSite=Lax");
    assertThat(none.set(PASS, "abc", 60, true)).endsWith("SameSite=None");
  }

  @Test
  void aDomainThatIsNoneIsRefusedAtTheStart() {
    for (String domain : List.of("", "a b", "x; Secure", "example.com:80", "[::1]", "http://x")) {
      assertThatThrownBy(() -> new TokenCookies("concert", new Cookies(null, domain, false)))
          .hasMessageContaining("concert must be a host");
    }
  }

  @Test
  void aTokenIsFoundAmongOtherCookies() {
    read("abc", "usher-pass-concert=abc");
    read("abc", "a=b; usher-pass-concert=abc; c=d");
    read("abc", "a=b;usher-pass-concert=abc ;c");
    read("abc", " ;; usher-pass-concert=abc;");
    assertThat(cookies.read(PASS, List.of("a=b", "usher-pass-concert=abc"), false))
        .containsExactly("abc");
  }

  @Test
  void anotherCookieIsNotTakenForIt() {
    for (String header :
        List.of(
            "",
            ";",
            "a=b",
            "usher-pass-concert",
            "usher-pass-concert=",
            "usher-pass-concert= ",
            "usher-pass-concert2=abc",
            "xusher-pass-concert=abc",
            "Usher-Pass-concert=abc",
            "usher-ticket-concert=abc",
            "a=usher-pass-concert=abc",
            "usher-pass-concert =abc",
            "a=\"b, usher-pass-concert=abc")) {
      assertThat(cookies.read(PASS, List.of(header), false)).as(header).isEmpty();
    }
  }

  @Test
  void overTlsOnlyThePrefixedNameIsBelieved() {
    String both = "usher-pass-concert=planted; __Host-usher-pass-concert=ours";

    assertThat(cookies.read(PASS, List.of(both), true)).containsExactly("ours");
    assertThat(cookies.read(PASS, List.of(both), false)).containsExactly("planted");
    assertThat(cookies.read(PASS, List.of("__Secure-usher-pass-concert=planted"), true)).isEmpty();
  }

  @Test
  void onlyAFewOfManyAreTried() {
    assertThat(cookies.read(PASS, List.of("usher-pass-concert=a; ".repeat(1000)), false))
        .containsExactly("a", "a", "a");
  }

  @Test
  void aTokenIsFoundBehindAnyNumberOfOtherCookies() {
    String filler = "a=" + "x".repeat(60_000) + ";";

    assertThat(cookies.read(PASS, List.of(filler + "usher-pass-concert=a"), false))
        .containsExactly("a");
    assertThat(cookies.read(PASS, List.of(filler, "usher-pass-concert=a"), false))
        .containsExactly("a");
  }

  private void read(String token, String header) {
    assertThat(cookies.read(PASS, List.of(header), false)).as(header).containsExactly(token);
  }
}
