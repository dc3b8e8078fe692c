package dev.usher.room;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Visitors that this replica may admit on its own while the store is away: its share of the places
 * that were kept free for an outage. All replicas together stay within the capacity although none
 * sees the others.
 */
public final class OutageAllowance {
  /** Nobody comes in. */
  public static final OutageAllowance NONE = new OutageAllowance(0, 0);

  private final AtomicInteger left;
  private final long all;

  /**
   * @param places places that this replica may give
   * @param all places that all replicas may give together; visitors further back in the line do not
   *     come in
   */
  public OutageAllowance(int places, long all) {
    this.left = new AtomicInteger(places);
    this.all = all;
  }

  /** Whether a visitor with this many ahead may come in; if so, takes one of the places. */
  boolean admits(long ahead) {
    return ahead < all && left.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0;
  }
}
