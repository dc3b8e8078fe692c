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
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Links to another browser that are made, sent or used by somebody who means no good. */
@Over(Way.class)
class StrangersLinksTest extends EveryWay {
  private static final String ROOM = Stage.LASTING + "rooms: {concert: {poll: {min: 200ms}}}";
  private static final String NONE = "Usher-Ticket: none";

  private Guest waiting(int port) {
    Guest guest = guest(port);
    assertThat(guest.opens("/seats?row=7").state()).isEqualTo("waiting");
    return guest;
  }

  private static String state(Guest guest) {
    return guest.place().json().getString("state");
  }

  private Ticket ticket(Guest guest) {
    String text = Objects.requireNonNull(guest.jar().get(way().cookie("usher-ticket-concert")));
    Tickets tickets = new Tickets(Keys.parse(Stage.KEY), Duration.ofHours(24));
    return (Ticket) Objects.requireNonNull(tickets.verify(text, "concert", 0));
  }

  @Test
  void whoeverHandsALinkOverDoesNotNameTheBrowsersThatOpenIt() {
    int port = fullHouse(ROOM);
    String link = link(asksForLink(waiting(port))) + "&by=chosen&instead=1";
    Guest fresh = guest(port);
    String button = button(fresh.opens(link));
    assertThat(button).contains("&by=").doesNotContain("chosen", "instead");
    assertThat(submits(fresh, button).status()).isEqualTo(200);
    Guest next = guest(port);
    assertThat(next.opens(link).status()).isEqualTo(410);
    assertThat(submits(next, button.replaceFirst("&by=\\w+", "&by=chosen")).status())
        .isEqualTo(410);
    assertThat(next.jar()).isEmpty();
  }

  @Test
  void whoHasAPlaceHereAlreadyKeepsItUnlessTheySayOtherwise() {
    int port = fullHouse(ROOM);
    String link = link(asksForLink(waiting(port)));
    Guest other = waiting(port);
    Place mine = ticket(other).place();
    String plain = button(guest(port).opens(link));
    for (Reply asked : new Reply[] {other.opens(link), submits(other, plain)}) {
      assertThat(asked.status()).isEqualTo(409);
      assertThat(asked.body())
          .contains("You have a place here already", "href=\"/seats?row=7\">Keep my place</a>")
          .contains("Use the place of the link instead of mine");
    }
    assertThat(ticket(other).place()).isEqualTo(mine);
    assertThat(state(other)).isEqualTo("waiting");
    String instead = button(other.opens(link));
    assertThat(instead).contains("&instead=1");
    assertThat(submits(other, instead).status()).isEqualTo(200);
    assertThat(ticket(other).place().number()).isLessThan(mine.number());
    assertThat(submits(other, instead).status()).as("once more").isEqualTo(200);
  }

  @Test
  void anAppThatHasAPlaceAlreadyKeepsItUnlessItSaysOtherwise() {
    int port = fullHouse(ROOM);
    String link = link(asksForLink(waiting(port)));
    Guest app = guest(port);
    String ticket = "Usher-Ticket: " + app.posts("/_usher/join", NONE).json().getString("ticket");
    Reply refused = app.posts(link + "&by=app", ticket);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().getString("type")).isEqualTo("/problems/place-here");
    assertThat(app.posts(link + "&by=app&instead=1", ticket).json().getString("ticket"))
        .isNotNull();
  }

  @Test
  void theBrowserThatMadeALinkIsToldToOpenItInTheOtherOne() {
    int port = fullHouse(ROOM);
    Guest old = waiting(port);
    String link = link(asksForLink(old));
    Reply opened = old.opens(link);
    assertThat(opened.status()).isEqualTo(200);
    assertThat(opened.body()).contains("Open this link in the other browser");
    assertThat(link(opened)).isEqualTo(link);
    Guest fresh = guest(port);
    String button = button(fresh.opens(link));
    Reply pressed = submits(old, button);
    assertThat(pressed.status()).isEqualTo(409);
    assertThat(ticket(old).generation()).isZero();
    assertThat(submits(fresh, button).status()).isEqualTo(200);
    // It may come back there: that ticket is of a place that went elsewhere.
    Guest back = guest(port).withJarOf(old);
    assertThat(continues(back, link(asksForLink(fresh))).status()).isEqualTo(200);
    assertThat(state(back)).isEqualTo("waiting");
  }

  @Test
  void noScriptGetsALinkOfATicketThatIsInACookie() {
    int port = fullHouse(ROOM);
    Guest old = waiting(port);
    String script = "Sec-Fetch-Mode: cors";
    String same = "Sec-Fetch-Site: same-origin";
    for (Reply refused :
        new Reply[] {
          old.posts("/_usher/move?room=concert", script, same),
          old.posts("/_usher/move?room=concert", script, same, Guest.BROWSER),
          old.posts("/_usher/move?room=concert", "Usher-Ticket: none"),
        }) {
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().getString("type")).isEqualTo("/problems/link-on-page");
      assertThat(refused.body()).doesNotContain("link=");
    }
    assertThat(asksForLink(old).status()).isEqualTo(200);
  }

  @Test
  void noPageTellsOthersOfALinkThatMayStillBeGood() {
    int port = fullHouse(ROOM);
    Guest old = waiting(port);
    Reply made = asksForLink(old);
    Guest fresh = guest(port);
    for (Reply page :
        new Reply[] {
          made, fresh.opens(link(made)), waiting(port).opens(link(made)), old.opens(link(made)),
        }) {
      assertThat(page.all("Referrer-Policy")).containsExactly("strict-origin");
    }
  }

  @Test
  void anotherSiteNeitherMakesALinkNorUsesOne() {
    int port = fullHouse(ROOM);
    Guest old = waiting(port);
    String elsewhere = "Sec-Fetch-Site: cross-site";
    String sibling = "Sec-Fetch-Site: same-site";
    for (String site : new String[] {elsewhere, sibling, "Origin: https://evil.example"}) {
      Reply refused = old.posts("/_usher/move?room=concert", Guest.BROWSER, site);
      assertThat(refused.status()).as(site).isEqualTo(403);
    }
    String link = link(asksForLink(old));
    Guest fresh = guest(port);
    String button = button(fresh.opens(link));
    for (String site : new String[] {elsewhere, sibling}) {
      assertThat(fresh.posts(button, Guest.BROWSER, site).status()).as(site).isEqualTo(403);
    }
    assertThat(fresh.asks("GET", link, Guest.BROWSER, elsewhere).status())
        .as("a messenger's page may lead here")
        .isEqualTo(200);
    assertThat(state(old)).isEqualTo("waiting");
    assertThat(old.asks("PUT", "/_usher/move").header("Allow")).isEqualTo("GET, POST");
  }
}
