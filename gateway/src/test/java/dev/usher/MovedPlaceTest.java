package dev.usher;

import static dev.usher.MovingGuest.asksForLink;
import static dev.usher.MovingGuest.button;
import static dev.usher.MovingGuest.continues;
import static dev.usher.MovingGuest.link;
import static dev.usher.MovingGuest.submits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import dev.usher.store.Place;
import dev.usher.token.Keys;
import dev.usher.token.Ticket;
import dev.usher.token.Tickets;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A visitor who goes on in another browser. */
@Over(Way.class)
class MovedPlaceTest extends EveryWay {
  private static final String ROOM = Stage.LASTING + "rooms: {concert: {poll: {min: 200ms}}}";
  private static final String NONE = "Usher-Ticket: none";

  /** Who waits behind one other, on a page that offers a link. */
  private Guest waiting(int port) {
    Guest old = guest(port);
    Reply page = old.opens("/seats?row=7");
    assertThat(page.state()).isEqualTo("waiting");
    assertThat(page.body())
        .contains("<summary>Continue in another browser</summary>")
        .contains(
            "<form method=\"post\" action=\"/_usher/move?room=concert\""
                + " target=\"_blank\" rel=\"noopener\">");
    return old;
  }

  private static String state(Guest guest) {
    return guest.place().json().getString("state");
  }

  private static Tickets tickets() {
    return new Tickets(Keys.parse(Stage.KEY), Duration.ofHours(24));
  }

  private Ticket ticket(Guest guest) {
    String text = Objects.requireNonNull(guest.jar().get(way().cookie("usher-ticket-concert")));
    return (Ticket) Objects.requireNonNull(tickets().verify(text, "concert", 0));
  }

  @Test
  void thePlaceGoesAlongByALinkThatWorksOnceAndTheOldPageSaysThatItHasGivenItUp() {
    int port = fullHouse(ROOM);
    guest(port).opens("/");
    Guest old = waiting(port);
    Place place = ticket(old).place();
    Reply made = asksForLink(old);
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.header("Cache-Control")).isEqualTo("no-store");
    assertThat(made.body())
        .contains("Your link to another browser", way().origin() + "/_usher/move?");
    Guest fresh = guest(port);
    for (int i = 0; i < 3; i++) {
      assertThat(fresh.opens(link(made)).body()).contains("Continue here");
    }
    assertThat(fresh.jar()).as("a look changes nothing").isEmpty();
    assertThat(state(old)).isEqualTo("waiting");

    Reply taken = continues(fresh, link(made));
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.header("Refresh")).isEqualTo("0;url=/seats?row=7");
    assertThat(taken.body()).contains("Your place is here", "href=\"/seats?row=7\">Go on</a>");
    assertThat(ticket(fresh).place()).isEqualTo(place);
    assertThat(fresh.place().json().getInteger("position")).isEqualTo(2);
    assertThat(state(old)).isEqualTo("moved");
    assertThat(state(old)).as("in every tab").isEqualTo("moved");
    Reply told = old.opens("/seats?row=7");
    assertThat(told.status()).isEqualTo(410);
    assertThat(told.header("Retry-After")).isEqualTo("1");
    assertThat(told.body()).contains("You continue in another browser", "Take a new place here");
    assertThat(old.jar()).isEmpty();
    Guest third = guest(port);
    Reply spent = third.opens(link(made));
    assertThat(spent.status()).isEqualTo(410);
    assertThat(spent.body()).contains("This link does not work any more");
    assertThat(old.opens("/").state()).as("with a new place").isEqualTo("waiting");
    assertThat(ticket(old).place().number()).isGreaterThan(place.number());
  }

  @Test
  void whoseAnswerWasLostIsToldAgainAndNobodyElseIs() {
    int port = fullHouse(ROOM);
    Guest old = waiting(port);
    String link = link(asksForLink(old));
    Guest fresh = guest(port);
    String button = button(fresh.opens(link));
    String other = button(guest(port).opens(link));
    assertThat(other).isNotEqualTo(button);
    for (int i = 0; i < 3; i++) {
      Guest again = guest(port);
      assertThat(submits(again, button).status()).isEqualTo(200);
      assertThat(state(again)).isEqualTo("waiting");
    }
    assertThat(guest(port).opens(button).status()).as("opened, not pressed").isEqualTo(410);
    Guest late = guest(port);
    assertThat(submits(late, other).status()).isEqualTo(410);
    assertThat(late.jar()).isEmpty();
  }

  @Test
  void thePlaceMovesOnAndEachBrowserButTheLastIsTold() {
    int port = fullHouse(ROOM);
    Guest first = waiting(port);
    Guest second = guest(port);
    continues(second, link(asksForLink(first)));
    String late = link(asksForLink(second));
    Guest third = guest(port);
    continues(third, link(asksForLink(second)));
    assertThat(state(first)).isEqualTo("moved");
    assertThat(state(second)).isEqualTo("moved");
    assertThat(state(third)).isEqualTo("waiting");
    assertThat(guest(port).opens(late).status()).as("made before the move").isEqualTo(410);
    Reply refused = asksForLink(second);
    assertThat(refused.status()).as("of a place that it has no more").isEqualTo(409);
    assertThat(refused.body()).contains("There is no place to move");
  }

  @Test
  void whatTheOldBrowserDoesTouchesThePlaceNoMore() {
    int port = fullHouse(ROOM);
    Guest old = waiting(port);
    Guest fresh = guest(port);
    continues(fresh, link(asksForLink(old)));
    Guest copy = guest(port).withJarOf(old);
    assertThat(copy.posts("/_usher/claim").json().getString("type")).isEqualTo("/problems/moved");
    assertThat(copy.posts("/_usher/join").status()).isEqualTo(410);
    assertThat(copy.fetches("/api").status()).isEqualTo(410);
    assertThat(old.posts("/_usher/leave").json().getString("state")).isEqualTo("none");
    for (int i = 0; i < 5; i++) {
      assertThat(state(fresh)).isEqualTo("waiting");
    }
  }

  @Test
  void whoIsCalledComesInWhereThePlaceIsAndNowhereElse() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + ROOM).port();
    Guest inside = guest(port).comesIn("/");
    Stage.untilFull(() -> guest(port));
    Guest old = waiting(port);
    Guest fresh = guest(port);
    continues(fresh, link(asksForLink(old)));
    inside.posts("/_usher/leave");
    Stage.until("it is called", () -> state(fresh).equals("called"));
    assertThat(guest(port).withJarOf(old).posts("/_usher/claim").status()).isEqualTo(410);
    assertThat(guest(port).withJarOf(old).opens("/").status()).isEqualTo(410);
    fresh.comesIn("/seats");
    assertThat(asksForLink(fresh).status()).as("who is inside").isEqualTo(409);
  }

  @Test
  void aLinkOfWhoHasComeInMeanwhileMovesNothing() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + ROOM).port();
    Guest inside = guest(port).comesIn("/");
    Stage.untilFull(() -> guest(port));
    Guest old = waiting(port);
    String link = link(asksForLink(old));
    inside.posts("/_usher/leave");
    old.comesIn("/");
    Guest fresh = guest(port);
    Reply refused = continues(fresh, link);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("you are inside already");
    assertThat(fresh.jar()).isEmpty();
    assertThat(old.fetches("/api").body()).isEqualTo("in");
  }

  @Test
  void aLinkThatIsForgedTooOldOrOfAnotherRoomMovesNothing() {
    String rooms = Stage.LASTING + "rooms: {concert: {paths: [/]}, opera: {paths: [/opera]}}";
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + rooms).port();
    guest(port).comesIn("/");
    Stage.untilFull(() -> guest(port));
    Guest old = waiting(port);
    Ticket ticket = ticket(old);
    long now = System.currentTimeMillis();
    String good = tickets().signLink(ticket.moved(now));
    String forged =
        good.substring(0, 30) + (good.charAt(30) == 'A' ? 'B' : 'A') + good.substring(31);
    Place opera = new Place("opera", ticket.place().epoch(), 0, ticket.place().number());
    for (String bad :
        new String[] {
          forged,
          tickets().signLink(ticket.moved(now - 660_000)),
          tickets().signLink(new Ticket(opera, now, 0, 1)),
          tickets().sign(ticket),
          tickets().sign(ticket.moved(now)),
          "",
          "%20",
          "x".repeat(2000),
        }) {
      String address = "/_usher/move?room=concert&link=" + bad;
      Guest fresh = guest(port);
      assertThat(fresh.opens(address).status()).as(bad).isEqualTo(410);
      assertThat(submits(fresh, address).status()).as(bad).isEqualTo(410);
      assertThat(fresh.jar()).isEmpty();
    }
    // Neither is a link a ticket.
    String linked = "Usher-Ticket: " + good;
    assertThat(
            guest(port).asks("GET", "/_usher/place?room=concert", linked).json().getString("state"))
        .isEqualTo("none");
    assertThat(old.fetches("/_usher/place?room=concert").json().getString("state"))
        .isEqualTo("waiting");
    assertThat(submits(guest(port), "/_usher/move?room=concert&link=" + good).status())
        .isEqualTo(200);
  }

  @Test
  void anAppGetsTheLinkAndTheTicketInJson() {
    int port = fullHouse(ROOM);
    Guest app = guest(port);
    String ticket = "Usher-Ticket: " + app.posts("/_usher/join", NONE).json().getString("ticket");
    JsonObject made = app.posts("/_usher/move", ticket).json();
    assertThat(made.getInteger("validForSeconds")).isEqualTo(600);
    String link = made.getString("link");
    String path = link.substring(link.indexOf("/_usher"));
    Reply taken = app.posts(path + "&by=phone2", NONE);
    assertThat(taken.json().getString("state")).isEqualTo("waiting");
    assertThat(taken.json().getString("ticket")).isEqualTo(taken.header("Usher-Ticket"));
    assertThat(app.posts(path + "&by=phone2", NONE).json().getString("ticket")).isNotNull();
    assertThat(app.posts(path + "&by=phone3", NONE).json().getString("type"))
        .isEqualTo("/problems/link-spent");
    assertThat(app.asks("GET", "/_usher/place", ticket).json().getString("state"))
        .isEqualTo("moved");
    assertThat(app.posts("/_usher/move", ticket).json().getString("type"))
        .isEqualTo("/problems/nothing-to-move");
    assertThat(app.posts("/_usher/move", NONE).status()).isEqualTo(409);
  }
}
