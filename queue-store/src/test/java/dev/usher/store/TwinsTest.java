package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Matrix;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The store inside a process and the one in Redis answer alike, value for value. Another seed:
 * {@code -Dusher.twins.seed=N}.
 */
@Tag("redis")
@Tag("matrix")
final class TwinsTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final int STEPS = 300;
  private static final int MANY = 50;

  /** Some, and some that once found something. */
  private static final long[] FEW = {1, 2, 3, 4, 28, 49, 128, 320};

  /** What was found, and after how many steps. */
  private record Found(int steps, String text) {}

  @AfterAll
  static void closeVertx() {
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  static LongStream seeds() {
    Long only = Long.getLong("usher.twins.seed");
    return only == null
        ? Matrix.hasAllSeeds() ? LongStream.rangeClosed(1, MANY) : LongStream.of(FEW)
        : LongStream.of(only);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bothStoresAnswerAlikeWhateverHappens(long seed) {
    List<Long> steps = new SplittableRandom(seed).longs(STEPS).boxed().toList();
    boolean losses = seed % 4 > 0;
    Found found = play(steps, losses);
    if (found != null) {
      throw new AssertionError("Seed " + seed + ":\n" + shrunk(steps, found, losses).text());
    }
  }

  @Test
  void aHistoryIsTheSameForTheSameSeed() {
    List<Long> steps = new SplittableRandom(9).longs(60).boxed().toList();
    assertThat(told(steps)).isEqualTo(told(steps)).hasSizeGreaterThan(60);
  }

  private static List<String> told(List<Long> steps) {
    Twins twins = new Twins(VERTX, QueueStore.SETTLE);
    TwinHistory history = new TwinHistory(twins, true);
    history.begin();
    steps.forEach(history::step);
    twins.close();
    return twins.told();
  }

  private static @Nullable Found play(List<Long> steps, boolean losses) {
    Twins twins = new Twins(VERTX, losses ? QueueStore.SETTLE : Duration.ZERO);
    int played = 0;
    try {
      TwinHistory history = new TwinHistory(twins, losses);
      history.begin();
      for (long step : steps) {
        played++;
        history.step(step);
      }
      history.end();
      return null;
    } catch (AssertionError e) {
      return new Found(played, String.join("\n", twins.told()) + "\n" + e.getMessage());
    } finally {
      twins.close();
    }
  }

  /** Leaves out steps, many at once and then fewer, as long as the two still differ. */
  private static Found shrunk(List<Long> steps, Found found, boolean losses) {
    List<Long> least = new ArrayList<>(steps.subList(0, found.steps()));
    Found last = found;
    for (int size = least.size() / 2; size > 0; size /= 2) {
      for (int from = least.size() - size; from >= 0; from -= size) {
        List<Long> fewer = new ArrayList<>(least);
        fewer.subList(from, from + size).clear();
        Found still = play(fewer, losses);
        if (still != null) {
          least = new ArrayList<>(fewer.subList(0, still.steps()));
          last = still;
          from = Math.min(from, least.size());
        }
      }
    }
    return last;
  }
}
