package dev.usher.visit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What one visitor will do.
 *
 * @param comesAt how long after the crowd, in milliseconds
 * @param stays how long it browses once it is inside, in milliseconds
 * @param pages how many pages it looks at, at least
 * @param givesUpAfter how long it waits at most, in milliseconds
 * @param says whether it says so when it leaves, or just goes
 */
public record Habits(long comesAt, long stays, int pages, long givesUpAfter, boolean says) {
  /** Waits until it comes in. */
  private static final long NEVER = Long.MAX_VALUE;

  private static final long BROWSES_MILLIS = 800;
  private static final int BROWSES_MORE_MILLIS = 1700;

  public boolean isPatient() {
    return givesUpAfter == NEVER;
  }

  /**
   * Habits of many: half of them come at once, the others until the end of the rush; one in twenty
   * gives up, half of these without a word; one in fifty leaves its session without one.
   */
  public static List<Habits> of(int visitors, long rushMillis, SplittableRandom chance) {
    List<Habits> all = new ArrayList<>();
    for (int i = 0; i < visitors; i++) {
      long comesAt = i % 2 == 0 ? chance.nextInt(500) : chance.nextLong(500, rushMillis);
      boolean givesUp = chance.nextInt(20) == 0;
      boolean says = givesUp ? chance.nextBoolean() : chance.nextInt(50) > 0;
      long patience = givesUp ? chance.nextLong(1000, rushMillis) : NEVER;
      long stays = BROWSES_MILLIS + chance.nextInt(BROWSES_MORE_MILLIS);
      all.add(new Habits(comesAt, stays, 0, patience, says));
    }
    return all;
  }

  /** Habits of many who come one after the other, want these pages, and say when they leave. */
  public static List<Habits> steady(int visitors, long overMillis, int pages) {
    List<Habits> all = new ArrayList<>();
    for (int i = 0; i < visitors; i++) {
      all.add(new Habits(overMillis * i / visitors, 0, pages, NEVER, true));
    }
    return all;
  }
}
