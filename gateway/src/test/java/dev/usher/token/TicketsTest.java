package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.store.Place;
import dev.usher.store.upstream.MoveStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TicketsTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final String SECRET = "A".repeat(43);
  private static final String OTHER = "E".repeat(43);
  private static final Ticket TICKET = new Ticket(new Place("concert", 3, 1, 4711), NOW, 1240);

  private final Tickets tickets = new Tickets(Keys.parse("a:" + SECRET), Duration.ofHours(12));

  @Test
  void aTicketComesBackAsItWasSigned() {
    for (Ticket ticket :
        new Ticket[] {
          TICKET,
          new Ticket(new Place("r", 1, 0, 1), 0, 0),
          new Ticket(
              new Place("r".repeat(63), Long.MAX_VALUE, 15, Place.NUMBER_MAX), NOW, Long.MAX_VALUE),
          TICKET.moved(NOW),
          new Ticket(TICKET.place(), NOW, Long.MAX_VALUE, MoveStore.MOVES_MAX),
        }) {
      String token = tickets.sign(ticket);
      long now = ticket.renewedAt();
      assertThat(tickets.verify(token, ticket.place().room(), now)).isEqualTo(ticket);
    }
  }

  @Test
  void theLongestTicketFitsTheLimitExactly() {
    Tickets longest = new Tickets(Keys.parse("k".repeat(16) + ":" + SECRET), Duration.ofHours(1));
    Place place = new Place("r".repeat(63), 1, 0, 1);

    assertThat(longest.sign(new Ticket(place, NOW, 0, 1))).hasSize(Tickets.CHARS_MAX);
    assertThat(longest.signLink(new Ticket(place, NOW, 0, 1))).hasSize(Tickets.CHARS_MAX);
  }

  @Test
  void aTicketIsWrittenAsGatewaysOfTheVersionBeforeReadAndWroteIt() {
    String before = "AQFhB2NvbmNlcnQAAAAAAAAAAwEAABJnAAABoxhcUAAAAAAAAAAE2MgjhGCeQUDlJPbVM9yMt9k";

    assertThat(tickets.sign(TICKET)).isEqualTo(before);
    assertThat(tickets.verify(before, "concert", NOW)).isEqualTo(TICKET);
  }

  @Test
  void aTicketIsRenewedOnceAnHourAndItsLifeBeginsAnew() {
    long hour = Duration.ofHours(1).toMillis();
    assertThat(TICKET.renewed(NOW + hour - 1)).isSameAs(TICKET);
    assertThat(TICKET.renewed(NOW - hour)).isSameAs(TICKET);
    Ticket renewed = TICKET.renewed(NOW + hour);

    String token = tickets.sign(renewed);
    long end = NOW + Duration.ofHours(13).toMillis();
    assertThat(tickets.verify(token, "concert", end - 1)).isEqualTo(renewed);
    assertThat(tickets.verify(token, "concert", end)).isNull();
    assertThat(token).hasSameSizeAs(tickets.sign(TICKET));
  }

  @Test
  void aTicketEndsWithItsLife() {
    String token = tickets.sign(TICKET);
    long end = NOW + Duration.ofHours(12).toMillis();

    assertThat(tickets.verify(token, "concert", end - 1)).isEqualTo(TICKET);
    assertThat(tickets.verify(token, "concert", end)).isNull();
  }

  @Test
  void aClockThatIsBehindTheStoresDoesNotRefuseANewTicket() {
    assertThat(tickets.verify(tickets.sign(TICKET), "concert", NOW - 5000)).isEqualTo(TICKET);
  }

  @Test
  void aTicketOfAnOlderKeyIsGoodUntilThatKeyIsRemoved() {
    String old = tickets.sign(TICKET);

    Tickets rotated = new Tickets(Keys.parse("b:" + OTHER + ",a:" + SECRET), Duration.ofHours(12));
    assertThat(rotated.verify(old, "concert", NOW)).isEqualTo(TICKET);
    assertThat(tickets.verify(rotated.sign(TICKET), "concert", NOW)).isNull();

    Tickets removed = new Tickets(Keys.parse("b:" + OTHER), Duration.ofHours(12));
    assertThat(removed.verify(old, "concert", NOW)).isNull();
  }

  @Test
  void anIdWithAnotherSecretIsAnotherKey() {
    Tickets other = new Tickets(Keys.parse("a:" + OTHER), Duration.ofHours(12));

    assertThat(other.verify(tickets.sign(TICKET), "concert", NOW)).isNull();
  }

  @Test
  void aMovedTicketStaysMovedHoweverItIsRenewedOrShown() {
    Ticket moved = TICKET.moved(NOW + 5).moved(NOW + 9);
    assertThat(moved).isEqualTo(new Ticket(TICKET.place(), NOW + 9, 1240, 2));
    Ticket later = moved.renewed(NOW + Duration.ofHours(2).toMillis()).shown(7);
    assertThat(later.generation()).isEqualTo(2);
    assertThat(tickets.verify(tickets.sign(later), "concert", later.renewedAt())).isEqualTo(later);
    assertThat(new Ticket(TICKET.place(), NOW, 1, 99).moved(NOW).mayMove()).isFalse();
    assertThatThrownBy(() -> new Ticket(TICKET.place(), NOW, 1, 101))
        .hasMessageContaining("must be 0 to 100 but was 101");
  }

  @Test
  void aMovedTicketIsWrittenSoThatGatewaysOfTheVersionBeforeTakeItForNone() {
    assertThat(tickets.sign(TICKET)).startsWith("AQ");
    assertThat(tickets.sign(TICKET.moved(NOW))).startsWith("BA");
    assertThat(tickets.signLink(TICKET.moved(NOW))).startsWith("BQ");
  }

  @Test
  void aLinkIsNoTicketAndATicketIsNoLink() {
    Ticket next = TICKET.moved(NOW);
    String link = tickets.signLink(next);
    assertThat(tickets.verifyLink(link, "concert", NOW)).isEqualTo(next);
    assertThat(tickets.verify(link, "concert", NOW)).isNull();
    assertThat(tickets.verifyLink(tickets.sign(next), "concert", NOW)).isNull();
    assertThat(tickets.verifyLink(tickets.sign(TICKET), "concert", NOW)).isNull();
    ArrivalTicket arrival = new ArrivalTicket("concert", NOW, 7, 9);
    assertThat(tickets.verifyLink(tickets.sign(arrival), "concert", NOW)).isNull();
    assertThat(tickets.verifyLink(link, "theatre", NOW)).isNull();
  }

  @Test
  void aLinkIsGoodForTenMinutes() {
    String link = tickets.signLink(TICKET.moved(NOW));
    long end = NOW + Duration.ofMinutes(10).toMillis();
    assertThat(tickets.verifyLink(link, "concert", end - 1)).isNotNull();
    assertThat(tickets.verifyLink(link, "concert", end)).isNull();
  }

  @Test
  void aTicketWithoutALifeIsRefusedAtTheStart() {
    assertThatThrownBy(() -> new Tickets(Keys.parse("a:" + SECRET), Duration.ZERO))
        .hasMessageContaining("at least 1 ms but was PT0S");
  }
}
