package dev.usher.proxy.turn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The count of the addresses that many of one event loop's requests come from. Confined to that
 * loop; on the path of every request, so it takes no lock and keeps only a few names.
 *
 * <p>The algorithm is that of Misra and Gries: an address without a counter takes one from each of
 * the others, all together. A count is never too high, and too low by a seventeenth of all at most,
 * so an address that sends a third of all is there.
 */
public final class AddressCount {
  private static final int COUNTERS = 16;

  private final @Nullable String[] addresses = new @Nullable String[COUNTERS];
  private final int[] hashes = new int[COUNTERS];
  private final long[] counts = new long[COUNTERS];
  private long all;

  /**
   * What was counted.
   *
   * @param all the number of requests
   * @param counts by address, for those that many came from, the least number that came
   */
  public record Seen(long all, Map<String, Long> counts) {
    long from(String address) {
      return counts.getOrDefault(address, 0L);
    }
  }

  /** Counts a request from this address. */
  public void count(String address) {
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

  /** Takes what was counted since the last time. */
  public Seen take() {
    Map<String, Long> many = new HashMap<>();
    for (int i = 0; i < COUNTERS; i++) {
      String address = addresses[i];
      // An empty counter may still name an address; none came from there.
      if (address != null && counts[i] > 0) {
        many.put(address, counts[i]);
      }
    }
    Seen seen = new Seen(all, many);
    all = 0;
    Arrays.fill(addresses, null);
    Arrays.fill(counts, 0);
    return seen;
  }
}
