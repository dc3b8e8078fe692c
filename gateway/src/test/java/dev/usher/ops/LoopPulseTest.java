package dev.usher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoopPulseTest {
  private final Vertx gateway = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

  @AfterEach
  void close() {
    OpsRig.await(gateway.close());
  }

  /** Holds event loops, one for each count of {@code busy}. */
  static void block(Vertx gateway, CountDownLatch busy, CountDownLatch release) {
    var loops = ((VertxInternal) gateway).nettyEventLoopGroup().iterator();
    for (long left = busy.getCount(); left > 0; left--) {
      loops
          .next()
          .execute(
              () -> {
                busy.countDown();
                awaitQuietly(release);
              });
    }
  }

  private static void awaitQuietly(CountDownLatch release) {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void loopsThatMissFiveBeatsAreSilentUntilTheyTurnAgain() throws InterruptedException {
    LoopPulse pulse = new LoopPulse(gateway);
    CountDownLatch busy = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    block(gateway, busy, release);
    busy.await();
    try {
      pulse.beat(); // hands out the tasks that will not be run
      for (int missed = 1; missed < LoopPulse.SILENT_BEATS_MAX; missed++) {
        pulse.beat();
      }
      assertThat(pulse.silent()).isZero();

      pulse.beat();
      assertThat(pulse.silent()).isEqualTo(2);
      assertThat(pulse.size()).isEqualTo(2);
    } finally {
      release.countDown();
    }

    Wait.until(
        "none is silent",
        () -> {
          pulse.beat();
          return pulse.silent() == 0;
        });
  }
}
