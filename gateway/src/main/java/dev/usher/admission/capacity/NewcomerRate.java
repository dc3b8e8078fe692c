package dev.usher.admission.capacity;

/**
 * How fast newcomers may be admitted: each of them sends a burst of first requests, and those are
 * paid for out of the request rate that is spare. A token is one admission. Nothing is saved up for
 * later beyond the next steps.
 */
final class NewcomerRate {
  /** An idle pool is filled within so many seconds at the fastest. */
  private static final double FILL_SECONDS = 10;

  /** A small one fills faster: so few newcomers a second are no burst. */
  private static final double FILL_LEAST = 10;

  /** Of the pods' request rate, what newcomers get even when nothing is spare. */
  private static final double LEAST_SHARE = 0.02;

  /**
   * Someone in five seconds comes in even so, as far as there are places: pods that nobody asks
   * would never warm up.
   */
  private static final double RATE_LEAST = 0.2;

  /** Enough that steps which come late lose nothing. */
  private static final double DEPTH_SECONDS = 1;

  /** Two steps, while the pods are not trusted with more. */
  private static final double DEPTH_CAREFUL = 0.4;

  /** Who ends a session may be followed by somebody else, and a little more. */
  private static final double ENDING_MORE = 1.05;

  private double tokens;
  private long filledAt;
  private boolean started;
  private double spare;
  private double rate;

  /**
   * What the pods bear now, each by its warmth.
   *
   * @param sessions sessions, neither headroom nor correction taken off
   * @param requests requests a second, the same
   * @param allowed requests a second that may be used: headroom and correction are taken off
   */
  record Strength(double sessions, double requests, double allowed) {}

  /**
   * What visitors need.
   *
   * @param used requests a second of those who are inside
   * @param first requests of a newcomer
   * @param ending sessions that end in a second
   */
  record Need(double used, double first, double ending) {}

  /**
   * Goes on to now.
   *
   * @param careful whether the pods were too slow a moment ago
   */
  void fill(long now, Strength pods, Need need, boolean careful) {
    spare = Math.max(pods.allowed() - need.used(), LEAST_SHARE * pods.requests());
    double fill = Math.max(FILL_LEAST, pods.sessions() / FILL_SECONDS);
    double least = careful ? RATE_LEAST : Math.max(RATE_LEAST, ENDING_MORE * need.ending());
    rate = Math.max(least, Math.min(fill, spare / need.first()));
    // Also the slowest must hold one whole token some time.
    double depth = Math.max(1, rate * (careful ? DEPTH_CAREFUL : DEPTH_SECONDS));
    double seconds = Math.max(0, now - filledAt) / 1000.0;
    // It begins full: the first of all need not wait for a whole token to collect.
    tokens = started ? Math.min(depth, tokens + rate * seconds) : depth;
    started = true;
    filledAt = now;
  }

  /**
   * Takes what was admitted. More than there was is paid back before anyone else comes in, but no
   * more than is given in a moment: rooms that only watch let in whoever comes, and when they begin
   * to guard nobody shall wait for that.
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
