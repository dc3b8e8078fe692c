package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.doorkeeper.Replica;
import dev.usher.room.Decision.Admit;
import dev.usher.room.Decision.Wait;
import dev.usher.token.InLine;
import dev.usher.token.Pass;
import dev.usher.token.Ticket;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A ticket is good for one session, whatever else its visitor shows. */
final class UsedTicketTest {
  private static final Duration A_WHILE = Duration.ofSeconds(20);

  private final Stage stage = new Stage();
  private final Replica one = stage.replica("one", 0);
  private final Guest guest = new Guest();
  private final Ticket used;

  /** A guest waits and comes in. */
  UsedTicketTest() {
    one.tick();
    Stage.arrive(one, 2);
    used = (Ticket) guest.waits(one, Intent.NAVIGATE).inLine();
    stage.capacity = 3;
    one.tick();
    assertThat(guest.comesIn(one, Intent.NAVIGATE)).isTrue();
  }

  @Test
  void besideThePassOfASessionThatIsOverItIsNothing() {
    Pass first = pass();
    while (stage.now < first.admittedAt() + Stage.POLICY.sessionMax().toMillis()) {
      assertThat(guest.comesIn(one, Intent.NAVIGATE)).isTrue();
      later();
    }
    stage.capacity = 0;
    one.tick();
    guest.ticket = used;
    Wait anew = guest.waits(one, Intent.NAVIGATE);
    assertThat(Guest.placeOf(anew).number()).isGreaterThan(used.place().number());
  }

  @Test
  void whoShowsItAgainBecauseTheAnswerWasLostHasTheWholeSession() {
    later();
    guest.pass = null;
    guest.ticket = used;
    assertThat(guest.comesIn(one, Intent.NAVIGATE)).isTrue();
    assertThat(pass().admittedAt()).isEqualTo(stage.now);
  }

  @Test
  void whoShowsItAloneAgainAndAgainDoesNotStayForEver() {
    long began = stage.now;
    do {
      later();
      guest.pass = null;
      guest.ticket = used;
    } while (guest.ask(one, Intent.NAVIGATE) instanceof Admit && stage.now - began < 10_000_000);
    // When the first session began is not known to the second.
    assertThat(stage.now - began)
        .isBetween(
            InLine.RENEW_MILLIS,
            InLine.RENEW_MILLIS + Stage.POLICY.sessionMax().toMillis() + 2 * A_WHILE.toMillis());
  }

  private Pass pass() {
    return Objects.requireNonNull(guest.pass);
  }

  private void later() {
    stage.pass(A_WHILE);
    one.tick();
  }
}
