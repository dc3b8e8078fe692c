package dev.usher.edge.stream;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many streams each ticket has, over all event loops: of more than a few, the newest stay.
 * Takes no lock, and remembers nobody.
 *
 * <p>Tickets share cells by a hash that no stranger can compute: 512 KB, and more where more than
 * 8,000 streams are allowed, so that hardly any honest ones meet. Who shares a cell with somebody
 * who opens many, one in 65,536 or fewer, may lose a stream and ask instead.
 */
final class TicketStreams {
  /** A browser needs one; the others are for tabs that cannot share it, and for other devices. */
  static final int FEW = 6;

  /** So many may be open until the next look at the older ones, which end then. */
  static final int MOST = 16;

  /** What a stream gets instead of a seat if its ticket has too many. */
  static final long NONE = -1;

  private static final int CELLS_MIN = 65_536;
  private static final int CELLS_FOR_EACH = 8;
  private static final int HALF = 32;
  private static final long ONE_MORE = (1L << HALF) + 1;

  /** For each cell, how many were ever opened, and in the lower half how many are open. */
  private final AtomicLongArray cells;

  private final int seed = ThreadLocalRandom.current().nextInt();

  /**
   * @param max how many streams there may be
   */
  TicketStreams(int max) {
    int wanted = Math.max(CELLS_MIN, CELLS_FOR_EACH * Math.min(max, Integer.MAX_VALUE / 64));
    this.cells = new AtomicLongArray(Integer.highestOneBit(wanted - 1) << 1);
  }

  /**
   * Counts one more stream of a ticket.
   *
   * @return its seat: its cell, and in the upper half how many were opened there before
   */
  long enter(int ticket) {
    int cell = cell(ticket);
    while (true) {
      long before = cells.get(cell);
      if ((int) before >= MOST) {
        return NONE;
      }
      if (cells.compareAndSet(cell, before, before + ONE_MORE)) {
        return before >>> HALF << HALF | cell;
      }
    }
  }

  void leave(long seat) {
    cells.decrementAndGet((int) seat);
  }

  /** Whether there are too many, and enough of them are newer than this one. */
  boolean isOneTooMany(long seat) {
    long now = cells.get((int) seat);
    // Differences, as the count of those ever opened begins anew after four billion.
    int newer = (int) (now >>> HALF) - (int) (seat >>> HALF) - 1;
    return (int) now > FEW && newer >= FEW;
  }

  private int cell(int ticket) {
    int hash = (ticket ^ seed) * 0x85EBCA6B;
    hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
    return (hash ^ hash >>> 16) & cells.length() - 1;
  }
}
