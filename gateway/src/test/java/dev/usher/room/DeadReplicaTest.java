package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.doorkeeper.SlotPlay;
import dev.usher.store.memory.MemoryQueueStore;
import dev.usher.store.upstream.SlotDecay;
import dev.usher.store.upstream.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What becomes of the slots of a replica that was killed, stopped or cut off. */
final class DeadReplicaTest {
  private static final Map<String, Integer> CAPS = Map.of("a", 20, "b", 20);

  /** Of requests that take 0.2 s each. */
  private static final SlotDecay QUICK =
      new SlotDecay(Slots.NONE, List.of(100, 10, 0, 0, 0, 0, 0, 0));

  private long now = 1_800_000_000_000L;
  private final MemoryQueueStore store = new MemoryQueueStore("nobody", () -> now);
  private final List<SlotPlay> running = new ArrayList<>();

  private SlotPlay replica(String name, SlotDecay stays) {
    SlotPlay fresh = new SlotPlay(store.seenBy(name), CAPS, 1);
    fresh.stays = stays;
    running.add(fresh);
    return fresh;
  }

  private void go(double seconds) {
    for (long end = now + (long) (1000 * seconds); now < end; now += 200) {
      running.forEach(each -> each.tick(now));
    }
  }

  private static int slots(SlotPlay replica) {
    return CAPS.keySet().stream().mapToInt(replica::limit).sum();
  }

  private double secondsUntil(SlotPlay replica, int slots) {
    long began = now;
    while (slots(replica) < slots) {
      go(0.2);
      assertThat(now - began).as("milliseconds without " + slots).isLessThan(60_000);
    }
    return (now - began) / 1000.0;
  }

  @Test
  void theSlotsOfALoneGatewayThatWasKilledAreBackAsSoonAsItsRequestsHaveEnded() {
    SlotPlay killed = replica("killed", QUICK);
    go(3);
    assertThat(slots(killed)).isEqualTo(40);
    running.clear();
    now += 2500;
    // The store may have been away, with other replicas that live: it listens for 3 s first.
    assertThat(secondsUntil(replica("next", QUICK), 38)).isLessThan(3 + 2);
  }

  @Test
  void theSlotsOfOneOfSeveralAreBackTwoSecondsAfterItCountsAsDead() {
    SlotPlay killed = replica("killed", QUICK);
    SlotPlay lives = replica("lives", QUICK);
    go(6);
    assertThat(slots(killed)).isBetween(15, 25);
    running.remove(killed);
    assertThat(secondsUntil(lives, 38)).isLessThan(1 + 2);
  }

  @Test
  void whereNothingIsKnownTheyAreBackAfterTheRequestTimeout() {
    replica("killed", SlotDecay.UNKNOWN);
    go(3);
    running.clear();
    now += 500;
    double seconds = secondsUntil(replica("next", QUICK), 38);
    assertThat(seconds).isBetween(SlotPlay.TIMEOUT.toMillis() / 1000.0, 8.0);
  }

  @Test
  void streamsOfTheDeadCountUntilTheRequestTimeout() {
    replica("killed", new SlotDecay(Slots.of(Map.of("a", 7)), QUICK.left()));
    go(3);
    running.clear();
    now += 500;
    SlotPlay next = replica("next", QUICK);
    assertThat(secondsUntil(next, 33)).isLessThan(5);
    assertThat(next.limit("a")).isEqualTo(13);
    assertThat(secondsUntil(next, 40)).isPositive();
  }

  @Test
  void whatIsRoundedOnOnePodCountsOnTheNext() {
    replica("killed", new SlotDecay(Slots.NONE, List.of(30, 30, 30, 30, 30, 30, 30, 30)));
    go(3);
    running.clear();
    now += 500;
    SlotPlay next = replica("next", QUICK);
    // 3 of 100 on each of two pods with 20 slots: 0.6 on the first, and 0.6 on the second.
    secondsUntil(next, 39);
    go(0.6);
    assertThat(slots(next)).isEqualTo(39);
  }

  @Test
  void whoWasStoppedHasNothingAtItsFirstTickAndWhatIsLeftAtItsFirstAnswer() {
    SlotPlay stopped = replica("stopped", QUICK);
    SlotPlay lives = replica("lives", QUICK);
    go(6);
    running.remove(stopped);
    go(3);
    assertThat(slots(lives)).isEqualTo(40);
    stopped.store.away = true;
    stopped.tick(now);
    assertThat(slots(stopped)).isZero();
    stopped.store.away = false;
    running.add(stopped);
    for (int i = 0; i < 20; i++) {
      go(0.2);
      assertThat(slots(stopped) + slots(lives)).isLessThanOrEqualTo(40);
    }
    assertThat(slots(stopped)).isPositive();
  }

  @Test
  void whoWasCutOffExceedsACapByItsOwnShareUntilItHearsOfTheOthers() {
    SlotPlay cut = replica("cut", QUICK);
    SlotPlay lives = replica("lives", QUICK);
    go(6);
    int own = slots(cut);
    cut.store.away = true;
    go(5);
    assertThat(slots(lives)).isEqualTo(40);
    assertThat(slots(cut)).isEqualTo(own);
    cut.store.away = false;
    go(0.4);
    assertThat(slots(cut) + slots(lives)).isLessThanOrEqualTo(40);
  }

  @Test
  void aPauseOfAReplicaWhileTheStoreIsAwayCostsItNothing() {
    SlotPlay paused = replica("paused", QUICK);
    go(6);
    paused.store.away = true;
    go(3);
    now += 1500;
    paused.tick(now);
    assertThat(slots(paused)).isEqualTo(40);
  }

  @Test
  void aCrowdOfRestartsNeverHasMoreThanTheCap() {
    Random chance = new Random(7);
    for (int round = 0; round < 30; round++) {
      replica("replica-" + round, QUICK);
      go(1 + chance.nextInt(6));
      assertThat(running.stream().mapToInt(DeadReplicaTest::slots).sum()).isLessThanOrEqualTo(40);
      if (running.size() > 1) {
        running.remove(chance.nextInt(running.size()));
      }
    }
  }
}
