package dev.usher.room;

/** When a waiting visitor should ask again: soon near the front, seldom far back. */
final class Polling {
  /** About how often a visitor asks before the turn comes. */
  private static final int ASKS_BEFORE_TURN = 4;

  /** The pace assumed until one is measured, in visitors called a second. */
  private static final double PACE_UNKNOWN = 20;

  private final long minMillis;
  private final long maxMillis;

  Polling(RoomPolicy policy) {
    this.minMillis = policy.pollMin().toMillis();
    this.maxMillis = policy.pollMax().toMillis();
  }

  /**
   * What a waiting visitor may expect.
   *
   * @param pace visitors called a second, lately
   * @param free what is free now
   * @param opensInMillis milliseconds until anybody comes in at all; 0 while the room is open
   */
  record Outlook(double pace, FreePlaces free, long opensInMillis) {}

  /**
   * Milliseconds until the next question.
   *
   * @param ahead visitors ahead of this one
   * @param chance any number, different for each visitor; spreads out those who came together
   */
  long askAgainIn(long ahead, Outlook outlook, long chance) {
    double pace = outlook.pace();
    double turnInMillis =
        Math.min(
            ahead * 1000.0 / (pace > 0.1 ? pace : PACE_UNKNOWN), outlook.free().millisUntil(ahead));
    double inLine = Math.max((double) minMillis, turnInMillis / ASKS_BEFORE_TURN);
    // Before the opening nobody's turn comes, and right after it that of those in front.
    double wanted = Math.min((double) maxMillis, outlook.opensInMillis() + inLine);
    // Later, never sooner: visitors far back must not come more often than they were told.
    long spread = (long) (wanted * RoomTimes.JITTER_PERCENT / 100);
    return (long) wanted + (spread == 0 ? 0 : Math.floorMod(mixed(chance), spread));
  }

  /** Neighbouring numbers become numbers far apart (a step of SplitMix64). */
  private static long mixed(long chance) {
    long z = (chance ^ (chance >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
