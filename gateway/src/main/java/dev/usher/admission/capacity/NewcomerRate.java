package dev.usher.admission.capacity;

/**
 * The rate at which newcomers may be admitted: each of them sends a burst of first requests, and
 * those are paid for out of the request rate that is spare. A token is one admission. Nothing is
 * saved up beyond the next few ticks.
 */
final class NewcomerRate {
  /** Fastest time in which an idle pool is filled. */
  private static final double FILL_SECONDS = 10;

  /** A small pool fills faster: this many newcomers a second are no burst. */
  private static final double FILL_LEAST = 10;

  /** The part of the pods' request rate that newcomers get even if nothing is spare. */
  private static final double LEAST_SHARE = 0.02;

  /**
   * Even so, one visitor every five seconds comes in, as long as there are places: pods that nobody
   * asks would never warm up.
   */
  private static final double RATE_LEAST = 0.2;

  /** Enough for late ticks to lose nothing. */
  private static final double DEPTH_SECONDS = 1;

  /** Two ticks' worth, while the pods are not trusted with more. */
  private static final double DEPTH_CAREFUL = 0.4;

  /** A session that ends may be followed by another one, and a little more. */
  private static final double ENDING_MORE = 1.05;

  private double tokens;
  private long filledAt;
  private boolean started;
  private double spare;
  private double rate;

  /**
   * What the pods bear now, each counted by its warmth.
   *
   * @param sessions sessions, without headroom or correction
   * @param requests requests a second, without headroom or correction
   * @param allowed requests a second that may be used, after headroom and correction
   */
  record Strength(double sessions, double requests, double allowed) {}

  /**
   * What visitors need.
   *
   * @param used requests a second of visitors who are inside
   * @param first requests of a newcomer
   * @param ending sessions that end a second
   */
  record Need(double used, double first, double ending) {}

  /**
   * Moves on to this time.
   *
   * @param careful whether the pods were too slow a moment ago
   */
  void fill(long now, Strength pods, Need need, boolean careful) {
    spare = Math.max(pods.allowed() - need.used(), LEAST_SHARE * pods.requests());
    double fill = Math.max(FILL_LEAST, pods.sessions() / FILL_SECONDS);
    double least = careful ? RATE_LEAST : Math.max(RATE_LEAST, ENDING_MORE * need.ending());
    rate = Math.max(least, Math.min(fill, spare / need.first()));
    // Even the slowest rate must hold a whole token at some time.
    double depth = Math.max(1, rate * (careful ? DEPTH_CAREFUL : DEPTH_SECONDS));
    double seconds = Math.max(0, now - filledAt) / 1000.0;
    // It starts full, so that the very first visitor need not wait for a whole token to collect.
    tokens = started ? Math.min(depth, tokens + rate * seconds) : depth;
    started = true;
    filledAt = now;
  }

  /**
   * Takes the tokens of what was admitted. A debt is paid back before anyone else comes in, but is
   * limited to what one moment gives: rooms that only watch let in everyone, and when they begin to
   * guard nobody should have to wait for that.
   */
  void spend(double admitted) {
    tokens = Math.max(Math.min(tokens, -Math.max(1, rate)), tokens - admitted);
  }

  int tokens() {
    return (int) Math.max(0, Math.floor(tokens + 1e-9));
  }

  double spare() {
    return spare;
  }

  double rate() {
    return rate;
  }
}
