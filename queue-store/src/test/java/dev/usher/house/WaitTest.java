package dev.usher.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class WaitTest {
  @Test
  void itLooksAgainUntilSomethingIsSo() {
    AtomicInteger looks = new AtomicInteger();
    Wait.until("looked at three times", () -> looks.incrementAndGet() == 3);
    assertThat(looks).hasValue(3);
  }

  @Test
  void itEndsWhenNothingComesAndSaysWhatWasWaitedFor() {
    Duration most = Duration.ofMillis(10);
    assertThat(Wait.comesWithin(most, () -> false)).isFalse();
    assertThatThrownBy(() -> Wait.within(most, "it rains", () -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Within 10 ms this must be so but was not: it rains");
  }

  @Test
  void aPauseLastsHoweverOftenItIsWoken() {
    LockSupport.unpark(Thread.currentThread());
    long began = System.nanoTime();
    Wait.pause(30);
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isGreaterThanOrEqualTo(Duration.ofMillis(30));
  }

  @Test
  void whoeverIsInterruptedDoesNotWait() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Wait.pause(10_000)).isInstanceOf(IllegalStateException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
