package dev.usher.cli.demo;

/**
 * The stadium as one visitor sees it; it stands for the memory that a request of the shop needs.
 */
final class SeatMap {
  private static final int ROWS = 120;
  private static final int SEATS = 400;

  /** Spreads consecutive numbers over all bits, random enough for a picture of a stadium. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** One price in cents for each seat, negative once it is taken. */
  private final long[] seats = new long[ROWS * SEATS];

  SeatMap(long seed) {
    for (int i = 0; i < seats.length; i++) {
      long chance = (seed + i) * SPREAD;
      long price = 2_000 + (chance >>> 56) * 50;
      seats[i] = (chance & 0xF0) < 0xB0 ? -price : price;
    }
  }

  int free() {
    int free = 0;
    for (long seat : seats) {
      free += seat > 0 ? 1 : 0;
    }
    return free;
  }

  /** The cheapest free seat, as printed on a ticket. */
  String cheapest() {
    int best = 0;
    for (int i = 1; i < seats.length; i++) {
      if (seats[i] > 0 && (seats[best] < 0 || seats[i] < seats[best])) {
        best = i;
      }
    }
    return "row " + (best / SEATS + 1) + ", seat " + (best % SEATS + 1);
  }
}
