package dev.usher.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What one visitor will do.
 *
 * @param comesAt when, in milliseconds since the start of the run
 * @param stays how long it browses once it is inside, in milliseconds
 * @param givesUpAfter how long it waits at most, in milliseconds
 * @param says whether it says so when it leaves, or just goes
 */
record Habits(long comesAt, long stays, long givesUpAfter, boolean says) {
  /** Waits until it comes in. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long BROWSES_MILLIS = 800;
  private static final int BROWSES_MORE_MILLIS = 1700;

  /** The same, beginning at this moment. */
  Habits from(long start) {
    return new Habits(start + comesAt, stays, givesUpAfter, says);
  }

  boolean isPatient() {
    return givesUpAfter == NEVER;
  }

  /**
   * Habits of many: half of them come at once, the others until the end of the rush; one in twenty
   * gives up, half of these without a word; one in fifty leaves its session without one.
   */
  static List<Habits> of(int visitors, long rushMillis, SplittableRandom chance) {
    List<Habits> all = new ArrayList<>();
    for (int i = 0; i < visitors; i++) {
      long comesAt = i % 2 == 0 ? chance.nextInt(500) : chance.nextLong(500, rushMillis);
      boolean givesUp = chance.nextInt(20) == 0;
      boolean says = givesUp ? chance.nextBoolean() : chance.nextInt(50) > 0;
      long patience = givesUp ? chance.nextLong(1000, rushMillis) : NEVER;
      long stays = BROWSES_MILLIS + chance.nextInt(BROWSES_MORE_MILLIS);
      all.add(new Habits(comesAt, stays, patience, says));
    }
    return all;
  }
}
