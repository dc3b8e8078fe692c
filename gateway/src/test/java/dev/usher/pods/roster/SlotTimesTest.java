package dev.usher.pods.roster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.PodLimit;
import dev.usher.pods.Slot;
import dev.usher.pods.Slot.Outcome;
import dev.usher.pods.slots.PodPlay;
import dev.usher.pods.slots.PodSet;
import dev.usher.store.upstream.SlotDecay;
import dev.usher.store.upstream.Slots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How much of what is in flight stays so, as a replica measures it. */
final class SlotTimesTest extends PodPlay {
  private static final int TICK = 200;
  private static final int SLOTS = 100;

  private final Random chance = new Random(13);

  /** What ends at which time. */
  private final Map<Slot, Long> running = new HashMap<>();

  /** A replica that has all slots of one pod. */
  private PodSet replica() {
    PodSet set = set(A);
    set.roster().limit(List.of(new PodLimit(A.toString(), 1, SLOTS)));
    return set;
  }

  private interface Times {
    double seconds();
  }

  /** So many requests a second for so long, each at any moment between two ticks. */
  private void serve(PodSet set, int perSecond, int seconds, Times times) {
    for (long end = now + 1000L * seconds; now < end; ) {
      tick(set);
      List<Long> begins = new ArrayList<>();
      for (int i = 0; i < perSecond * TICK / 1000; i++) {
        begins.add(now + chance.nextInt(TICK));
      }
      endBefore(now);
      for (long begin : begins) {
        Slot slot = taken(set);
        long ends = begin + (long) (1000 * times.seconds());
        if (ends < now + TICK) {
          slot.giveBack(Outcome.ANSWERED);
        } else {
          running.put(slot, ends);
        }
      }
    }
  }

  private void endBefore(long time) {
    running
        .entrySet()
        .removeIf(
            each -> {
              // It ends before the tick after this one is over.
              boolean over = each.getValue() < time + TICK;
              if (over) {
                each.getKey().giveBack(Outcome.ANSWERED);
              }
              return over;
            });
  }

  private static double left(PodSet set, long millis) {
    return set.roster().load().stays().of(A.toString(), 1000, millis) / 1000;
  }

  @Test
  void ofQuickRequestsNothingIsLeftAfterASecond() {
    PodSet set = replica();
    serve(set, 100, 40, () -> 0.1);
    assertThat(left(set, 0)).isEqualTo(1);
    assertThat(left(set, 250)).isLessThan(0.01);
    assertThat(left(set, 1000)).isZero();
  }

  @Test
  void fewLongRequestsAreMostOfWhatIsInFlightAndCountAsSuch() {
    PodSet set = replica();
    // One in twenty takes 20 s: of what is in flight at any moment 95 hundredths. Half of those
    // that
    // are on their way end within 10 s.
    serve(set, 20, 70, () -> chance.nextInt(20) == 0 ? 20 : 0.05);
    assertThat(left(set, 1000)).isBetween(0.88, 1.0);
    assertThat(left(set, 10_000)).isBetween(0.4, 0.75);
  }

  @Test
  void whatIsLeftIsRightForTimesOfAllLengths() {
    PodSet set = replica();
    // Of exponential times as much is left as if all had just begun: 1/e after the mean.
    serve(set, 40, 70, () -> -Math.log(1 - chance.nextDouble()));
    assertThat(left(set, 1000)).isBetween(0.32, 0.42);
    assertThat(left(set, 2000)).isBetween(0.1, 0.18);
  }

  @Test
  void nothingIsKnownBeforeFiftyRequestsHaveEnded() {
    PodSet set = replica();
    serve(set, 10, 4, () -> 0.1);
    assertThat(left(set, 60_000)).isEqualTo(1);
    serve(set, 10, 3, () -> 0.1);
    assertThat(left(set, 60_000)).isZero();
  }

  @Test
  void aQuietMinuteSaysThatLittleIsInFlight() {
    PodSet set = replica();
    serve(set, 0, 20, () -> 0);
    assertThat(left(set, 1000)).isZero();
    Slot one = taken(set);
    serve(set, 0, 10, () -> 0);
    assertThat(left(set, 1000)).isEqualTo(1.0 / SLOTS);
    one.giveBack(Outcome.ANSWERED);
    assertThat(left(set, 1000)).isEqualTo(1.0 / SLOTS);
    serve(set, 0, 80, () -> 0);
    assertThat(left(set, 1000)).isZero();
  }

  @Test
  void streamsCountToTheEndAndSayNothingOfOthers() {
    PodSet set = replica();
    Slot stream = taken(set);
    stream.runsLong();
    assertThat(stream.streams()).isTrue();
    Slot upload = taken(set);
    upload.runsLong();
    serve(set, 100, 40, () -> 0.05);
    assertThat(set.roster().load().stays().lasting()).isEqualTo(Slots.of(Map.of(A.toString(), 2)));
    stream.giveBack(Outcome.ANSWERED);
    upload.giveBack(Outcome.CANCELLED);
    upload.giveBack(Outcome.CANCELLED);
    assertThat(set.roster().load().stays().lasting()).isEqualTo(Slots.NONE);
    assertThat(left(set, 1000)).isZero();
  }

  @Test
  void requestsThatSuddenlyDoNotEndCountToTheEnd() {
    PodSet set = replica();
    serve(set, 100, 40, () -> 0.05);
    assertThat(set.roster().load().stays().lasting()).isEqualTo(Slots.NONE);
    // The pod hangs: what it is sent from now on does not come back.
    for (int i = 0; i < 60; i++) {
      taken(set);
    }
    tick(set);
    // Up to twice the 5 that are in flight in the mean are no wonder.
    assertThat(set.roster().load().stays().lasting().on(A.toString())).isBetween(45, 60);
  }

  @Test
  void whatWasLongAgoIsForgotten() {
    PodSet set = replica();
    serve(set, 20, 30, () -> 5);
    assertThat(left(set, 2000)).isGreaterThan(0.3);
    serve(set, 100, 100, () -> 0.05);
    assertThat(set.roster().load().stays()).isNotEqualTo(SlotDecay.UNKNOWN);
    assertThat(left(set, 2000)).isZero();
  }
}
