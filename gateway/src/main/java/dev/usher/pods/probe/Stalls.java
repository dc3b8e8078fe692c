package dev.usher.pods.probe;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * How long an event loop was unreachable while it waited for something. A timer that fires late
 * shows it: anything that was late meanwhile may have been so for that reason alone. Confined to
 * the loop.
 */
final class Stalls {
  private static final int BEATS = 20;

  /** How late a timer may be on a busy loop with nothing wrong. */
  private static final long USUAL_NANOS = 5_000_000;

  /** The fraction of the given time whose loss counts as much: a quarter. */
  private static final int MUCH = 4;

  private final Vertx vertx;
  private final Duration given;
  private final long beatMillis;
  private long beatAt = System.nanoTime();
  private long lostNanos;
  private long timer;

  private Stalls(Vertx vertx, Duration given) {
    this.vertx = vertx;
    this.given = given;
    this.beatMillis = Math.max(1, given.toMillis() / BEATS);
  }

  /**
   * Starts to watch the loop that this is called on.
   *
   * @param given how much time there is for what is waited for
   */
  static Stalls during(Vertx vertx, Duration given) {
    Stalls stalls = new Stalls(vertx, given);
    stalls.beatLater();
    return stalls;
  }

  private void beatLater() {
    timer =
        vertx.setTimer(
            beatMillis,
            id -> {
              look();
              beatLater();
            });
  }

  private void look() {
    long now = System.nanoTime();
    long late = now - beatAt - beatMillis * 1_000_000;
    lostNanos += late > USUAL_NANOS ? late : 0;
    beatAt = now;
  }

  /** Stops watching. Returns whether much of the time was lost. */
  boolean end() {
    vertx.cancelTimer(timer);
    look();
    return lostNanos * MUCH >= given.toNanos();
  }
}
