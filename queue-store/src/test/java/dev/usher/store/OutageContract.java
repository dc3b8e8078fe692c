package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store promises when the visitors' way to Usher is cut; a part of the one contract. */
abstract class OutageContract extends FirstInLineContract {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  @Test
  void whenNobodyIsSeenAnyMoreTheLineStaysAsItWas() {
    line(10, 1000);
    pass(Duration.ofSeconds(185));
    assertThat(call(20, 100).called()).isZero();
    assertThat(line(concert).called()).isEqualTo(10);
    assertThat(line(concert).counts().waiting()).isEqualTo(990);
    assertThat(line(concert).ahead(1000)).isEqualTo(989);
    assertThat(get(store.claim(concert, place(1000)))).isEqualTo(Claim.NOT_CALLED);
    seeWaiting(store, numbers(11, 1000));
    assertThat(call(20, 100).called()).isEqualTo(20);
    claim(11, 30);
  }

  @Test
  void anOutageMayLastHalfAnHourAndNoLonger() {
    line(10, 100);
    minutes(2, 0);
    for (int minute = 3; minute <= 29; minute++) {
      pass(WINDOW);
      assertThat(call(20, 100).called()).as("minute " + minute).isZero();
    }
    assertThat(line(concert).counts().waiting()).isEqualTo(90);
    for (int minute = 30; minute <= 33; minute++) {
      pass(WINDOW);
      call(20, 0);
    }
    assertThat(line(concert).counts().waiting()).isZero();
  }

  @Test
  void whoAreSeenWhileOthersAreCutOffAreCalledInTheirOrder() {
    line(10, 1000);
    for (int minute = 1; minute <= 4; minute++) {
      pass(WINDOW);
      seeWaiting(store, numbers(930, 1000));
      call(10, 0);
    }
    assertThat(line(concert).counts().waiting()).isEqualTo(990);
    assertThat(call(5, 100).called()).isEqualTo(5);
    claim(930, 934);
    assertThat(line(concert).called()).isEqualTo(934);
    // Those from 935 on, and the ten who had been called when the way was cut.
    assertThat(line(concert).ahead(1000)).isEqualTo(75);
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isZero();
  }

  @Test
  void theWayMayFailByAndBy() {
    line(10, 1000);
    int[] last = {1000, 604, 357, 208, 60, 11};
    for (int seen : last) {
      seeWaiting(store, numbers(11, seen));
      call(10, 0);
      pass(WINDOW);
    }
    for (int minute = 1; minute <= 5; minute++) {
      pass(WINDOW);
      call(10, 0);
    }
    assertThat(line(concert).counts().waiting()).isEqualTo(990);
  }

  @Test
  void whoDoNotComeBackAfterAnOutageAreGoneOnceTheOthersHaveBeenSeenSteadily() {
    line(10, 1000);
    minutes(4, 0);
    minutes(2, 700);
    assertThat(line(concert).counts().waiting()).isEqualTo(990);
    minutes(4, 700);
    assertThat(line(concert).counts().waiting()).isEqualTo(690);
  }

  @Test
  void fewWhoComeBackAreBelievedToo() {
    line(10, 1000);
    minutes(4, 0);
    minutes(6, 60);
    assertThat(line(concert).counts().waiting()).isEqualTo(50);
    assertThat(call(70, 100).called()).isEqualTo(50);
    assertThat(line(concert).called()).isEqualTo(1000);
  }

  @Test
  void whoLeaveInCrowdsAreNoOutage() {
    line(10, 100);
    for (int n = 41; n <= 100; n++) {
      get(store.leave(concert, place(n)));
    }
    minutes(4, 40);
    assertThat(line(concert).counts().waiting()).isEqualTo(30);
    minutes(2, 25);
    assertThat(line(concert).counts().waiting()).isEqualTo(30);
    minutes(2, 25);
    assertThat(line(concert).counts().waiting()).isEqualTo(15);
  }

  @Test
  void aLineOfNineteenGoesAsItAlwaysDid() {
    line(10, 29);
    minutes(4, 0);
    assertThat(line(concert).counts().waiting()).isZero();
  }

  @Test
  void whoAreInsideStayInsideWhileNobodyCanBeSeen() {
    line(10, 100);
    claim(1, 10);
    pass(Duration.ofSeconds(100));
    call(10, 100);
    for (int minute = 1; minute <= 20; minute++) {
      pass(WINDOW);
      assertThat(call(10, 100).sessions()).as("minute " + minute).isEqualTo(10);
    }
    claimAgain(1, 9);
    minutes(6, 100);
    assertThat(call(10, 0).sessions()).isZero();
  }

  @Test
  void whoComeInAfterItAndGoAgainLeaveTheirPlacesThoughTheOthersComeBackUnsteadily() {
    line(10, 1000);
    claim(1, 10);
    minutes(4, 0);
    seeWaiting(store, numbers(11, 1000));
    assertThat(call(20, 100).called()).isEqualTo(10);
    claim(11, 20);
    for (int minute = 1; minute <= 5; minute++) {
      minutes(1, minute % 2 == 0 ? 500 : 900);
    }
    assertThat(line(concert).counts().waiting()).isEqualTo(980);
    assertThat(call(20, 100).sessions()).isZero();
  }

  /** So many come, and the first of them are called. */
  private void line(int called, int arrived) {
    get(store.arrive(concert, newcomers(arrived)));
    assertThat(call(called, 100).called()).isEqualTo(called);
  }

  /** For so many minutes those up to this number are seen, and nobody else. */
  private void minutes(int count, int seen) {
    for (int minute = 0; minute < count; minute++) {
      pass(WINDOW);
      if (seen > 0) {
        seeWaiting(store, numbers(11, seen));
      }
      call(10, 0);
    }
  }

  private static int[] numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).toArray();
  }
}
