package dev.usher.room.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.room.FlakyQueueStore;
import dev.usher.room.Guest;
import dev.usher.room.Stage;
import dev.usher.store.Crowds;
import dev.usher.store.Line;
import dev.usher.store.Place;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class PresenceTest {
  private final Stage stage = new Stage();
  private final FlakyQueueStore store = new FlakyQueueStore(stage.store, 1);
  private final Presence presence =
      new Presence(
          Stage.CONCERT,
          store,
          new LineMemory(Stage.CONCERT, store, () -> CompletableFuture.completedFuture(null)));

  @Test
  void nothingIsToldWhenNobodyWasSeen() {
    Guest.get(presence.tell());
    assertThat(store.calls).isZero();
  }

  @Test
  void whatTheStoreCouldNotBeToldIsToldTheNextTime() {
    stage.capacity = 0;
    Guest.get(stage.store.arrive(Stage.CONCERT, Crowds.newcomers(3)));
    stage.pass(Duration.ofSeconds(150));
    presence.waits(place(2));
    store.away = true;
    for (int i = 0; i < 5; i++) {
      assertThat(presence.tell().toCompletableFuture()).isCompletedExceptionally();
    }
    store.away = false;
    Guest.get(presence.tell());
    stage.pass(Duration.ofSeconds(100));
    assertThat(waiting().waiting().has(2)).isTrue();
    assertThat(waiting().counts().waiting()).isEqualTo(1);
  }

  @Test
  void visitorsOfTwoEpochsAreToldEachOfTheirOwn() {
    stage.capacity = 0;
    Guest.get(stage.store.arrive(Stage.CONCERT, Crowds.newcomers(2)));
    Place old = place(2);
    Guest.get(stage.store.reset(Stage.CONCERT));
    Guest.get(stage.store.arrive(Stage.CONCERT, Crowds.newcomers(2)));
    stage.pass(Duration.ofSeconds(150));
    presence.waits(place(1));
    presence.waits(old);
    presence.waits(place(1));
    Guest.get(presence.tell());
    assertThat(store.calls).isEqualTo(2);
    stage.pass(Duration.ofSeconds(100));
    assertThat(waiting().waiting().toBitSet()).hasToString("{1}");
  }

  private Place place(long number) {
    return new Place("concert", Guest.get(stage.store.line(Stage.CONCERT)).epoch(), 0, number);
  }

  private Line waiting() {
    stage.replica("any", 0).tick();
    return Guest.get(stage.store.line(Stage.CONCERT));
  }
}
