package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An app that keeps no cookies: its ticket and its pass travel in headers. */
@Over(Way.class)
class TokensInHeadersTest extends EveryWay {
  private static final String ROOM = "rooms: {concert: {poll: {min: 200ms}}}";

  @Test
  void whoNamesTheHeaderGetsTheTokenThereAndInTheBodyAndNoCookie() {
    int port = fullHouse(ROOM);
    Reply joined = guest(port).posts("/_usher/join", "Usher-Ticket: none");
    String ticket = joined.header("Usher-Ticket");
    assertThat(ticket).isNotNull().isEqualTo(joined.json().getString("ticket"));
    assertThat(joined.all("Set-Cookie")).isEmpty();
    // A guest with no jar: each request is a new one.
    Reply again = guest(port).asks("GET", "/_usher/place", "Usher-Ticket: " + ticket);
    assertThat(again.json().getString("state")).isEqualTo("waiting");
    assertThat(again.header("Usher-Ticket")).as("unchanged, so not given again").isNull();
    assertThat(again.json().containsKey("ticket")).isFalse();
  }

  @Test
  void whoDoesNotNameItGetsCookiesThatNoScriptCanRead() {
    int port = fullHouse(ROOM);
    List<Reply> replies = new ArrayList<>();
    Guest waits = guest(port);
    replies.add(waits.opens("/"));
    replies.add(guest(port).posts("/_usher/join"));
    replies.add(waits.place());
    int free = stage().gateway(Stage.shop(stage().pod(), 5) + ROOM).port();
    replies.add(guest(free).comesIn("/").opens("/"));
    replies.add(guest(free).fetches("/api"));
    for (Reply reply : replies) {
      assertThat(reply.header("Usher-Ticket")).isNull();
      assertThat(reply.header("Usher-Pass")).isNull();
      assertThat(reply.body()).doesNotContain("\"ticket\"").doesNotContain("\"pass\"");
    }
    assertThat(replies.get(0).all("Set-Cookie")).isNotEmpty();
    assertThat(replies.get(1).all("Set-Cookie")).isNotEmpty();
  }

  @Test
  void anAppThatComesInAtOnceGetsItsPassWithWhatThePodAnswered() {
    TestPod pod = stage().pod();
    int port = stage().gateway(Stage.shop(pod, 5) + ROOM).port();
    guest(port).comesIn("/");
    Reply in = guest(port).asks("GET", "/api", "Usher-Pass: none", "Usher-Ticket: none");
    assertThat(in.body()).isEqualTo("in");
    assertThat(in.all("Set-Cookie")).isEmpty();
    String pass = in.header("Usher-Pass");
    assertThat(pass).isNotNull();
    assertThat(pod.last().header("Usher-Pass")).as("what was verified").isEqualTo(pass);
    assertThat(pod.last().header("Usher-Ticket")).isNull();
    Reply next = guest(port).asks("GET", "/api", "Usher-Pass: " + pass);
    assertThat(next.state()).isEqualTo("admitted");
    assertThat(next.header("Usher-Pass")).isNull();
    assertThat(pod.last().header("Usher-Pass")).isEqualTo(pass);
  }

  @Test
  void aTicketThatIsWorthNothingIsReplacedWhereItCameFrom() {
    int port = fullHouse(ROOM);
    Reply joined = guest(port).posts("/_usher/join", "Usher-Ticket: AQR0ZXN0");
    assertThat(joined.header("Usher-Ticket")).isNotNull().isNotEqualTo("AQR0ZXN0");
    assertThat(joined.all("Set-Cookie")).isEmpty();
  }

  @Test
  void whoListensGetsTheTicketWithTheHeadAndInNoLaterEvent() {
    int port = fullHouse(ROOM);
    List<Guest> ahead = List.of(guest(port), guest(port));
    ahead.forEach(each -> each.opens("/"));
    Reply joined = guest(port).posts("/_usher/join", "Usher-Ticket: none");
    String ticket = "Usher-Ticket: " + joined.header("Usher-Ticket");
    ahead.get(0).posts("/_usher/leave");
    Stage.until(
        "one is ahead",
        () -> guest(port).asks("GET", "/_usher/place", ticket).json().getInteger("ahead", -1) == 1);
    try (Listening stream = guest(port).listens(ticket)) {
      JsonObject first = stream.hears("place", "waiting").data();
      assertThat(first.getString("ticket")).isNotNull().isEqualTo(stream.header("Usher-Ticket"));
      assertThat(stream.header("Set-Cookie")).isEmpty();
      ahead.get(1).posts("/_usher/leave");
      Stage.until("nobody is ahead", () -> stream.last().ahead() == 0);
      assertThat(stream.last().data().containsKey("ticket")).isFalse();
    }
  }

  @Test
  void whoHasCookiesKeepsThemWhateverTheHeadersSay() {
    int port = fullHouse(ROOM);
    Guest browser = guest(port);
    browser.posts("/_usher/join");
    Reply reply = browser.posts("/_usher/join", "Usher-Ticket: none");
    assertThat(reply.header("Usher-Ticket")).isNull();
    assertThat(browser.jar()).containsOnlyKeys(way().cookie("usher-ticket-concert"));
  }

  @Test
  void whoLeavesByHeaderIsSentNoCookiesToForget() {
    int port = fullHouse(ROOM);
    String ticket = guest(port).posts("/_usher/join", "Usher-Ticket: none").header("Usher-Ticket");
    Reply left = guest(port).posts("/_usher/leave", "Usher-Ticket: " + ticket);
    assertThat(left.json().getString("state")).isEqualTo("none");
    assertThat(left.all("Set-Cookie")).isEmpty();
  }
}
