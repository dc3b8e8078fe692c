package dev.usher.pods.probe;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * How long an event loop could not be reached while it waited for something. A timer that goes off
 * late says so: what was late meanwhile may have been so for that alone. Confined to the loop.
 */
final class Stalls {
  private static final int BEATS = 20;

  /** So late a timer is on a loop that has something to do, and nothing is wrong. */
  private static final long USUAL_NANOS = 5_000_000;

  /** Of the time that was given to something, so much is lost to it: a quarter. */
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
   * Looks from now on, on the loop that this is called on.
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

  /** Looks no more. Returns whether much of the time was lost. */
  boolean end() {
    vertx.cancelTimer(timer);
    look();
    return lostNanos * MUCH >= given.toNanos();
  }
}
