package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.doorkeeper.Replica;
import dev.usher.room.Decision.Wait;
import dev.usher.store.Place;
import dev.usher.store.QueueStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StoreLossTest {
  private static final Duration STEP = Duration.ofMillis(200);

  private final Stage stage = new Stage(QueueStore.SETTLE);
  private final List<Replica> replicas = new ArrayList<>();

  @BeforeEach
  void begin() {
    start();
    goOn(QueueStore.SETTLE.plus(STEP));
  }

  private void start() {
    replicas.clear();
    replicas.add(stage.replica("one", 0));
    replicas.add(stage.replica("two", 0));
  }

  private void goOn(Duration time) {
    for (long i = 0; i <= time.dividedBy(STEP); i++) {
      replicas.forEach(Replica::tick);
      stage.pass(STEP);
    }
  }

  private Replica one() {
    return replicas.get(0);
  }

  private List<Guest> tenOfWhomTwoAreInside() {
    List<Guest> guests = Stage.arrive(one(), 10);
    goOn(Duration.ofSeconds(2));
    return guests;
  }

  private static Place place(Guest guest) {
    return Objects.requireNonNull(guest.ticket).place();
  }

  @Test
  void whoComesToARoomThatWasJustAddedIsToldOfNoFault() {
    Stage added = new Stage(QueueStore.SETTLE);
    Replica replica = added.replica("one", 0);
    Guest first = new Guest();
    replica.tick();
    added.pass(STEP);
    Wait soon = first.waits(replica, Intent.NAVIGATE);
    assertThat(soon.paused() || soon.held()).isFalse();
    for (int i = 0; i < 20; i++) {
      replica.tick();
      added.pass(STEP);
    }
    added.store.lose();
    replica.tick();
    assertThat(new Guest().waits(replica, Intent.NAVIGATE).held()).isTrue();
  }

  @Test
  void whenTheStoreLosesEverythingNobodyLosesAPlaceOrComesInTooEarly() {
    List<Guest> guests = tenOfWhomTwoAreInside();
    List<Place> places = guests.subList(2, 10).stream().map(StoreLossTest::place).toList();
    stage.store.lose();
    goOn(Duration.ofSeconds(2));
    Guest newcomer = new Guest();
    assertThat(newcomer.waits(one(), Intent.NAVIGATE).ahead()).isEqualTo(Long.MAX_VALUE);
    assertThat(guests.get(9).waits(one(), Intent.LOOK).paused()).isTrue();
    stage.capacity = 4;
    goOn(Duration.ofSeconds(2));
    assertThat(one().room.line().counts().sessions()).isEqualTo(2);
    for (int i = 2; i < 10; i++) {
      Wait wait = guests.get(i).waits(replicas.get(1), Intent.LOOK);
      assertThat(Guest.placeOf(wait)).isEqualTo(places.get(i - 2));
      assertThat(wait.ahead()).isEqualTo(Math.max(0, i - 4));
      assertThat(wait.called()).isEqualTo(i < 4);
    }
    assertThat(newcomer.waits(one(), Intent.LOOK).ahead()).isEqualTo(6);
    assertThat(place(newcomer).number()).isGreaterThan(10);
    assertThat(guests.get(2).comesIn(one(), Intent.NAVIGATE)).isTrue();
    assertThat(guests.get(0).comesIn(one(), Intent.ENTER)).isTrue();
  }

  @Test
  void nobodyIsToldAPlaceFromALineInWhichWhoWaitsIsNotCountedYet() {
    List<Guest> guests = tenOfWhomTwoAreInside();
    Guest first = guests.get(2);
    Guest last = guests.get(9);
    assertThat(last.waits(replicas.get(1), Intent.LOOK).ahead()).isEqualTo(7);
    stage.store.lose();
    long lost = stage.now;
    one().tryToTick();
    while (stage.now - lost < QueueStore.SETTLE.toMillis() + 1000) {
      // The leader is the last to take its step, and so to count.
      replicas.get(1).tryToTick();
      assertThat(last.waits(replicas.get(1), Intent.LOOK).ahead()).isEqualTo(7);
      assertThat(first.waits(replicas.get(1), Intent.LOOK).ahead()).isZero();
      one().tryToTick();
      assertThat(last.waits(one(), Intent.LOOK).ahead()).isEqualTo(7);
      stage.pass(STEP);
    }
    assertThat(one().room.storeState()).isEqualTo(StoreState.GOOD);
  }

  @Test
  void aStoreThatGoesBackInTimeGetsBackWhatItMissed() {
    Runnable goBack = stage.store.snapshot();
    List<Guest> guests = tenOfWhomTwoAreInside();
    goBack.run();
    goOn(Duration.ofSeconds(5));
    assertThat(one().room.line().counts().sessions()).isEqualTo(2);
    assertThat(guests.get(9).waits(one(), Intent.LOOK).ahead()).isEqualTo(7);
    assertThat(place(Stage.arrive(one(), 1).get(0)).number()).isGreaterThan(10);
  }

  @Test
  void afterTheLossOfTheStoreAndEveryReplicaHoldersOfTicketsComeFirstInTheirOldOrder() {
    List<Guest> guests = tenOfWhomTwoAreInside();
    stage.store.lose();
    start();
    goOn(STEP);
    assertThat(guests.get(0).comesIn(one(), Intent.ENTER)).isTrue();
    goOn(QueueStore.SETTLE);
    Guest newcomer = Stage.arrive(one(), 1).get(0);
    for (int i = 9; i > 1; i--) {
      guests.get(i).ask(replicas.get(i % 2), Intent.LOOK);
    }
    goOn(STEP);
    newcomer.ask(one(), Intent.LOOK);
    goOn(Stage.CONCERT.presenceWindow());
    assertThat(guests.get(0).comesIn(one(), Intent.ENTER)).isTrue();
    newcomer.ask(one(), Intent.LOOK);
    for (int i = 2; i < 10; i++) {
      assertThat(guests.get(i).ask(one(), Intent.LOOK)).isInstanceOf(Wait.class);
      assertThat(place(guests.get(i)).number()).isEqualTo(i - 1);
    }
    assertThat(place(newcomer).number()).isEqualTo(9);
    assertThat(place(newcomer).epoch()).isEqualTo(place(guests.get(2)).epoch());
  }

  @Test
  void aReplicaThatStartsWhileTheStoreIsEmptyLearnsTheLineFromTheOther() {
    List<Guest> guests = tenOfWhomTwoAreInside();
    stage.store.lose();
    Replica fresh = stage.replica("three", 0);
    fresh.tick();
    replicas.add(fresh);
    goOn(Duration.ofSeconds(4));
    assertThat(guests.get(9).waits(fresh, Intent.LOOK).ahead()).isEqualTo(7);
  }
}
