package dev.usher.store.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static LongSummaryStatistics delays(int failed) {
    Random chance = new Random(failed);
    return LongStream.generate(() -> Backoff.delayMs(failed, chance))
        .limit(10_000)
        .summaryStatistics();
  }

  @Test
  void theLongestWaitDoublesUpToASecond() {
    assertThat(delays(0).getMax()).isEqualTo(50);
    assertThat(delays(1).getMax()).isEqualTo(100);
    assertThat(delays(4).getMax()).isEqualTo(800);
    assertThat(delays(5).getMax()).isBetween(990L, 1_000L);
    assertThat(delays(Integer.MAX_VALUE).getMax()).isBetween(990L, 1_000L);
  }

  @Test
  void anyWaitUpToTheLongestIsAsLikely() {
    assertThat(delays(9).getMin()).isLessThan(10);
    assertThat(delays(9).getAverage()).isBetween(480.0, 520.0);
  }
}
