package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class ArrivalTicketsTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final ArrivalTicket TICKET = new ArrivalTicket("concert", NOW, -7, 3);

  private final Tickets tickets =
      new Tickets(Keys.random(new SecureRandom(new byte[] {1})), Duration.ofDays(1));

  @Property(tries = 200)
  void anArrivalTicketIsReadAsItWasSigned(
      @ForAll @LongRange(max = NOW) long at, @ForAll int replica, @ForAll @IntRange int sequence) {
    ArrivalTicket ticket = new ArrivalTicket("concert", at, replica, sequence);
    assertThat(tickets.verify(tickets.sign(ticket), "concert", at)).isEqualTo(ticket);
  }

  @Property(tries = 200)
  void oneThatWasRenewedIsReadAsItWasSigned(
      @ForAll @LongRange(max = NOW) long at, @ForAll @LongRange(max = NOW) long renewedAt) {
    ArrivalTicket ticket = new ArrivalTicket("concert", at, 5, 6, renewedAt);
    assertThat(tickets.verify(tickets.sign(ticket), "concert", renewedAt)).isEqualTo(ticket);
  }

  @Test
  void whileItIsYoungItIsWrittenAsGatewaysOfTheVersionBeforeReadAndWroteIt() {
    Tickets known = new Tickets(Keys.parse("a:" + "A".repeat(43)), Duration.ofDays(1));
    String before = "AgFhB2NvbmNlcnQAAAGjGFxQAP____kAAAADLlJqhPANUAZAIfT-0F0RNg";
    assertThat(known.sign(TICKET)).isEqualTo(before);
    assertThat(known.verify(before, "concert", NOW)).isEqualTo(TICKET);
  }

  @Test
  void itsLifeBeginsAnewWhenItIsRenewedAndItsRankStays() {
    long hour = Duration.ofHours(1).toMillis();
    assertThat(TICKET.renewed(NOW + hour - 1)).isSameAs(TICKET);
    ArrivalTicket renewed = TICKET.renewed(NOW + hour);
    String token = tickets.sign(renewed);
    long end = NOW + Duration.ofHours(25).toMillis();
    assertThat(tickets.verify(token, "concert", end - 1)).isEqualTo(renewed);
    assertThat(tickets.verify(token, "concert", end)).isNull();
    assertThat(renewed.standby()).isEqualTo(TICKET.standby());
    assertThat(token).hasSize(tickets.sign(TICKET).length() + 11);
  }

  @Test
  void itIsWorthNothingInAnotherRoomOrAfterItsLife() {
    String token = tickets.sign(TICKET);
    assertThat(tickets.verify(token, "theatre", NOW)).isNull();
    assertThat(tickets.verify(token, "opening", NOW)).isNull();
    assertThat(tickets.verify(token, "concert", NOW + Duration.ofDays(1).toMillis())).isNull();
  }

  @Test
  void noBitOfItCanBeChanged() {
    noBitCanBeChanged(TICKET);
    noBitCanBeChanged(TICKET.renewed(NOW + Duration.ofHours(2).toMillis()));
  }

  private void noBitCanBeChanged(ArrivalTicket ticket) {
    byte[] bytes = Objects.requireNonNull(Base64Url.decode(tickets.sign(ticket)));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] altered = bytes.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(tickets.verify(Base64Url.encode(altered), "concert", NOW)).isNull();
    }
  }

  @Test
  void itStandsByInOrderOfArrivalThenOfReplicaAndSequence() {
    assertThat(TICKET.standby().rank())
        .isLessThan(new ArrivalTicket("concert", NOW + 1, -9, 0).standby().rank())
        .isLessThan(new ArrivalTicket("concert", NOW, -7, 4).standby().rank())
        .isGreaterThan(new ArrivalTicket("concert", NOW - 1, -7, 9).standby().rank());
  }
}
