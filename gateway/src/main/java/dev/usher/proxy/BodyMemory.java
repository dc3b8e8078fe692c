package dev.usher.proxy;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that small bodies may take while they are read whole, over all event loops. A body
 * that finds no room is not refused: it stays in its visitor's socket until there is a slot.
 */
public final class BodyMemory {
  /** The memory for bodies of this process, which has one heap: an eighth of it. */
  public static final BodyMemory OF_PROCESS = new BodyMemory(Runtime.getRuntime().maxMemory() / 8);

  private final long bytesMax;
  private final AtomicLong held = new AtomicLong();

  /**
   * @param bytesMax the most that may be taken at once
   */
  BodyMemory(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Takes room for a body of this length, if there is any. Returns whether there was. */
  boolean take(int bytes) {
    if (held.addAndGet(bytes) <= bytesMax) {
      return true;
    }
    giveBack(bytes);
    return false;
  }

  void giveBack(int bytes) {
    held.addAndGet(-bytes);
  }

  /** How much is taken now. */
  long held() {
    return held.get();
  }
}
