package dev.usher.pods.slots;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * How many of the slots streams hold: WebSockets, event streams and slow uploads. They stay for
 * minutes, so that without a bound they would in time hold all slots, and nothing else would go on.
 */
final class StreamShare {
  private final IntSupplier slots;
  private final AtomicInteger held = new AtomicInteger();
  private volatile double share;

  /**
   * @param share of the slots, 0 to 1
   * @param slots how many there are now
   */
  StreamShare(double share, IntSupplier slots) {
    this.share = share;
    this.slots = slots;
  }

  /** Of so many slots from now on; those that are held stay. */
  void share(double changed) {
    share = changed;
  }

  /** Takes one, unless streams hold their share. One of them is always theirs. */
  boolean tryTake() {
    int all = slots.getAsInt();
    // All but one, where a share of 1 or a few slots would leave nothing to what is no stream.
    int most = Math.max(1, Math.min(all - 1, (int) (all * share)));
    for (int now = held.get(); now < most; now = held.get()) {
      if (held.compareAndSet(now, now + 1)) {
        return true;
      }
    }
    return false;
  }

  void giveBack() {
    held.decrementAndGet();
  }

  int held() {
    return held.get();
  }
}
