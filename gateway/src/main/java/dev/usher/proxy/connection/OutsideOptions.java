package dev.usher.proxy.connection;

import dev.usher.http.Cidr;
import java.net.InetAddress;
import java.util.List;

/**
 * What one address may have on its way to an upstream outside every room.
 *
 * @param inFlightPerAddress requests at once, 0 for no limit, {@link #BY_SLOTS} for a limit that
 *     follows the slots
 * @param unlimitedFrom addresses that are not limited, including trusted proxies; loopback never is
 */
public record OutsideOptions(int inFlightPerAddress, List<Cidr> unlimitedFrom) {
  /** A quarter of the slots; more for small upstreams, but never more than half. */
  public static final int BY_SLOTS = -1;

  /** The default options. */
  public static final OutsideOptions DEFAULT = new OutsideOptions(BY_SLOTS, List.of());

  /**
   * The number that a browser or two request at once: fewer would slow an office with a small shop.
   */
  private static final int LEAST = 20;

  /** Copies the list, so that later changes to it have no effect. */
  public OutsideOptions {
    unlimitedFrom = List.copyOf(unlimitedFrom);
  }

  /** Whether requests from this address are limited. */
  public boolean bind(InetAddress address) {
    return inFlightPerAddress != 0 && isStranger(address);
  }

  /** Whether the address is neither listed nor this machine's. */
  public boolean isStranger(InetAddress address) {
    return !address.isLoopbackAddress() && !isListed(address);
  }

  /** Whether the address is listed as not limited. */
  public boolean isListed(InetAddress address) {
    for (Cidr block : unlimitedFrom) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /** How many requests at once, if there are this many slots. */
  public int most(int slots) {
    return inFlightPerAddress == BY_SLOTS
        ? Math.min(Math.max(LEAST, slots / 4), slots / 2)
        : inFlightPerAddress;
  }
}
