package dev.usher.edge.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The streams of one loop. */
final class StreamLoopTest extends StreamPlays {
  @Test
  void everyStreamIsLookedAtOnceInARound() throws IOException {
    for (int i = 0; i < 25; i++) {
      listener();
    }
    looks.set(0);
    round(1000);
    assertThat(looks).hasValue(25);
  }

  @Test
  void whatIsNewIsToldOnceAndTheSameOnlyAtTheBeat() throws IOException {
    Socket visitor = listener();
    assertThat(read(visitor, "\"ahead\":10000")).contains("retry: 5500\n\n", "event: place\n");
    ahead.set(999);
    round(1000);
    assertThat(read(visitor, "\"ahead\":999")).contains("event: place\n").doesNotContain(": beat");
    for (int second = 0; second < 15; second++) {
      round(1000);
    }
    ahead.set(998);
    round(1000);
    String then = read(visitor, "\"ahead\":998");
    assertThat(then.split("event: ", -1)).as(then).hasSize(3);
    assertThat(then).contains(": beat\nevent: place\ndata: ");
  }

  @Test
  void aStoresClockThatIsSetEitherWayEndsNothingAndDelaysNoBeat() throws IOException {
    List<Socket> listeners = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      listeners.add(listener());
    }
    round(1000);
    store += 3_600_000;
    round(1000);
    store -= 7_200_000;
    for (int second = 0; second < 15; second++) {
      round(1000);
    }
    for (Socket listens : listeners) {
      assertThat(read(listens, ": beat\nevent: place")).doesNotContain("\r\n0\r\n");
    }
    assertThat(all.open()).isEqualTo(20);
    assertThat(all.shed() + all.dropped()).isZero();
  }

  @Test
  void whoDoesNotReadIsCutOff() throws IOException {
    listener();
    message = "m".repeat(50_000);
    // Buffers of the system fill up first; from then on nothing more is written.
    for (int second = 0; second < 500 && all.dropped() == 0; second++) {
      ahead.decrementAndGet();
      round(1000);
    }
    assertThat(all.dropped()).isEqualTo(1);
    assertThat(all.open()).isZero();
  }

  @Test
  void whatALoopCannotDoInTimeIsShed() throws IOException {
    List<Socket> listeners = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      listeners.add(listener());
    }
    round(1000);
    round(1000);
    assertThat(all.shed()).isZero();
    round(3000); // each visitor was to hear within two seconds
    round(1000);
    assertThat(all.shed()).isEqualTo(2);
    assertThat(all.open()).isEqualTo(18);
    assertThat(read(listeners.get(0), "0\r\n\r\n")).contains("retry: 5500\n\n\r\n0\r\n");
    Socket late = visitor();
    assertThat(read(late, "poll-instead")).contains("503 ", "retry-after: 45");
    for (int i = 0; i < 10; i++) {
      round(1000);
    }
    listener();
    assertThat(all.open()).isEqualTo(19);
  }

  @Test
  void fewAreNotShedAsItIsNotTheyWhoMakeALoopLate() throws IOException {
    Socket visitor = listener();
    for (int i = 0; i < 12; i++) {
      round(3000);
    }
    listener();
    assertThat(all.shed()).isZero();
    ahead.set(9);
    round(1000);
    assertThat(read(visitor, "\"ahead\":9")).contains("event: place");
  }

  @Test
  void aStreamIsOpenedAnewAfterTenMinutes() throws IOException {
    Socket visitor = listener();
    for (int second = 1; second < 540; second++) {
      ahead.decrementAndGet();
      round(1000);
      read(visitor, "\"ahead\":" + ahead.get());
    }
    assertThat(all.open()).isEqualTo(1);
    round(1000);
    round(1000);
    assertThat(all.open()).isZero();
    assertThat(read(visitor, "0\r\n\r\n")).endsWith("retry: 5500\n\n\r\n0\r\n\r\n");
  }

  @Test
  void aFaultEndsItsOwnStreamAndNoOther() throws IOException {
    listener();
    Socket other = listener();
    fault = new IllegalStateException("a fault of ours");
    int failed = 0;
    for (int i = 0; i < ROUND; i++) {
      failed += tick(100).map(looked -> 0).otherwise(1).await();
    }
    assertThat(failed).isEqualTo(1);
    assertThat(all.open()).isEqualTo(1);
    ahead.set(7);
    round(1000);
    assertThat(read(other, "\"ahead\":7")).contains("event: place");
  }

  @Test
  void whoGoesIsForgottenAtOnce() throws IOException {
    Socket visitor = listener();
    visitor.close();
    Wait.until("it is forgotten", () -> all.open() == 0);
    looks.set(0);
    round(1000);
    assertThat(looks).hasValue(0);
  }
}
