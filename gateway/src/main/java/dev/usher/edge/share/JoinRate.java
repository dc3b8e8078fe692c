package dev.usher.edge.share;

import java.net.InetAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How fast visitors from one block of addresses may join a room. The many people of a carrier or a
 * campus share one, so as many as come in {@value #BURST_SECONDS} seconds may come at once. Takes
 * no lock.
 *
 * <p>Blocks share cells by a hash that no stranger can compute, so 128 KB hold all of them. A block
 * that shares a cell with a flood, one in 16,384, waits a moment too.
 */
final class JoinRate {
  /** How many bytes of an address all addresses of a block have in common. */
  enum Block {
    /** What one machine has; in IPv6 it changes its address at will within a /64. */
    ADDRESS(4, 8),
    /**
     * An IPv4 /24, the least that is announced on its own; an IPv6 /56, as a household is given.
     */
    NETWORK(3, 7);

    private final int ipv4Bytes;
    private final int ipv6Bytes;

    Block(int ipv4Bytes, int ipv6Bytes) {
      this.ipv4Bytes = ipv4Bytes;
      this.ipv6Bytes = ipv6Bytes;
    }
  }

  private static final int CELLS = 16_384;
  private static final int BURST_SECONDS = 10;
  private static final long MICROS = 1_000_000;

  /**
   * For each cell, the time in microseconds by which all its joins would have come at the steady
   * rate.
   */
  private final AtomicLongArray cells;

  private final long interval;
  private final Block block;
  private final int seed = ThreadLocalRandom.current().nextInt();

  /**
   * @param perSecond joins a second from one block, 0 for no limit
   */
  JoinRate(int perSecond, Block block) {
    this.block = block;
    this.interval = perSecond == 0 ? 0 : MICROS / perSecond;
    this.cells = new AtomicLongArray(perSecond == 0 ? 0 : CELLS);
  }

  /**
   * Whether one more visitor may join now.
   *
   * @param now milliseconds since 1970
   */
  public boolean admits(InetAddress address, long now) {
    if (interval == 0) {
      return true;
    }
    int cell = cell(address.getAddress());
    long micros = now * 1000;
    long latest = micros + BURST_SECONDS * MICROS;
    while (true) {
      long before = cells.get(cell);
      // A thread may hold a slightly earlier time than another's, but nobody is a whole burst
      // beyond what may come at once unless the clock was set back.
      long from = before < micros || before > latest + BURST_SECONDS * MICROS ? micros : before;
      if (from > latest) {
        return false;
      }
      if (cells.compareAndSet(cell, before, from + interval)) {
        return true;
      }
    }
  }

  private int cell(byte[] address) {
    int length = address.length == 16 ? block.ipv6Bytes : block.ipv4Bytes;
    int hash = seed;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ address[i]) * 0x01000193;
      hash ^= hash >>> 15;
    }
    return Math.floorMod(hash * 0x9E3779B1, CELLS);
  }
}
