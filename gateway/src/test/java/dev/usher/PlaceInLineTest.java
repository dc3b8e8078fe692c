package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The paths by which pages and apps ask, join, claim and leave. */
@Over(Way.class)
class PlaceInLineTest extends EveryWay {
  private static final String ROOM = "rooms: {concert: {poll: {min: 200ms}}}";

  @Test
  void aPlaceIsWaitedForCalledClaimedAndLeft() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + ROOM).port();
    Guest inside = guest(port);
    inside.comesIn("/");
    Guest guest = guest(port);
    assertThat(state(guest.place())).isEqualTo("none");
    assertThat(state(guest.posts("/_usher/join"))).isEqualTo("waiting");
    assertThat(state(guest.place())).isEqualTo("waiting");
    assertThat(state(guest.posts("/_usher/claim"))).isEqualTo("waiting");

    assertThat(state(inside.posts("/_usher/leave"))).isEqualTo("none");
    assertThat(inside.jar()).isEmpty();
    Stage.until("the next is called", () -> state(guest.place()).equals("called"));

    assertThat(state(guest.posts("/_usher/claim"))).isEqualTo("admitted");
    assertThat(guest.jar()).containsOnlyKeys(way().cookie("usher-pass-concert"));
    assertThat(state(guest.place())).isEqualTo("admitted");
    assertThat(guest.fetches("/api").body()).isEqualTo("in");

    assertThat(state(guest.posts("/_usher/leave"))).isEqualTo("none");
    assertThat(guest.jar()).isEmpty();
    assertThat(state(guest.place())).isEqualTo("none");
  }

  @Test
  void aCalledVisitorComesInByGoingToThePage() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + ROOM).port();
    Guest inside = guest(port);
    inside.comesIn("/");
    Guest guest = guest(port);
    guest.opens("/seats");
    inside.posts("/_usher/leave");
    Stage.until("the next is called", () -> state(guest.place()).equals("called"));
    // A page's own calls in the background do not take the place by accident.
    assertThat(guest.fetches("/api").status()).isEqualTo(429);
    Reply reply = guest.opens("/seats");
    assertThat(reply.state()).isEqualTo("admitted");
    assertThat(guest.jar()).containsOnlyKeys(way().cookie("usher-pass-concert"));
  }

  @Test
  void aPositionFallsAsThoseAheadLeaveAndNeverRises() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + ROOM).port();
    guest(port).comesIn("/");
    List<Guest> ahead = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ahead.add(guest(port));
      ahead.get(i).opens("/");
    }
    Guest guest = guest(port);
    guest.opens("/");
    List<Integer> told = new ArrayList<>();
    Stage.until("four are ahead", () -> position(guest, told) == 5);
    ahead.get(1).posts("/_usher/leave");
    ahead.get(0).posts("/_usher/leave");
    Stage.until("two are ahead", () -> position(guest, told) == 3);
    guest(port).opens("/");
    position(guest, told);
    for (int i = 1; i < told.size(); i++) {
      assertThat(told.get(i)).isLessThanOrEqualTo(told.get(i - 1));
    }
  }

  private static int position(Guest guest, List<Integer> told) {
    Integer position = guest.place().json().getInteger("position");
    if (position != null) {
      told.add(position);
    }
    return position == null ? Integer.MAX_VALUE : position;
  }

  @Test
  void joiningTwiceGivesTheSamePlace() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + ROOM).port();
    guest(port).comesIn("/");
    Guest guest = guest(port);
    guest.posts("/_usher/join");
    guest(port).opens("/");
    guest.posts("/_usher/join");
    Stage.until(
        "the guest is still first", () -> guest.place().json().getInteger("position", 0) == 1);
  }

  @Test
  void theRoomMayBeLeftOutByWhoHoldsOneTicket() {
    int port =
        stage()
            .gateway(
                Stage.shop(stage().pod(), 1)
                    + "rooms: {concert: {paths: [/concert]}, theatre: {paths: [/theatre]}}")
            .port();
    guest(port).comesIn("/concert");
    Guest guest = guest(port);
    assertThat(guest.place().status()).isEqualTo(400);
    assertThat(guest.posts("/_usher/join").status()).isEqualTo(400);
    guest.opens("/theatre");
    assertThat(guest.place().json().getString("room")).isEqualTo("theatre");
    guest.opens("/concert");
    assertThat(guest.place().status()).isEqualTo(400);
    Reply named = guest.fetches("/_usher/place?room=concert");
    assertThat(named.json().getString("room")).isEqualTo("concert");
    assertThat(guest.posts("/_usher/leave?room=concert").status()).isEqualTo(200);
    assertThat(guest.jar()).containsOnlyKeys(way().cookie("usher-ticket-theatre"));
    assertThat(guest.place().json().getString("room")).isEqualTo("theatre");
  }

  @Test
  void whatIsAskedWronglyIsRefused() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + ROOM).port();
    Guest guest = guest(port);
    assertThat(guest.fetches("/_usher/place?room=opera").status()).isEqualTo(404);
    assertThat(guest.posts("/_usher/join?room=opera").status()).isEqualTo(404);
    assertThat(guest.fetches("/_usher/places").status()).isEqualTo(404);
    Reply get = guest.fetches("/_usher/join");
    assertThat(get.status()).isEqualTo(405);
    assertThat(get.header("Allow")).isEqualTo("POST");
    Reply post = guest.posts("/_usher/place");
    assertThat(post.status()).isEqualTo(405);
    assertThat(post.header("Allow")).isEqualTo("GET");
    assertThat(post.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void anotherSiteCannotMakeAVisitorLeave() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + ROOM).port();
    guest(port).comesIn("/");
    Guest guest = guest(port);
    guest.opens("/");
    for (String from :
        new String[] {
          "Sec-Fetch-Site: cross-site", "Origin: https://evil.example", "Origin: null"
        }) {
      Reply reply = guest.posts("/_usher/leave", from);
      assertThat(reply.status()).as(from).isEqualTo(403);
      assertThat(reply.all("Set-Cookie")).isEmpty();
    }
    assertThat(state(guest.place())).isEqualTo("waiting");
    Reply own =
        guest.posts("/_usher/leave", "Origin: " + way().origin(), "Sec-Fetch-Site: same-origin");
    assertThat(own.status()).isEqualTo(200);
    assertThat(guest.jar()).isEmpty();
  }

  @Test
  void theButtonOnAPageWithoutJavaScriptGetsAPageThatLeadsBack() {
    int port =
        stage()
            .gateway(Stage.shop(stage().pod(), 1) + "rooms: {concert: {paths: [/concert]}}")
            .port();
    guest(port).comesIn("/concert");
    Guest guest = guest(port);
    guest.opens("/concert");
    Reply reply =
        guest.posts(
            "/_usher/leave?room=concert",
            Guest.BROWSER,
            "Sec-Fetch-Mode: navigate",
            "Sec-Fetch-Dest: document",
            "Sec-Fetch-Site: same-origin");
    assertThat(reply.status()).isEqualTo(303);
    assertThat(guest.jar()).isEmpty();
    Reply told = guest.opens(Objects.requireNonNull(reply.header("Location")));
    assertThat(told.header("Content-Type")).startsWith("text/html");
    assertThat(told.body()).contains("You gave up your place", "href=\"/concert\"");
  }

  @Test
  void whoGaveUpThePlaceIsLedBackToWhatTheyWantedOnThisHostOnly() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + "rooms: {concert: {}}").port();
    String here = "Referer: " + way().origin() + "/seats?row=%224%22&to=a+b";
    Reply gone = guest(port).posts("/_usher/leave?room=concert", Guest.BROWSER, here);
    assertThat(guest(port).opens(Objects.requireNonNull(gone.header("Location"))).body())
        .contains("href=\"/seats?row=%224%22&amp;to=a+b\"");
    String there = "Referer: https://elsewhere.example/seats";
    Reply other = guest(port).posts("/_usher/leave?room=concert", Guest.BROWSER, there);
    assertThat(other.header("Location")).isEqualTo("/_usher/left?room=concert");
    for (String back : new String[] {"//evil.example", "/%5Cevil.example", "javascript:x", "%22"}) {
      assertThat(guest(port).opens("/_usher/left?room=concert&back=" + back).body())
          .contains("href=\"/\"");
    }
  }

  @Test
  void aClientWithoutCookiesDoesItAllWithHeaders() {
    TestPod pod = stage().pod();
    int port = stage().gateway(Stage.shop(pod, 1) + ROOM).port();
    Guest inside = guest(port);
    inside.comesIn("/");
    Reply joined = guest(port).posts("/_usher/join", "Usher-Ticket: none");
    String ticket = "Usher-Ticket: " + joined.header("Usher-Ticket");
    // A guest with no jar: each request is a new one.
    assertThat(state(guest(port).asks("GET", "/_usher/place", ticket))).isEqualTo("waiting");
    assertThat(
            guest(port)
                .asks("GET", "/api", ticket, "Accept: application/json")
                .json()
                .getString("state"))
        .isEqualTo("waiting");
    inside.posts("/_usher/leave");
    Stage.until(
        "the client is called",
        () -> state(guest(port).asks("GET", "/_usher/place", ticket)).equals("called"));
    Reply claimed = guest(port).posts("/_usher/claim", ticket);
    assertThat(state(claimed)).isEqualTo("admitted");
    assertThat(claimed.all("Set-Cookie")).isEmpty();
    String pass = "Usher-Pass: " + claimed.header("Usher-Pass");
    assertThat(guest(port).asks("GET", "/api", pass).body()).isEqualTo("in");
    assertThat(pod.last().header("Usher-Pass")).isEqualTo(claimed.header("Usher-Pass"));
    assertThat(pod.last().header("Usher-Ticket")).isNull();
    assertThat(state(guest(port).posts("/_usher/leave", pass))).isEqualTo("none");
    Stage.until(
        "the pass is worth nothing",
        () -> guest(port).asks("GET", "/api", pass, "Accept: application/json").status() == 429);
  }

  private static String state(Reply reply) {
    return reply.json().getString("state", "no state but " + reply.status());
  }
}
