package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.doorkeeper.LossReserve;
import dev.usher.doorkeeper.Replica;
import dev.usher.store.QueueStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OnStoreLossTest {
  private static final LossReserve SHARE = new LossReserve(Duration.ofSeconds(30), 0.1);

  private final Stage stage = new Stage(QueueStore.SETTLE);
  private final List<FlakyQueueStore> stores = new ArrayList<>();
  private final List<Replica> replicas = new ArrayList<>();

  @BeforeEach
  void begin() {
    stage.capacity = 100;
    for (int i = 0; i < 3; i++) {
      FlakyQueueStore store = new FlakyQueueStore(stage.store.seenBy("replica " + i), i);
      stores.add(store);
      replicas.add(new Replica(Stage.POLICY, store, () -> stage.capacity, () -> stage.now, SHARE));
    }
    goOn(40);
  }

  private void goOn(int steps) {
    for (int i = 0; i < steps; i++) {
      stage.pass(Duration.ofMillis(200));
      replicas.forEach(Replica::tryToTick);
    }
  }

  private void away(boolean away) {
    stores.forEach(store -> store.away = away);
  }

  /** Everyone asks each replica in turn. Returns how many are inside. */
  private long ask(List<Guest> guests) {
    for (int i = 0; i < guests.size(); i++) {
      guests.get(i).ask(replicas.get(i % 3), Intent.NAVIGATE);
    }
    return guests.stream().filter(guest -> guest.pass != null).count();
  }

  private List<Guest> guests(int count) {
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      guests.add(new Guest());
    }
    return guests;
  }

  @Test
  void whileTheStoreIsAwayAllReplicasTogetherAdmitOnlyWhatWasKeptFree() {
    List<Guest> guests = guests(200);
    for (int i = 0; i < 5; i++) {
      ask(guests);
      goOn(3);
    }
    assertThat(ask(guests)).isEqualTo(90);
    away(true);
    goOn(10);
    for (int i = 0; i < 10; i++) {
      ask(guests);
      goOn(5);
    }
    long inside = ask(guests);
    // Ten places of three replicas: whose share is used up waits on, though another has some left.
    assertThat(inside).isBetween(96L, 100L);
    // Only those who were next in line came in.
    assertThat(guests.subList(0, 90)).allMatch(guest -> guest.pass != null);
    assertThat(guests.subList(100, 200)).allMatch(guest -> guest.pass == null);

    away(false);
    goOn(30);
    assertThat(replicas.get(0).room.line().counts().sessions()).isEqualTo(inside);
    assertThat(ask(guests)).isEqualTo(inside);
  }

  @Test
  void aNewcomerWhomNobodyIsBeforeComesInWhileTheStoreIsAwayAndCountsAfterwards() {
    away(true);
    goOn(10);
    List<Guest> guests = guests(60);
    long inside = ask(guests);
    assertThat(inside).isBetween(1L, 10L);
    away(false);
    goOn(30);
    assertThat(replicas.get(0).room.line().counts().sessions()).isEqualTo(inside);
    ask(guests);
    goOn(5);
    assertThat(ask(guests)).isEqualTo(60);
  }

  @Test
  void withoutTheWishOfTheOperatorNobodyComesIn() {
    FlakyQueueStore store = new FlakyQueueStore(stage.store.seenBy("alone"), 9);
    Replica alone = new Replica(Stage.POLICY, store, () -> stage.capacity, () -> stage.now);
    alone.tick();
    store.away = true;
    for (int i = 0; i < 10; i++) {
      stage.pass(Duration.ofMillis(200));
      alone.tryToTick();
    }
    assertThat(new Guest().comesIn(alone, Intent.NAVIGATE)).isFalse();
  }
}
