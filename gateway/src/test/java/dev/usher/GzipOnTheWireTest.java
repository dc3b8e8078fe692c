package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import dev.usher.page.Language;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Pages as clients that read gzip get them, and as the others do. */
@Over(Way.class)
class GzipOnTheWireTest extends EveryWay {
  private static final String GZIP = "Accept-Encoding: gzip, deflate, br, zstd";

  private static final String[] WANT_IT = {
    "gzip", "GZIP;q=0.1", "br;q=1.0, gzip;q=0.8, *;q=0.1", "*", "x-gzip", "gzip, identity;q=1"
  };

  private static final String[] WANT_IT_NOT = {
    "",
    "identity",
    "br",
    "gzip;q=0",
    "gzip;q=0.000, *",
    "*;q=0",
    "gzip;q=0.5, identity",
    "gzip;q=much"
  };

  private static Reply opens(Guest guest, String... headers) {
    String[] all = new String[headers.length + 1];
    all[0] = Guest.BROWSER;
    System.arraycopy(headers, 0, all, 1, headers.length);
    return guest.asks("GET", "/seats?row=7", all);
  }

  /** What is told is told anew each time: when to ask again differs by chance. */
  private static String same(Reply reply) {
    return reply.body().replaceAll("(data-again|content)=\"\\d+\"", "$1");
  }

  private static int length(Reply reply) {
    return Integer.parseInt(Objects.requireNonNull(reply.header("Content-Length")));
  }

  @Test
  void inEachLanguageTheyReadTheSameAndAreLessThanHalf() {
    Guest guest = guest(fullHouse("rooms: {concert: {title: City Concert}}"));
    for (Language language : Language.values()) {
      for (String choice : new String[] {language.tag(), language.tag() + ".still"}) {
        guest.jar().put("usher-page", choice);
        // Others may come and go between the two.
        Stage.until("both say the same", () -> same(opens(guest, GZIP)).equals(same(opens(guest))));
        Reply plain = opens(guest);
        Reply gzip = opens(guest, GZIP);
        assertThat(plain.header("Content-Encoding")).isNull();
        assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(gzip.body()).contains("lang=\"" + language.tag());
        assertThat(2 * length(gzip)).isLessThan(length(plain));
        for (Reply either : new Reply[] {plain, gzip}) {
          assertThat(String.join(", ", either.all("Vary"))).contains("Accept-Encoding");
        }
      }
    }
  }

  @Test
  void theyAreInGzipForThoseWhoWantItAtLeastAsMuch() {
    Guest guest = guest(fullHouse("rooms: {concert: {}}"));
    for (String wanted : WANT_IT) {
      Reply reply = opens(guest, "Accept-Encoding: " + wanted);
      assertThat(reply.header("Content-Encoding")).as(wanted).isEqualTo("gzip");
      assertThat(reply.body()).contains("data-room=\"concert\"").endsWith("</html>\n");
    }
    for (String wanted : WANT_IT_NOT) {
      Reply reply = opens(guest, "Accept-Encoding: " + wanted);
      assertThat(reply.header("Content-Encoding")).as(wanted).isNull();
      assertThat(reply.body()).contains("data-room=\"concert\"").endsWith("</html>\n");
    }
  }

  @Test
  void soAreRefusals() {
    Guest guest = guest(fullHouse("rooms: {concert: {hosts: [localhost]}}"));
    String host = "Host: elsewhere.example";
    Reply plain = guest.asks("GET", "/", Guest.BROWSER, host);
    Reply gzip = guest.asks("GET", "/", Guest.BROWSER, host, GZIP);
    assertThat(gzip.status()).isEqualTo(421).isEqualTo(plain.status());
    assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(gzip.body()).isEqualTo(plain.body()).contains("<h1>");
    assertThat(length(gzip)).isLessThan(length(plain));
  }

  @Test
  void programsAreAnsweredAsTheyAre() {
    Guest guest = guest(fullHouse("rooms: {concert: {}}"));
    opens(guest);
    Reply reply = guest.asks("GET", "/", "Accept: application/json", GZIP);
    assertThat(reply.header("Content-Encoding")).isNull();
    assertThat(reply.json().getString("state")).isEqualTo("waiting");
  }
}
