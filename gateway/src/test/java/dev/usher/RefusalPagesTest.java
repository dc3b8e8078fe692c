package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a person reads who neither waits nor comes in: a page in their language. */
@Over(Way.class)
class RefusalPagesTest extends EveryWay {
  private static final String KOREAN = "Accept-Language: ko-KR,ko;q=0.9,en;q=0.5";

  private Guest korean(int port) {
    return guest(port).always(KOREAN);
  }

  private static void isKorean(Reply reply, String says) {
    assertThat(reply.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(reply.body())
        .contains("<html lang=\"ko\" dir=\"ltr\">", says)
        .doesNotContain("noindex");
    assertThat(reply.header("Content-Security-Policy")).contains("frame-ancestors 'self'");
    assertThat(reply.header("X-Frame-Options")).isEqualTo("SAMEORIGIN");
    assertThat(reply.header("X-Robots-Tag")).isNull();
  }

  @Test
  void aFullLineSaysSoAndReloadsItselfUntilTheVisitorWantsNot() {
    String room = "{title: Gala, waitingMax: 1, page: {texts: [%s]}}";
    String words = "{language: ko, text: notice.full, says: '내일 <다시>'}";
    int port = fullHouse("rooms: {concert: " + room.formatted(words) + "}");
    guest(port).opens("/");
    Stage.until("the line is full", () -> guest(port).opens("/").status() == 503);
    Guest late = korean(port);
    Reply page = late.opens("/seats?row=7");
    isKorean(page, "대기열이 가득 찼습니다");
    assertThat(page.body()).contains("<p>Gala</p>", "내일 &lt;다시&gt; 이 페이지가 자동으로");
    assertThat(page.header("Retry-After")).isEqualTo("10");
    assertThat(Integer.parseInt(Objects.requireNonNull(page.header("Refresh")))).isBetween(10, 20);
    Reply chosen =
        late.asks(
            "GET",
            "/_usher/page?room=concert&reload=off",
            Guest.BROWSER,
            "Referer: https://localhost/seats?row=7");
    assertThat(chosen.header("Location")).isEqualTo("/seats?row=7");
    Reply still = late.opens("/seats?row=7");
    isKorean(still, "내일");
    assertThat(still.header("Refresh")).isNull();
    assertThat(still.body()).doesNotContain("자동으로 다시 시도").contains("reload=on");
  }

  @Test
  void aShopThatIsAwayOrSlowSaysSoAndAFormIsToldWhatBecameOfIt() {
    TestPod pod = stage().pod();
    String shop = Stage.shop(pod, 5) + "    requestTimeout: 300ms\n";
    int port = stage().gateway(shop + "rooms: {concert: {title: Gala}}").port();
    Guest inside = korean(port).comesIn("/");
    Reply slow = inside.opens("/seats?held");
    assertThat(slow.status()).isEqualTo(504);
    isKorean(slow, "사이트가 제때 응답하지 않았습니다");
    assertThat(slow.body()).contains("<p>Gala</p>");
    assertThat(slow.header("Refresh")).isNotNull();
    Reply form = inside.asks("POST", "/buy?held", Guest.BROWSER);
    assertThat(form.status()).isEqualTo(504);
    isKorean(form, "도착했는지 알 수 없습니다");
    assertThat(form.header("Refresh")).isNull();
    Reply program = inside.asks("GET", "/seats?held", "Accept: application/json");
    assertThat(program.json().getString("type")).isEqualTo("/problems/timed-out");
  }

  @Test
  void whoChoseALanguageIsToldInThat() {
    int port = fullHouse("rooms: {concert: {paths: [/]}, opera: {paths: [/opera]}}");
    Guest guest = korean(port);
    guest.opens("/concert");
    guest.asks("GET", "/_usher/page?room=concert&language=fr", Guest.BROWSER);
    Reply left = guest.asks("POST", "/_usher/leave?room=concert", Guest.BROWSER);
    assertThat(left.status()).isEqualTo(303);
    Reply told = guest.opens(Objects.requireNonNull(left.header("Location")));
    assertThat(told.body())
        .contains("<html lang=\"fr\" dir=\"ltr\">", "Vous avez abandonné votre place");
    Reply form = guest.asks("POST", "/concert/buy", Guest.BROWSER);
    assertThat(form.body())
        .contains("<html lang=\"fr\" dir=\"ltr\">", "Rien n’a été envoyé", "Aller à");
  }

  @Test
  void anAddressThatLeadsNowhereIsAPageForPeopleAndProblemDetailsForPrograms() {
    String rooms =
        "rooms: {concert: {hosts: [a.example], paths: [/concert]},"
            + " opera: {hosts: [a.example], paths: [/opera]}}";
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + rooms).port();
    Reply elsewhere = korean(port).always("Host: b.example").opens("/");
    assertThat(elsewhere.status()).isEqualTo(421);
    isKorean(elsewhere, "이 이름의 사이트가 없습니다");
    assertThat(elsewhere.body()).contains("<p lang=\"en\" dir=\"ltr\">");
    Reply unclear = korean(port).always("Host: a.example").opens("//concert/opera");
    assertThat(unclear.status()).isEqualTo(400);
    isKorean(unclear, "여러 가지로 읽을 수 있어");
    Reply program = guest(port).always("Host: a.example").fetches("//concert/opera");
    assertThat(program.json().getString("type")).isEqualTo("/problems/unclear-address");
  }

  @Test
  void aNoticeOfNoRoomCanBeKeptFromReloadingItselfToo() {
    int port = fullHouse("rooms: {concert: {paths: [/]}, opera: {paths: [/opera]}}");
    Guest guest = guest(port);
    Reply chosen = guest.opens("/_usher/page?reload=off");
    assertThat(chosen.status()).isEqualTo(303);
    assertThat(chosen.header("Location")).isEqualTo("/");
    assertThat(guest.jar()).containsEntry("usher-page", "en.still");
    assertThat(guest.opens("/_usher/page?reload=on").status()).isEqualTo(303);
    assertThat(guest.jar()).containsEntry("usher-page", "en");
  }
}
