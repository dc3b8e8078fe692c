package dev.usher.pods.slots;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * The share of the slots that streams may hold: WebSockets, event streams and slow uploads. They
 * last for minutes, so without a bound they would in time hold all slots and nothing else would go
 * on.
 */
final class StreamShare {
  private final IntSupplier slots;
  private final AtomicInteger held = new AtomicInteger();
  private volatile double share;

  /**
   * @param share the share of the slots, from 0 to 1
   * @param slots the number of slots now
   */
  StreamShare(double share, IntSupplier slots) {
    this.share = share;
    this.slots = slots;
  }

  /** Takes over a changed share; slots that are held stay so. */
  void share(double changed) {
    share = changed;
  }

  /** Takes a slot, unless streams hold their share. One slot is always theirs. */
  boolean tryTake() {
    int all = slots.getAsInt();
    // All but one, if a share of 1 or a small number of slots would leave nothing to other
    // requests.
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
