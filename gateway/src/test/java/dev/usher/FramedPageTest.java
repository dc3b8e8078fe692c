package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import org.junit.jupiter.api.Test;

/** The waiting page within a page of another site. */
@Over(Way.class)
class FramedPageTest extends EveryWay {
  private static final String OWN_TAB = "<p id=\"tab\"";

  private Reply framed(Guest guest) {
    return framed(guest, "/seats");
  }

  private Reply framed(Guest guest, String path) {
    return guest.asks(
        "GET",
        path,
        Guest.BROWSER,
        "Sec-Fetch-Mode: navigate",
        "Sec-Fetch-Dest: iframe",
        "Sec-Fetch-Site: cross-site");
  }

  @Test
  void onlyPagesOfTheSameHostFrameItUnlessOthersAreNamed() {
    int port = fullHouse("rooms: {concert: {}}");
    Reply page = guest(port).opens("/seats");
    assertThat(page.header("Content-Security-Policy")).endsWith("frame-ancestors 'self'");
    assertThat(page.header("X-Frame-Options")).isEqualTo("SAMEORIGIN");
    assertThat(page.body()).doesNotContain(OWN_TAB);
  }

  @Test
  void whomTheOperatorNamesMayFrameItAndTheFrameOffersATabOfItsOwn() {
    String room = "{waitingMax: 1, page: {framedBy: ['https://partner.example']}}";
    int port = fullHouse("rooms: {concert: " + room + "}");
    Reply page = framed(guest(port));
    assertThat(page.header("Content-Security-Policy"))
        .endsWith("frame-ancestors 'self' https://partner.example");
    assertThat(page.header("X-Frame-Options")).as("it could not name the partner").isNull();
    assertThat(page.body())
        .contains(OWN_TAB, "<a href=\"\" target=\"_blank\" rel=\"noopener\">Open this page in");
    Stage.until("the line is full", () -> guest(port).opens("/").status() == 503);
    Reply full = framed(guest(port));
    assertThat(full.header("Content-Security-Policy"))
        .endsWith("frame-ancestors 'self' https://partner.example");
    assertThat(full.header("X-Frame-Options")).isNull();
  }

  @Test
  void aRefusalOfNoRoomIsShownWhereEveryRoomOfTheHostIs() {
    String rooms =
        """
        rooms:
          concert:
            hosts: [a.example]
            paths: [/concert]
            page: {framedBy: ['https://partner.example', 'https://other.example']}
          opera:
            hosts: [a.example]
            paths: [/opera]
            page: {framedBy: ['https://partner.example']}
        """;
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + rooms).port();
    Reply unclear = framed(guest(port).always("Host: a.example"), "//concert/opera");
    assertThat(unclear.status()).isEqualTo(400);
    assertThat(unclear.header("Content-Security-Policy"))
        .endsWith("frame-ancestors 'self' https://partner.example");
    assertThat(unclear.header("X-Frame-Options")).isNull();
    Reply elsewhere = framed(guest(port).always("Host: b.example"), "/concert");
    assertThat(elsewhere.status()).isEqualTo(421);
    assertThat(elsewhere.header("Content-Security-Policy")).endsWith("frame-ancestors 'self'");
    assertThat(elsewhere.header("X-Frame-Options")).isEqualTo("SAMEORIGIN");
  }

  @Test
  void aChoiceIsKeptInOneCookieWhicheverKindItIsOf() {
    String listen = way().listen("trustedProxies: [127.0.0.1]");
    String rooms =
        "rooms: {concert: {paths: [/a], cookies: {partitioned: true}}, opera: {paths: [/b]}}";
    int port = stage().gateway(listen + Stage.shop(stage().pod(), 1) + rooms).port();
    Guest guest = guest(port).always("X-Forwarded-Proto: https");
    Reply first = guest.opens("/_usher/page?room=opera&language=de");
    assertThat(first.all("Set-Cookie"))
        .containsExactly("usher-page=de; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax; Secure");
    assertThat(guest.opens("/_usher/page?room=concert&language=fr").all("Set-Cookie"))
        .containsExactly(
            "usher-page=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure",
            "usher-page=fr; Max-Age=31536000; Path=/; HttpOnly; SameSite=None; Secure;"
                + " Partitioned");
    assertThat(guest.opens("/_usher/page?room=opera&language=ja").all("Set-Cookie"))
        .containsExactly(
            "usher-page=; Max-Age=0; Path=/; HttpOnly; SameSite=None; Secure; Partitioned",
            "usher-page=ja; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax; Secure");
  }

  @Test
  void theFrameHasCookiesOfItsOwnWhereTheyAreSecure() {
    String listen = way().listen("trustedProxies: [127.0.0.1]");
    String rooms = "rooms: {concert: {cookies: {partitioned: true}}}";
    int port = stage().gateway(listen + Stage.shop(stage().pod(), 1) + rooms).port();
    guest(port).comesIn("/");
    Stage.untilFull(() -> guest(port));
    Guest guest = guest(port).always("X-Forwarded-Proto: https");
    Reply page = framed(guest);
    assertThat(page.cookie("__Host-usher-ticket-concert"))
        .contains("; Secure; HttpOnly; SameSite=None; Partitioned");
    Reply chosen = guest.opens("/_usher/page?room=concert&language=de");
    assertThat(chosen.cookie("usher-page")).endsWith("; SameSite=None; Secure; Partitioned");
    assertThat(framed(guest).body()).contains("<html lang=\"de\" dir=\"ltr\">", "neuen Tab öffnen");
  }
}
