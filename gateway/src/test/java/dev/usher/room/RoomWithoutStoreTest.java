package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.doorkeeper.Replica;
import dev.usher.room.Decision.Admit;
import dev.usher.room.Decision.Wait;
import dev.usher.store.Place;
import dev.usher.store.QueueStore;
import dev.usher.token.ArrivalTicket;
import dev.usher.token.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RoomWithoutStoreTest {
  private final Stage stage = new Stage(QueueStore.SETTLE);
  private final FlakyQueueStore store = new FlakyQueueStore(stage.store.seenBy("one"), 1);
  private final Replica one =
      new Replica(Stage.POLICY, store, () -> stage.capacity, () -> stage.now);

  @BeforeEach
  void begin() {
    one.tick();
    stage.pass(QueueStore.SETTLE);
    one.tick();
  }

  /** Whoever is left of the time to settle passes, while the replica goes on. */
  private void settle() {
    for (int i = 0; i <= 16; i++) {
      one.tick();
      stage.pass(Duration.ofMillis(200));
    }
  }

  @Test
  void whoLeftWhileTheStoreWasAwayHasLeftAsSoonAsItIsBack() {
    List<Guest> guests = Stage.arrive(one, 5);
    one.tick();
    Place waits = Objects.requireNonNull(guests.get(3).ticket).place();
    Place inside = Objects.requireNonNull(guests.get(0).pass).place();
    store.away = true;
    one.tryToTick();
    for (Place place : List.of(waits, inside)) {
      assertThat(one.room.leave(place).toCompletableFuture()).isCompletedExceptionally();
    }
    assertThat(guests.get(3).ask(one, Intent.LOOK)).isInstanceOf(Decision.TurnAway.class);
    store.away = false;
    stage.pass(Duration.ofSeconds(1));
    one.tick();
    one.tick();
    one.tick();
    assertThat(one.room.line().counts().sessions()).isEqualTo(1);
    assertThat(one.room.line().called()).isEqualTo(3);
    assertThat(guests.get(4).waits(one, Intent.LOOK).ahead()).isZero();
    assertThat(guests.get(3).ask(one, Intent.LOOK)).isInstanceOf(Decision.TurnAway.class);
  }

  @Test
  void whoHasJustLeftIsNotToldThatTheyWait() {
    List<Guest> guests = Stage.arrive(one, 5);
    one.tick();
    one.room
        .leave(Objects.requireNonNull(guests.get(4).ticket).place())
        .toCompletableFuture()
        .join();
    assertThat(guests.get(4).ask(one, Intent.LOOK)).isInstanceOf(Decision.TurnAway.class);
  }

  @Test
  void theWaitingWaitOnAndTheAdmittedNoticeNothingAndNewcomersStandBy() {
    List<Guest> guests = Stage.arrive(one, 5);
    one.tick();
    store.away = true;
    one.tryToTick();
    long told = Long.MAX_VALUE;
    List<Guest> newcomers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      stage.pass(Duration.ofSeconds(10));
      one.tryToTick();
      assertThat(guests.subList(0, 2)).allMatch(guest -> guest.comesIn(one, Intent.ENTER));
      guests.subList(2, 4).forEach(guest -> guest.waits(one, Intent.LOOK));
      Wait wait = guests.get(4).waits(one, Intent.NAVIGATE);
      assertThat(wait.ahead()).isLessThanOrEqualTo(told);
      assertThat(wait.paused()).isTrue();
      told = wait.ahead();
      newcomers.add(0, new Guest());
      Wait standsBy = newcomers.get(0).waits(one, Intent.NAVIGATE);
      assertThat(standsBy.inLine()).isInstanceOf(ArrivalTicket.class);
      assertThat(standsBy.paused()).isTrue();
    }
    assertThat(told).isEqualTo(2);
    assertThat(one.room.standingBy()).isEqualTo(20);
    store.away = false;
    settle();
    // All of them were seen by this replica, which tells it now: nobody has lost anything.
    assertThat(one.room.line().counts().sessions()).isEqualTo(2);
    assertThat(guests.get(4).waits(one, Intent.LOOK).ahead()).isEqualTo(2);
    for (int i = 0; i < 20; i++) {
      assertThat(newcomers.get(i).waits(one, Intent.LOOK).ahead()).isEqualTo(22 - i);
    }
    assertThat(one.room.standingBy()).isZero();
  }

  @Test
  void whoAskedAnotherReplicaKeepsTheOrderThoughTheirOwnIsGone() {
    FlakyQueueStore also = new FlakyQueueStore(stage.store.seenBy("two"), 2);
    Replica two = new Replica(Stage.POLICY, also, () -> stage.capacity, () -> stage.now);
    two.tick();
    Stage.arrive(one, 2);
    one.tick();
    store.away = true;
    also.away = true;
    one.tryToTick();
    two.tryToTick();
    List<Guest> guests = new ArrayList<>();
    for (Replica replica : List.of(one, two, one, two)) {
      stage.pass(Duration.ofSeconds(1));
      guests.addAll(Stage.arrive(replica, 1));
    }
    guests.forEach(guest -> guest.waits(two, Intent.LOOK));
    also.away = false;
    for (int i = 0; i < 50; i++) {
      two.tryToTick();
      stage.pass(Duration.ofMillis(200));
    }
    List<Long> numbers = new ArrayList<>();
    for (Guest latestFirst : List.of(guests.get(3), guests.get(2), guests.get(1), guests.get(0))) {
      numbers.add(0, Guest.placeOf(latestFirst.waits(two, Intent.LOOK)).number());
    }
    assertThat(numbers).isSorted();
  }

  @Test
  void aCalledVisitorWaitsOnWhileTheStoreIsAwayAndComesInWhenItIsBack() {
    stage.capacity = 0;
    one.tick();
    Guest guest = Stage.arrive(one, 1).get(0);
    stage.capacity = 1;
    one.tick();
    store.away = true;
    Wait wait = guest.waits(one, Intent.NAVIGATE);
    assertThat(wait.called()).isTrue();
    assertThat(wait.ahead()).isZero();
    assertThat(wait.askAgainMillis()).isLessThanOrEqualTo(1250);
    store.away = false;
    assertThat(guest.comesIn(one, Intent.CLAIM)).isTrue();
  }

  @Test
  void aClaimWhoseAnswerWasLostIsAnsweredTheNextTimeAndCountsOnce() {
    stage.capacity = 0;
    one.tick();
    Guest guest = Stage.arrive(one, 1).get(0);
    stage.capacity = 5;
    one.tick();
    Place place = Objects.requireNonNull(guest.ticket).place();
    Guest.get(stage.store.claim(Stage.CONCERT, place));
    one.tick();
    assertThat(guest.comesIn(one, Intent.NAVIGATE)).isTrue();
    one.tick();
    assertThat(one.room.line().counts().sessions()).isEqualTo(1);
  }

  @Test
  void afterALongOutageNobodyIsPassedOverBecauseTheirReplicaHasNotToldYet() {
    FlakyQueueStore also = new FlakyQueueStore(stage.store.seenBy("two"), 2);
    Replica two = new Replica(Stage.POLICY, also, () -> stage.capacity, () -> stage.now);
    two.tick();
    List<Guest> guests = Stage.arrive(one, 20);
    one.tick();
    store.away = true;
    also.away = true;
    for (int i = 0; i < 40; i++) {
      stage.pass(Duration.ofSeconds(10));
      one.tryToTick();
      two.tryToTick();
      guests.forEach(guest -> guest.ask(two, Intent.LOOK));
    }
    store.away = false;
    also.away = false;
    for (int i = 0; i < 50; i++) {
      one.doorkeeper.tick(stage.now);
      two.doorkeeper.tick(stage.now);
      if (i == 10) {
        Guest.get(two.doorkeeper.tellPresence());
      }
      stage.pass(Duration.ofMillis(200));
    }
    assertThat(one.room.line().called()).isEqualTo(2);
    assertThat(one.room.line().counts().waiting()).isEqualTo(18);
    assertThat(guests.get(19).waits(one, Intent.LOOK).ahead()).isEqualTo(17);
    assertThat(two.room.line().counts().sessions()).isEqualTo(2);
    assertThat(one.room.line().counts().capacity()).isEqualTo(2);
  }

  @Test
  void aLateAnswerHoldsUpOnlyWhoAskedForIt() {
    one.tick();
    List<Guest> guests = Stage.arrive(one, 3);
    store.slow = true;
    CompletableFuture<Decision> newcomer =
        one.room.number(new Decision.TakeNumber(null), stage.now).toCompletableFuture();
    assertThat(newcomer).isNotDone();
    assertThat(guests.get(0).comesIn(one, Intent.ENTER)).isTrue();
    assertThat(guests.get(2).waits(one, Intent.LOOK).called()).isFalse();
    store.answerTheLate();
    assertThat(newcomer).isCompletedWithValueMatching(said -> said instanceof Wait);
  }

  @Test
  void aFaultThatIsNotTheStoresAbsenceIsNotTakenForIt() {
    FlakyQueueStore broken = new FlakyQueueStore(stage.store, 1);
    Replica replica = new Replica(Stage.POLICY, broken, () -> 2, () -> stage.now);
    broken.failure = () -> new IllegalStateException("ours");
    broken.away = true;
    assertThat(replica.room.number(new Decision.TakeNumber(null), stage.now).toCompletableFuture())
        .isCompletedExceptionally();
    Ticket ticket = new Ticket(new Place("concert", 1, 0, 1), stage.now, 0);
    assertThat(replica.room.claim(ticket, Intent.CLAIM, stage.now).toCompletableFuture())
        .isCompletedExceptionally();
  }

  /** Whatever a bad store does, nobody has two places or none, and nobody inside is put out. */
  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void aStoreThatFailsNowAndThenCostsNobodyThePlace(@ForAll long seed) {
    Stage play = new Stage();
    play.capacity = 20;
    FlakyQueueStore flaky = new FlakyQueueStore(play.store.seenBy("one"), seed);
    Replica replica = new Replica(Stage.POLICY, flaky, () -> play.capacity, () -> play.now);
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      play.pass(Duration.ofMillis(500));
      flaky.trouble = i < 100 ? 12 : 0;
      replica.tryToTick();
      if (i < 40) {
        guests.add(new Guest());
      }
      guests.forEach(guest -> comeOn(guest, replica, flaky));
    }
    Set<Place> places = new HashSet<>();
    for (Guest guest : guests) {
      Place place =
          guest.pass != null ? guest.pass.place() : Objects.requireNonNull(guest.ticket).place();
      assertThat(places.add(place)).isTrue();
    }
    long inside = guests.stream().filter(guest -> guest.pass != null).count();
    assertThat(inside).isPositive().isLessThanOrEqualTo(play.capacity);
    assertThat(Guest.get(play.store.line(Stage.CONCERT)).counts().sessions())
        .isBetween(inside, play.capacity);
  }

  private static void comeOn(Guest guest, Replica replica, FlakyQueueStore flaky) {
    Ticket before = guest.ticket;
    boolean wasIn = guest.pass != null;
    flaky.promptly(
        () -> {
          Decision said = guest.ask(replica, Intent.NAVIGATE);
          if (wasIn) {
            assertThat(said).isInstanceOf(Admit.class);
          } else if (before != null && said instanceof Wait wait) {
            assertThat(Guest.placeOf(wait)).isEqualTo(before.place());
            assertThat(wait.ahead()).isLessThanOrEqualTo(before.lastShown());
          } else if (before != null) {
            assertThat(said).isInstanceOf(Admit.class);
          }
        });
    flaky.answerTheLate();
  }
}
