package dev.usher.cli.drill.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Place;
import dev.usher.token.Keys;
import dev.usher.token.Ticket;
import dev.usher.token.Tickets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallOrderTest {
  private final CallOrder order = new CallOrder();

  @Test
  void whoeverStillWaitsLongAfterAHigherNumberWasCalledIsOvertaken() {
    order.called(10, seconds(1));
    assertThat(order.overtaken(9, seconds(2.5))).isTrue();
    assertThat(order.overtaken(11, seconds(2.5))).isFalse();
  }

  @Test
  void nobodyIsOvertakenBeforeTheCallCouldReachThem() {
    order.called(10, seconds(1));
    assertThat(order.overtaken(9, seconds(1.5))).isFalse();
  }

  @Test
  void learningOfOnesCallLateOvertakesNobody() {
    order.called(10, seconds(1));
    order.called(9, seconds(5));
    assertThat(order.overtaken(11, seconds(9))).isFalse();
  }

  @Test
  void theNumberIsReadFromTheTicketAsUsherSignsIt() {
    Tickets tickets = new Tickets(Keys.random(new SecureRandom()), Duration.ofHours(1));
    String signed = tickets.sign(new Ticket(new Place("concert", 3, 0, 14_999), 1, 5));
    assertThat(TicketNumber.of(signed)).isEqualTo(14_999);
    assertThat(TicketNumber.of("v12")).isEqualTo(TicketNumber.UNKNOWN);
    assertThat(TicketNumber.of("!")).isEqualTo(TicketNumber.UNKNOWN);
  }

  private static long seconds(double s) {
    return (long) (s * TimeUnit.SECONDS.toNanos(1));
  }
}
