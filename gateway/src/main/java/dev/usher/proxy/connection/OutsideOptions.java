package dev.usher.proxy.connection;

import dev.usher.http.Cidr;
import java.net.InetAddress;
import java.util.List;

/**
 * What one address may have on its way to an upstream outside every room.
 *
 * @param inFlightPerAddress requests at once, 0 for any number, {@link #BY_SLOTS} for what suits
 * @param unlimitedFrom addresses that are not bound by it, trusted proxies among them; loopback
 *     never is
 */
public record OutsideOptions(int inFlightPerAddress, List<Cidr> unlimitedFrom) {
  /** A quarter of the slots; of small upstreams more, but never more than half. */
  public static final int BY_SLOTS = -1;

  /** Where nothing is said. */
  public static final OutsideOptions DEFAULT = new OutsideOptions(BY_SLOTS, List.of());

  /** As many as a browser or two ask for at once: less would slow an office with a small shop. */
  private static final int LEAST = 20;

  /** Takes no notice of later changes. */
  public OutsideOptions {
    unlimitedFrom = List.copyOf(unlimitedFrom);
  }

  /** Whether requests from this address are bound. */
  public boolean bind(InetAddress address) {
    return inFlightPerAddress != 0 && isStranger(address);
  }

  /** Whether the address is neither listed nor this machine's. */
  public boolean isStranger(InetAddress address) {
    return !address.isLoopbackAddress() && !isListed(address);
  }

  /** Whether it is said of the address that it is not bound. */
  public boolean isListed(InetAddress address) {
    for (Cidr block : unlimitedFrom) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /** How many requests at once, of so many slots. */
  public int most(int slots) {
    return inFlightPerAddress == BY_SLOTS
        ? Math.min(Math.max(LEAST, slots / 4), slots / 2)
        : inFlightPerAddress;
  }
}
