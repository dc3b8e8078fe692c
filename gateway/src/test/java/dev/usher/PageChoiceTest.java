package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import org.junit.jupiter.api.Test;

/** What a waiting visitor may choose for the page, with links alone. */
@Over(Way.class)
class PageChoiceTest extends EveryWay {
  private static final String REFRESH = "<meta http-equiv=\"refresh\"";

  @Test
  void thePageSpeaksWhatTheBrowserPrefersAndThenWhatWasChosen() {
    int port = fullHouse("rooms: {concert: {title: Concert}}");
    Guest guest = guest(port).always("Accept-Language: de-AT,de;q=0.9,en;q=0.5");
    Reply german = guest.opens("/seats?row=7");
    assertThat(german.body())
        .contains("<html lang=\"de\" dir=\"ltr\">", "Warteschlange für Concert");
    assertThat(german.all("Vary")).contains("Accept", "Accept-Encoding, Accept-Language, Cookie");
    Reply chosen = choose(guest, "language=ar");
    assertThat(chosen.status()).isEqualTo(303);
    assertThat(chosen.header("Location")).isEqualTo("/seats?row=7");
    assertThat(chosen.header("Cache-Control")).isEqualTo("no-store");
    assertThat(guest.opens("/seats?row=7").body()).contains("<html lang=\"ar\" dir=\"rtl\">");
  }

  @Test
  void whoDoesNotWantThePageToReloadSaysSoByALinkAndCanTakeItBack() {
    int port = fullHouse("rooms: {concert: {}}");
    Guest guest = guest(port);
    assertThat(guest.opens("/seats?row=7").body()).contains(REFRESH, "&amp;reload=off\"");
    choose(guest, "reload=off");
    String still = guest.opens("/seats?row=7").body();
    assertThat(still).doesNotContain(REFRESH).contains("&amp;reload=on\"", "Check my place");
    choose(guest, "language=fr");
    assertThat(guest.opens("/").body()).doesNotContain(REFRESH).contains("lang=\"fr\"");
    choose(guest, "reload=on");
    assertThat(guest.opens("/").body()).contains(REFRESH, "lang=\"fr\"");
  }

  @Test
  void nonsenseChangesNothingAndLeadsNowhereElse() {
    int port = fullHouse("rooms: {concert: {}}");
    Guest guest = guest(port);
    guest.opens("/");
    for (String query : new String[] {"language=tlh", "language=%0d%0aX:y", "reload=", ""}) {
      Reply reply =
          guest.asks(
              "GET",
              "/_usher/page?room=concert&" + query,
              Guest.BROWSER,
              "Referer: https://elsewhere.example/");
      assertThat(reply.status()).isEqualTo(303);
      assertThat(reply.header("Location")).isEqualTo("/");
      assertThat(reply.header("X")).isNull();
    }
    assertThat(guest.opens("/").body()).contains("lang=\"en\"", REFRESH);
    assertThat(guest.posts("/_usher/page?room=concert").status()).isEqualTo(405);
    assertThat(guest.opens("/_usher/page?room=other").status()).isEqualTo(404);
  }

  private static Reply choose(Guest guest, String query) {
    return guest.asks(
        "GET",
        "/_usher/page?room=concert&" + query,
        Guest.BROWSER,
        "Referer: https://localhost/seats?row=7");
  }
}
