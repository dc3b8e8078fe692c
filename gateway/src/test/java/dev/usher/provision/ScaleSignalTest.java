package dev.usher.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.memory.MemoryQueueStore;
import dev.usher.store.upstream.LiveState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every replica says the same, and none says what is not so. */
final class ScaleSignalTest {
  private long now = 1_800_000_000_000L;
  private final MemoryQueueStore store = new MemoryQueueStore("one", () -> now, Duration.ZERO);
  private final List<Replica> replicas =
      List.of(
          new Replica(1, store, 4),
          new Replica(2, store.seenBy("two"), 4),
          new Replica(3, store.seenBy("three"), 4));

  private void tick(Replica... them) {
    now += 200;
    for (Replica replica : them) {
      replica.tick(now);
    }
  }

  private void tickAll(int times) {
    for (int i = 0; i < times; i++) {
      tick(replicas.toArray(Replica[]::new));
    }
  }

  private Desired told(Replica replica) {
    return Objects.requireNonNull(replica.signal.told(now), "told");
  }

  /** A crowd before four pods, two of which are ready. */
  private void crowd(int visitors) {
    replicas.forEach(replica -> replica.ready(2));
    tickAll(10);
    replicas.get(1).arrive(visitors, now);
    tickAll(10);
  }

  @Test
  void threeReplicasSayTheSame() {
    crowd(3000);
    Desired desired = told(replicas.get(0));
    // 3,000 within ten minutes of five-minute sessions: 1,000 at a time, in pods of 200 less
    // headroom
    assertThat(desired.needed()).isEqualTo(6);
    assertThat(desired.pods()).isEqualTo(new Desired.Pods(2, 4, desired.pods().shortSeconds()));
    assertThat(replicas).allSatisfy(each -> assertThat(told(each)).isEqualTo(desired));
  }

  @Test
  void noPodIsAskedForPeopleWhomNoPodLetsIn() {
    crowd(3000);
    assertThat(told(replicas.get(0)).needed()).isEqualTo(6);
    set(LiveState.unset("concert").at(1).soldOut(true));
    assertThat(told(replicas.get(0)).needed()).isEqualTo(1);
    set(LiveState.unset("concert").at(2));
    assertThat(told(replicas.get(0)).needed()).isEqualTo(6);
  }

  @Test
  void noPodIsAskedForPeopleWhomALimitOfTheRoomKeepsOut() {
    crowd(3000);
    LiveState concert = LiveState.unset("concert");
    set(concert.at(1).limited(200, LiveState.UNLIMITED));
    assertThat(told(replicas.get(0)).needed()).isEqualTo(2); // bear 200, and the loss of one
    set(concert.at(2).limited(LiveState.UNLIMITED, 120));
    // 120 a minute fill 600 places for five minutes, and 400 within ten minutes and five more.
    assertThat(told(replicas.get(0)).needed()).isBetween(3, 4);
    set(concert.at(3).limited(5000, 10_000));
    assertThat(told(replicas.get(0)).needed()).isEqualTo(6);
  }

  private void set(LiveState live) {
    replicas.forEach(each -> each.room.controls().take(live));
    tickAll(10);
  }

  @Test
  void beforeAnythingWasReckonedNothingIsSaid() {
    assertThat(replicas.get(0).signal.told(now)).isNull();
    assertThat(replicas.get(0).signal.age(now)).isEqualTo(-1);
  }

  @Test
  void whatWasReadLongerAgoThanFiveSecondsIsNotSaid() {
    crowd(3000);
    Replica two = replicas.get(1);
    now += 3000;
    assertThat(two.signal.told(now)).isNotNull();
    now += 2001;
    assertThat(two.signal.told(now)).isNull();
  }

  @Test
  void whatNobodyWritesAnyMoreIsNotSaidAlthoughTheStoreAnswers() {
    crowd(3000);
    Replica three = replicas.get(2);
    for (int i = 0; i < 30; i++) {
      now += 200;
      Replica.done(three.signal.step(now)); // no step of a doorkeeper: nobody leads
    }
    assertThat(three.signal.told(now)).isNull();
  }

  @Test
  void whoLeadsNextSaysTheSameAtOnce() {
    crowd(3000);
    int needed = told(replicas.get(0)).needed();
    assertThat(replicas.get(0).doorkeeper.leads()).isTrue();
    for (int i = 0; i < 25; i++) {
      tick(replicas.get(1), replicas.get(2));
      // The first one is gone; its term ends, and meanwhile its last word stands.
      assertThat(told(replicas.get(1)).needed()).isEqualTo(needed);
    }
    assertThat(replicas.get(1).doorkeeper.leads() || replicas.get(2).doorkeeper.leads()).isTrue();
    assertThat(told(replicas.get(2))).isEqualTo(told(replicas.get(1)));
  }

  @Test
  void aStoreThatHasLostEverythingIsToldTheLastNumberAndNeverLess() {
    MemoryQueueStore losing = new MemoryQueueStore("one", () -> now, Duration.ofSeconds(3));
    Replica only = new Replica(4, losing, 4);
    only.ready(2);
    for (int i = 0; i < 40; i++) {
      tick(only);
    }
    only.arrive(3000, now);
    for (int i = 0; i < 10; i++) {
      tick(only);
    }
    int needed = told(only).needed();
    assertThat(needed).isEqualTo(6);
    losing.lose();
    for (int i = 0; i < 20; i++) {
      tick(only);
      Desired desired = only.signal.told(now);
      if (desired != null) {
        assertThat(desired.needed()).isGreaterThanOrEqualTo(needed);
      }
    }
  }

  @Test
  void aNumberThatChangesIsToldWithinOneStep() {
    crowd(3000);
    replicas.get(1).arrive(9000, now);
    tickAll(2);
    assertThat(told(replicas.get(0)).needed()).isGreaterThan(20);
  }
}
