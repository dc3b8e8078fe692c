package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.doorkeeper.Replica;
import dev.usher.room.Decision.Admit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Two replicas whose clocks are 5 s apart, on one store that has its own time. */
final class TwoReplicasTest {
  private final Stage stage = new Stage();
  private final Replica ahead = stage.replica("ahead", 2500);
  private final Replica behind = stage.replica("behind", -2500);

  private void tick() {
    ahead.tick();
    behind.tick();
    stage.pass(Duration.ofMillis(200));
  }

  @Test
  void numbersAreGivenInOrderOfArrivalWhicheverReplicaIsAsked() {
    stage.capacity = 0;
    tick();
    for (int i = 1; i <= 100; i++) {
      Guest guest = new Guest();
      guest.ask(i % 3 == 0 ? ahead : behind, Intent.NAVIGATE);
      assertThat(Objects.requireNonNull(guest.ticket).place().number()).isEqualTo(i);
    }
  }

  @Test
  void bothTogetherAdmitNoMoreThanTheCapacity() {
    stage.capacity = 10;
    tick();
    List<Guest> inside = new ArrayList<>();
    List<Guest> waiting = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Guest guest = new Guest();
      Decision said = guest.ask(i % 2 == 0 ? ahead : behind, Intent.NAVIGATE);
      (said instanceof Admit ? inside : waiting).add(guest);
    }
    for (int i = 0; i < 50; i++) {
      tick();
      Replica asked = i % 2 == 0 ? behind : ahead;
      waiting.removeIf(guest -> guest.comesIn(asked, Intent.NAVIGATE) && inside.add(guest));
      assertThat(inside).hasSizeLessThanOrEqualTo(10);
      assertThat(behind.room.line().counts().sessions()).isLessThanOrEqualTo(10);
    }
    assertThat(inside).hasSize(10);
  }

  @Test
  void aPassOfOneIsGoodAtTheOtherAndRenewedOnlyByAge() {
    tick();
    Guest guest = new Guest();
    assertThat(guest.comesIn(ahead, Intent.NAVIGATE)).isTrue();
    // Issued in the other's future: as it is, until it is old enough by that one's clock.
    assertThat(guest.ask(behind, Intent.ENTER))
        .isEqualTo(new Admit(Objects.requireNonNull(guest.pass), false));
    long admittedAt = guest.pass.admittedAt();
    for (int i = 0; i < 30; i++) {
      stage.pass(Duration.ofSeconds(17));
      tick();
      Admit in = (Admit) guest.ask(i % 2 == 0 ? behind : ahead, Intent.ENTER);
      assertThat(in.pass().admittedAt()).isEqualTo(admittedAt);
      assertThat(in.pass().expiresAt()).isLessThanOrEqualTo(admittedAt + 600_000);
    }
    assertThat(ahead.room.line().counts().sessions()).isEqualTo(1);
  }

  @Test
  void oneReplicaIsAskedAndTheOtherKnowsThatTheVisitorIsThere() {
    stage.capacity = 0;
    tick();
    List<Guest> guests = Stage.arrive(ahead, 2);
    for (int i = 0; i < 20; i++) {
      stage.pass(Duration.ofSeconds(20));
      guests.forEach(guest -> guest.ask(behind, Intent.LOOK));
      tick();
    }
    assertThat(ahead.room.line().counts().waiting()).isEqualTo(2);
    stage.capacity = 1;
    tick();
    assertThat(guests.get(0).comesIn(ahead, Intent.NAVIGATE)).isTrue();
    assertThat(guests.get(1).comesIn(ahead, Intent.NAVIGATE)).isFalse();
  }
}
