package dev.usher.room;

import dev.usher.store.Place;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Called visitors who were told recently that no place is free. They need not ask the store again
 * until it says that asking is worthwhile; now and then they do, so that it knows that they are
 * still there.
 *
 * <p>A table of fixed size, on the path of a called visitor's poll: one volatile read, no lock. If
 * two numbers fall on one row, the later refusal is remembered, and the other visitor asks.
 */
final class Refusals {
  /**
   * A third of the time for which the store counts a visitor as asking, so that one question may
   * get lost.
   */
  static final long AGAIN_MILLIS = 15_000;

  /**
   * Numbers are consecutive, so this many called visitors fall on rows of their own. A power of
   * two.
   */
  private static final int ROWS = 65_536;

  private final AtomicLongArray rows = new AtomicLongArray(ROWS);

  /** Notes that the visitor was refused. */
  void told(Place place, long now) {
    rows.set(row(place), cell(place, now));
  }

  /** Whether this place was refused too recently to ask again. */
  boolean lately(Place place, long now) {
    long cell = rows.get(row(place));
    long age = ((int) (now / 1000) - (int) cell) * 1000L;
    return cell >>> 32 == cell(place, 0) >>> 32 && age >= 0 && age < AGAIN_MILLIS;
  }

  private static int row(Place place) {
    return (int) place.number() & (ROWS - 1);
  }

  /**
   * The row's value: which number and epoch, and the second; never 0 once a visitor was refused.
   */
  private static long cell(Place place, long now) {
    long whose = (int) (place.number() >>> 16) * 31L + (int) place.epoch() * 8191L + 1;
    return whose << 32 | (now / 1000 & 0xFFFF_FFFFL);
  }
}
