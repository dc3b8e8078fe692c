package dev.usher.admission.capacity;

import dev.usher.admission.QueueCounts;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The share of called visitors who do not come. Places are offered to more visitors than there are
 * places, by as many as are expected to stay away: a claim compares sessions with capacity anyway,
 * so one offer too many makes somebody wait a moment longer, and nothing worse.
 */
final class NoShows {
  /** After this many more outcomes, an earlier one counts half. */
  private static final double MEMORY = 400;

  /** Called visitors assumed to have come before anything was seen. */
  private static final double ASSUMED = 20;

  /** Longer than an offer lasts; after that no called visitor is expected any more. */
  private static final long AWAITED_MILLIS = 60_000;

  /** Assumed time until a called visitor comes: half of the longest time between polls. */
  private static final double DELAY_ASSUMED_MILLIS = 12_000;

  private double most;
  private final TickHistory history;
  private final Deque<Called> calls = new ArrayDeque<>();
  private double came = ASSUMED;
  private double stayedAway;
  private long called;
  private long claimed;
  private long resolved;
  private boolean started;

  private record Called(long now, long visitors) {}

  NoShows(double most, TickHistory history) {
    this.most = most;
    this.history = history;
  }

  void reconfigure(double changed) {
    most = changed;
  }

  void learn(long now, QueueCounts queue) {
    long nowResolved = queue.called() - queue.offers();
    boolean calm =
        started && queue.counted() && queue.called() >= called && queue.claimed() >= claimed;
    if (!calm) {
      started = queue.counted();
      calls.clear();
    } else {
      double shows = queue.claimed() - claimed;
      double both = Math.max(0, nowResolved - resolved);
      double keep = Math.pow(0.5, both / MEMORY);
      came = came * keep + shows;
      stayedAway = Math.max(0, stayedAway * keep + both - shows);
    }
    if (calm && queue.called() > called) {
      calls.addLast(new Called(now, queue.called() - called));
    }
    while (!calls.isEmpty() && calls.getFirst().now() < now - AWAITED_MILLIS) {
      calls.removeFirst();
    }
    called = queue.called();
    claimed = queue.claimed();
    resolved = nowResolved;
  }

  /** Share of called visitors who do not come, from 0 to the most that is made up for. */
  double share() {
    return Math.min(most, stayedAway / (came + stayedAway));
  }

  /**
   * The number of outstanding offers that are expected to be claimed. Most of those who come do so
   * at their next poll; a visitor who has not come for several times as long will hardly come any
   * more.
   */
  long kept(long now, long offers) {
    if (most == 0) {
      return offers;
    }
    double delay = delayMillis();
    double coming = 0;
    for (Called call : calls) {
      coming += (double) call.visitors() * Math.exp(-(double) (now - call.now()) / delay);
    }
    return (long) Math.ceil(Math.max(0, Math.min((double) offers, (1 - share()) * coming)));
  }

  /** Mean time that called visitors take to come. */
  private double delayMillis() {
    QueueCounts now = history.newest().queue();
    QueueCounts then = history.ago(AWAITED_MILLIS).queue();
    long claims = now.claimsHere() - then.claimsHere();
    long millis = now.claimMillisHere() - then.claimMillisHere();
    return Math.max(1, (ASSUMED * DELAY_ASSUMED_MILLIS + millis) / (ASSUMED + claims));
  }
}
