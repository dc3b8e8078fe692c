package dev.usher.cli.drill.crowd;

import java.time.Duration;

/**
 * How each visitor of a crowd behaves.
 *
 * @param session mean time an admitted visitor stays
 * @param think mean time between two pages
 * @param leaveSilently share of visitors who just go, without telling Usher
 * @param patience how long a visitor waits for one answer
 * @param reloads how often a visitor who got no answer tries again, some seconds later
 */
public record Behaviour(
    Duration session, Duration think, double leaveSilently, Duration patience, int reloads) {

  public Behaviour {
    if (session.isNegative() || think.isNegative() || think.isZero()) {
      throw new IllegalArgumentException(
          "session must be at least 0 and think above 0 but were " + session + ", " + think);
    }
    if (leaveSilently < 0 || leaveSilently > 1) {
      throw new IllegalArgumentException(
          "leaveSilently must be a share from 0 to 1 but was " + leaveSilently);
    }
    if (patience.isNegative() || patience.isZero() || reloads < 0) {
      throw new IllegalArgumentException(
          "patience must be above 0 and reloads at least 0 but were " + patience + ", " + reloads);
    }
  }
}
