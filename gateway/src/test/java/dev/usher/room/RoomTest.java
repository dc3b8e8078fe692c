package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.doorkeeper.Replica;
import dev.usher.room.Decision.Admit;
import dev.usher.room.Decision.TurnAway;
import dev.usher.room.Decision.Wait;
import dev.usher.room.Decision.Why;
import dev.usher.store.Place;
import dev.usher.token.Pass;
import dev.usher.token.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RoomTest {
  private final Stage stage = new Stage();
  private final Replica one = stage.replica("one", 0);
  private final Replica two = stage.replica("two", 0);

  @BeforeEach
  void open() {
    tick();
  }

  private void tick() {
    one.tick();
    two.tick();
  }

  @Test
  void onlyWhoGoesToAPageOrJoinsTakesANumber() {
    for (Intent intent : List.of(Intent.LOOK, Intent.CLAIM)) {
      assertThat(new Guest().ask(one, intent)).isEqualTo(new TurnAway(Why.NOT_JOINED));
    }
    assertThat(new Guest().comesIn(one, Intent.NAVIGATE)).isTrue();
    assertThat(new Guest().comesIn(one, Intent.JOIN)).isTrue();
    tick();
    tick(); // by the second step it is known that no place is free
    assertThat(new Guest().ask(one, Intent.ENTER)).isEqualTo(new TurnAway(Why.NOT_JOINED));
    assertThat(Guest.placeOf(new Guest().waits(one, Intent.JOIN)).number()).isEqualTo(3);
    assertThat(one.room.counters().turnedAway(Why.NOT_JOINED)).isEqualTo(3);
    assertThat(one.room.counters().admittedAtOnce()).isEqualTo(2);
  }

  @Test
  void aPassIsLeftAloneWhileItIsYoungAndThenRenewedForAnotherLife() {
    Guest guest = Stage.arrive(one, 1).get(0);
    Pass first = passOf(guest);
    assertThat(first.expiresAt() - stage.now).isEqualTo(120_000);

    stage.pass(Duration.ofMillis(29_999));
    assertThat(guest.ask(two, Intent.ENTER)).isEqualTo(new Admit(first, false));

    stage.pass(Duration.ofMillis(1));
    Admit renewed = (Admit) guest.ask(two, Intent.ENTER);
    assertThat(renewed.fresh()).isTrue();
    assertThat(renewed.pass().expiresAt() - stage.now).isEqualTo(120_000);
    assertThat(renewed.pass().admittedAt()).isEqualTo(first.admittedAt());
  }

  @Test
  void whoGoesOnWithinTheSessionTimeoutKeepsTheSessionAndItsPlace() {
    List<Guest> guests = Stage.arrive(one, 2);
    for (int i = 0; i < 6; i++) {
      stage.pass(Duration.ofSeconds(89));
      assertThat(guests).allMatch(guest -> guest.comesIn(two, Intent.ENTER));
      tick();
      assertThat(one.room.line().counts().sessions()).isEqualTo(2);
    }
  }

  @Test
  void aBusySessionEndsAtItsLongestLengthAndNotBefore() {
    Guest guest = Stage.arrive(one, 1).get(0);
    long end = stage.now + 600_000;
    int renewals = 0;
    for (; stage.now < end; stage.pass(Duration.ofSeconds(5))) {
      Admit in = (Admit) guest.ask(one, Intent.ENTER);
      assertThat(in.pass().expiresAt()).isLessThanOrEqualTo(end);
      renewals += in.fresh() ? 1 : 0;
      tick();
    }
    assertThat(passOf(guest).expiresAt()).isEqualTo(end);
    // Once a pass reaches to the end there is nothing to renew, however often its visitor comes.
    assertThat(renewals).isBetween(15, 18);
    assertThat(guest.ask(one, Intent.LOOK)).isEqualTo(new TurnAway(Why.NOT_JOINED));
  }

  @Test
  void aPassIsRefusedOnEveryReplicaOnceItsSessionWasLeft() {
    Guest guest = Stage.arrive(one, 1).get(0);
    Guest.get(one.room.leave(passOf(guest).place()));
    tick();
    for (Replica replica : List.of(one, two)) {
      assertThat(guest.ask(replica, Intent.LOOK)).isEqualTo(new TurnAway(Why.NOT_JOINED));
    }
    assertThat(two.room.line().counts().sessions()).isZero();
  }

  @Test
  void aPassWhoseSessionWasLeftStaysRefusedAfterAReset() {
    List<Guest> guests = Stage.arrive(one, 2);
    Guest.get(one.room.leave(passOf(guests.get(0)).place()));
    tick();
    Guest.get(stage.store.reset(Stage.CONCERT));
    tick();
    assertThat(guests.get(0).ask(two, Intent.LOOK)).isEqualTo(new TurnAway(Why.NOT_JOINED));
    assertThat(guests.get(1).comesIn(two, Intent.ENTER)).isTrue();

    // So does one that is left after it, on a replica that never saw the old epoch.
    Guest.get(one.room.leave(passOf(guests.get(1)).place()));
    Replica late = stage.replica("late", 0);
    late.tick();
    assertThat(guests.get(1).ask(late, Intent.LOOK)).isEqualTo(new TurnAway(Why.NOT_JOINED));
  }

  @Test
  void aCalledVisitorComesInByGoingToAPageOrClaimingButNotByLooking() {
    stage.capacity = 0;
    tick();
    List<Guest> guests = Stage.arrive(one, 3);
    stage.capacity = 3;
    tick();
    Guest looking = guests.get(0);
    for (Intent intent : List.of(Intent.LOOK, Intent.ENTER, Intent.JOIN)) {
      Wait wait = looking.waits(one, intent);
      assertThat(wait.called()).isTrue();
      assertThat(wait.ahead()).isZero();
    }
    assertThat(looking.comesIn(two, Intent.CLAIM)).isTrue();
    assertThat(guests.get(1).comesIn(two, Intent.NAVIGATE)).isTrue();
    tick();
    assertThat(one.room.line().counts().sessions()).isEqualTo(2);
  }

  @Test
  void whoIsNotCalledWaitsWhateverTheyAskFor() {
    List<Guest> guests = Stage.arrive(one, 4);
    tick();
    for (Intent intent : Intent.values()) {
      Wait wait = guests.get(3).waits(two, intent);
      assertThat(wait.called()).isFalse();
      assertThat(wait.ahead()).isEqualTo(1);
    }
    assertThat(one.room.line().issued()).isEqualTo(4);
  }

  @Test
  void nobodyJoinsALineThatIsTooLong() {
    Replica small =
        new Replica(
            Stage.policy(3), stage.store.seenBy("one"), () -> stage.capacity, () -> stage.now);
    small.tick();
    Stage.arrive(small, 5);
    small.tick();
    assertThat(new Guest().ask(small, Intent.NAVIGATE)).isEqualTo(new TurnAway(Why.LINE_TOO_LONG));
    stage.capacity = 3;
    small.tick();
    assertThat(new Guest().ask(small, Intent.NAVIGATE)).isInstanceOf(Wait.class);
  }

  @Test
  void aTicketOfAnEpochThatIsOverIsGoodForANewNumber() {
    Guest guest = Stage.arrive(one, 4).get(3);
    Guest.get(stage.store.reset(Stage.CONCERT));
    tick();
    assertThat(guest.ask(two, Intent.LOOK)).isEqualTo(new TurnAway(Why.NOT_JOINED));
    Place place = Guest.placeOf(guest.waits(two, Intent.NAVIGATE));
    assertThat(place.epoch()).isEqualTo(two.room.line().epoch());
    assertThat(place.number()).isEqualTo(1);
  }

  @Test
  void whoGaveUpThePlaceGetsANewNumberWhenTheyComeBack() {
    List<Guest> guests = Stage.arrive(one, 4);
    Guest.get(two.room.leave(ticketOf(guests.get(2)).place()));
    tick();
    assertThat(guests.get(2).ask(one, Intent.LOOK)).isEqualTo(new TurnAway(Why.NOT_JOINED));
    assertThat(Guest.placeOf(guests.get(2).waits(one, Intent.NAVIGATE)).number()).isEqualTo(5);
  }

  @Test
  void thePositionToldNeverRisesThoughPeopleAheadComeBack() {
    stage.capacity = 0;
    tick();
    List<Guest> guests = Stage.arrive(one, 10);
    Guest last = guests.get(9);
    long told = last.waits(one, Intent.LOOK).ahead();
    assertThat(told).isEqualTo(9);
    // The five in front are not seen for three minutes, then come back.
    for (int i = 0; i < 10; i++) {
      stage.pass(Duration.ofSeconds(24));
      guests.subList(5, 10).forEach(guest -> guest.ask(two, Intent.LOOK));
      tick();
    }
    assertThat(last.waits(two, Intent.LOOK).ahead()).isEqualTo(4);
    guests.forEach(guest -> guest.ask(one, Intent.LOOK));
    tick();
    assertThat(one.room.line().ahead(10)).isEqualTo(9);
    assertThat(last.waits(one, Intent.LOOK).ahead()).isEqualTo(4);
    assertThat(last.waits(two, Intent.NAVIGATE).ahead()).isEqualTo(4);
  }

  @Test
  void beforeTheQueueIsKnownNobodyIsToldThatTheTurnIsNear() {
    Guest guest = Stage.arrive(one, 3).get(2);
    Replica fresh = stage.replica("fresh", 0);
    Wait wait = guest.waits(fresh, Intent.NAVIGATE);
    assertThat(wait.called()).isFalse();
    assertThat(wait.ahead()).isPositive();
  }

  private static Pass passOf(Guest guest) {
    return Objects.requireNonNull(guest.pass);
  }

  private static Ticket ticketOf(Guest guest) {
    return Objects.requireNonNull(guest.ticket);
  }
}
