package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.doorkeeper.Replica;
import dev.usher.room.Decision.ClaimPlace;
import dev.usher.room.Decision.Wait;
import dev.usher.store.upstream.LiveState;
import dev.usher.token.Pass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who was called and finds no place, and who comes back after nobody could come. */
final class CalledTest {
  private final Stage stage = new Stage();
  private final Replica one = stage.replica("one", 0);

  @Test
  void whoIsToldThatNoPlaceIsFreeAsksTheStoreAgainWhenOneMayBeOrNowAndThen() {
    List<Guest> guests = refused(20);
    for (Guest guest : guests.subList(5, 20)) {
      assertThat(decided(guest)).isInstanceOf(Wait.class);
    }
    stage.pass(Duration.ofMillis(Refusals.AGAIN_MILLIS + 1000));
    tick();
    assertThat(decided(guests.get(19))).isInstanceOf(ClaimPlace.class);
    ask(guests);
    stage.capacity = 17;
    tick();
    assertThat(decided(guests.get(11))).isInstanceOf(ClaimPlace.class);
    assertThat(decided(guests.get(19))).isInstanceOf(Wait.class);
  }

  @Test
  void theyComeInByNumberWhoeverAsksFirst() {
    List<Guest> guests = refused(20);
    List<Guest> backwards = new ArrayList<>(guests);
    Collections.reverse(backwards);
    for (int in = 1; in <= 20; in++) {
      stage.capacity = 2L + in;
      tick();
      ask(backwards);
      ask(backwards);
      assertThat(guests.subList(0, in)).allMatch(guest -> guest.pass != null);
      assertThat(guests.subList(in, 20)).allMatch(guest -> guest.pass == null);
    }
  }

  @Test
  void whomTheLimitOfTheRoomKeepsOutAsksTheStoreOnceAPlaceOfTheRoomIsFree() {
    tick();
    List<Guest> inside = Stage.arrive(one, 2);
    List<Guest> guests = Stage.arrive(one, 6);
    stage.capacity = 100;
    tick();
    one.room
        .controls()
        .change(now -> now.limited(2, LiveState.UNLIMITED), 0, change -> "limited to two")
        .toCompletableFuture()
        .join();
    ask(guests);
    assertThat(guests).allMatch(guest -> guest.pass == null);
    for (int poll = 0; poll < 5; poll++) {
      tick();
      assertThat(guests).allMatch(guest -> decided(guest) instanceof Wait);
    }
    one.room.leave(Objects.requireNonNull(inside.get(0).pass).place()).toCompletableFuture().join();
    tick();
    assertThat(decided(guests.get(0))).isInstanceOf(ClaimPlace.class);
    assertThat(guests.subList(1, 6)).allMatch(guest -> decided(guest) instanceof Wait);
    Collections.reverse(guests);
    ask(guests);
    assertThat(guests.get(5).pass).isNotNull();
    assertThat(guests.subList(0, 5)).allMatch(guest -> guest.pass == null);
  }

  @Test
  void whenNobodyCouldComeForThreeMinutesTheLineIsAsItWas() {
    tick();
    Stage.arrive(one, 2);
    List<Guest> line = Stage.arrive(one, 100);
    cut(Duration.ofSeconds(185));
    assertThat(one.room.line().called()).isEqualTo(2);
    Collections.reverse(line);
    ask(line);
    stage.capacity += 10;
    tick();
    ask(line);
    assertThat(line.stream().filter(guest -> guest.pass != null)).hasSize(10);
    assertThat(line.subList(90, 100)).allMatch(guest -> guest.pass != null);
  }

  @Test
  void whoWasInsideMeanwhileGoesOnThoughThePassHasRunOut() {
    tick();
    List<Guest> inside = Stage.arrive(one, 2);
    List<Guest> line = Stage.arrive(one, 100);
    Pass before = Objects.requireNonNull(inside.get(0).pass);
    cut(Duration.ofSeconds(185));
    assertThat(before.expiresAt()).isLessThan(one.now());
    assertThat(inside).allMatch(guest -> guest.comesIn(one, Intent.NAVIGATE));
    assertThat(Objects.requireNonNull(inside.get(0).pass).admittedAt())
        .isEqualTo(before.admittedAt());
    ask(line);
    assertThat(line).allMatch(guest -> guest.pass == null);
  }

  /** Nobody can come; the room goes on. */
  private void cut(Duration time) {
    for (long end = stage.now + time.toMillis(); stage.now < end; ) {
      stage.pass(Duration.ofSeconds(1));
      tick();
    }
  }

  /** So many who were called, missed their turn, came back and were told that no place is free. */
  private List<Guest> refused(int count) {
    tick();
    Stage.arrive(one, 2);
    List<Guest> guests = Stage.arrive(one, count);
    stage.capacity = 2L + count;
    tick();
    stage.pass(Duration.ofSeconds(46));
    stage.capacity = 2;
    tick();
    ask(guests);
    tick();
    return guests;
  }

  private void ask(List<Guest> guests) {
    guests.stream().filter(guest -> guest.pass == null).forEach(g -> g.ask(one, Intent.NAVIGATE));
  }

  private Decision decided(Guest guest) {
    return one.room.decide(
        new Visitor(Intent.NAVIGATE, Objects.requireNonNull(guest.ticket), null), one.now());
  }

  private void tick() {
    one.tick();
  }
}
