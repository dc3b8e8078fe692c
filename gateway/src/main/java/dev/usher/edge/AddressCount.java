package dev.usher.edge;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses many of one event loop's requests come from. Confined to that loop; on the path
 * of every request, so it takes no lock and keeps no more than a few names.
 *
 * <p>The rule is that of Misra and Gries: an address without a counter takes one from each of the
 * others, together. What is left is never too much, and too little by a seventeenth of all at most,
 * so that whoever sends a third of all is there.
 */
final class AddressCount {
  private static final int COUNTERS = 16;

  private final @Nullable String[] addresses = new @Nullable String[COUNTERS];
  private final int[] hashes = new int[COUNTERS];
  private final long[] counts = new long[COUNTERS];
  private long all;

  /**
   * What was counted.
   *
   * @param all requests
   * @param addresses of those that many came from
   * @param counts how many came from them at least
   */
  record Seen(long all, @Nullable String[] addresses, long[] counts) {
    long from(String address) {
      for (int i = 0; i < addresses.length; i++) {
        if (address.equals(addresses[i])) {
          return counts[i];
        }
      }
      return 0;
    }
  }

  /** Counts a request from this address. */
  void count(String address) {
    all++;
    int hash = address.hashCode();
    int free = -1;
    for (int i = 0; i < COUNTERS; i++) {
      if (counts[i] == 0) {
        free = i;
      } else if (hashes[i] == hash && address.equals(addresses[i])) {
        counts[i]++;
        return;
      }
    }
    if (free < 0) {
      for (int i = 0; i < COUNTERS; i++) {
        counts[i]--;
      }
    } else {
      addresses[free] = address;
      hashes[free] = hash;
      counts[free] = 1;
    }
  }

  /** What was counted since the last time. */
  Seen take() {
    // An address whose counter is empty may still be named there; it came from there no times.
    Seen seen = new Seen(all, addresses.clone(), counts.clone());
    all = 0;
    Arrays.fill(addresses, null);
    Arrays.fill(counts, 0);
    return seen;
  }
}
