package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** From how many networks a session is used, and who of them is one too many. */
class SightingsTest {
  private static final long MINUTE = 60_000;

  private final Sightings sightings = new Sightings();
  private long now = 1_700_000_000_000L;

  private boolean sees(long number, int network) {
    return sightings.see(place(number), network, now);
  }

  private static Place place(long number) {
    return new Place("concert", 3, 0, number);
  }

  @Test
  void aPhoneThatRoamsThroughFourNetworksAMinuteIsNeverOneTooMany() {
    for (int hop = 0; hop < 1000; hop++) {
      for (int request = 0; request < 3; request++) {
        assertThat(sees(1, hop)).isTrue();
      }
      assertThat(sees(1, Math.max(0, hop - 3))).isTrue(); // and back, now and then
      now += MINUTE;
      assertThat(sees(1, hop)).isTrue();
    }
    assertThat(sightings.sessions()).isZero();
    assertThat(sightings.lastAt()).isZero();
  }

  @Test
  void theFifthNetworkIsOneTooManyAndTheFirstFourStay() {
    for (int round = 0; round < 20; round++) {
      for (int network = 1; network <= 30; network++) {
        assertThat(sees(1, network)).isEqualTo(network <= 4);
      }
      now += 10_000;
    }
    assertThat(sightings.sessions()).isEqualTo(1);
    assertThat(sightings.requests()).isEqualTo(26 * 20);
    assertThat(sightings.lastAt()).isEqualTo(now - 10_000);
    // Of the four one was quiet for a minute.
    for (int second = 0; second < 60; second += 10) {
      now += 10_000;
      for (int network = 1; network <= 3; network++) {
        assertThat(sees(1, network)).isTrue();
      }
    }
    assertThat(sees(1, 30)).isTrue();
    assertThat(sees(1, 4)).isFalse();
  }

  @Test
  void sessionsAreCountedEachForItself() {
    for (int number = 1; number <= 20_000; number++) {
      assertThat(sees(number, number)).isTrue();
    }
    assertThat(sightings.requests()).isZero();
    // One whose row another has is not looked at, until that one was quiet for a minute.
    for (int network = 1; network <= 9; network++) {
      assertThat(sees(16_384 + 1, network)).isTrue();
    }
    now += MINUTE;
    for (int network = 1; network <= 9; network++) {
      assertThat(sees(16_384 + 1, network)).isEqualTo(network <= 4);
    }
  }

  @Test
  void aClockThatIsSetBackMakesNobodyOneTooMany() {
    for (int network = 1; network <= 4; network++) {
      sees(1, network);
    }
    now -= 100 * MINUTE;
    assertThat(sees(1, 5)).isTrue();
  }

  @Test
  void aTicketIsClaimedFourTimesAMinuteAndNotMore() {
    for (int minute = 0; minute < 3; minute++) {
      for (int claim = 1; claim <= 30; claim++) {
        assertThat(sightings.claim(place(7), now)).isEqualTo(claim <= 4);
      }
      now += MINUTE;
    }
    assertThat(sightings.claims()).isEqualTo(26 * 3);
    assertThat(sightings.sessions()).isEqualTo(1);
  }

  @Test
  void manyLoopsThatSeeTheSameFourNetworksAtOnceAgree() throws Exception {
    int loops = 8;
    ExecutorService threads = Executors.newFixedThreadPool(loops);
    try {
      for (int number = 1; number <= 500; number++) {
        Place place = place(number);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int loop = 0; loop < loops; loop++) {
          int first = loop;
          all.add(
              threads.submit(
                  () -> {
                    start.await();
                    boolean few = true;
                    for (int i = 0; i < 4; i++) {
                      few &= sightings.see(place, (first + i) % 4, now);
                    }
                    return few;
                  }));
        }
        start.countDown();
        for (Future<Boolean> few : all) {
          assertThat(few.get()).isTrue();
        }
        assertThat(sightings.see(place, 9, now)).isFalse();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
