package dev.usher.room;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Visitors that this replica may admit by itself while the store is away: its share of the places
 * that were kept free for that, so that all replicas together stay within the capacity although
 * none sees the others.
 */
public final class OutageAllowance {
  /** Nobody comes in. */
  public static final OutageAllowance NONE = new OutageAllowance(0, 0);

  private final AtomicInteger left;
  private final long all;

  /**
   * @param places that this replica may give
   * @param all that all replicas may give: so many of the line may come in
   */
  public OutageAllowance(int places, long all) {
    this.left = new AtomicInteger(places);
    this.all = all;
  }

  /** Whether somebody with so many before them may come in; takes one of the places if so. */
  boolean admits(long ahead) {
    return ahead < all && left.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0;
  }
}
